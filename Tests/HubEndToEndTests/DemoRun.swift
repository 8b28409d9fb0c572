import EventSourcing
import Foundation
import GRDB
import SQLiteEventLog

/// One finished demo: its folder, its report, and what it wrote.
struct DemoRun {
    /// An event, by what must be the same in every run of the story.
    struct Told: Hashable, CustomStringConvertible {
        let type: String
        /// Nothing for what the set-up and the hub itself did, whose commands have other ids each time.
        let command: UniqueID?
        /// Which rung of which limit, where the hub recorded that one was crossed.
        let rung: String?
        var description: String { "\(type) \(command.map { "\($0)" } ?? rung ?? "")" }
    }

    static let departments = ["minzheng", "jiaoyu", "gongan", "fulian", "sifa", "fayuan", "jijinhui"]

    let path: String
    let ended: Program.Ended

    var hub: String { "\(path)/hub" }
    func department(_ code: String) -> String { "\(path)/departments/\(code)" }
    func token(_ role: String) -> String { "\(path)/tokens/\(role).token" }

    /// Plays the story in a folder.
    static func play(in path: String, _ options: [String] = []) async throws -> DemoRun {
        let ended = try await Program.run(["demo", "--json", "--folder", path] + options, atMost: 420)
        return DemoRun(path: path, ended: ended)
    }

    /// Every event of its log, in order.
    func events() async throws -> [RecordedEvent] {
        let reader = try SQLiteLogReader(folder: hub)
        var events: [RecordedEvent] = []
        while true {
            let page = try await reader.events(after: events.last?.position ?? .start, limit: 1000)
            guard !page.isEmpty else { return events }
            events += page
        }
    }

    /// Every event but arrivals, by type and by the story's command, in order; rungs crossed in a row by what they are.
    ///
    /// Limits that reach a rung at one instant are recorded in the order of their identifiers, which differ each time.
    func told() async throws -> [Told] {
        var told: [Told] = []
        var rungs: [Told] = []
        for event in try await events() {
            let metadata = try EventJSON.decode(EventMetadata.self, from: event.meta)
            // A system says that a referral arrived in its own time, between whatever people do.
            guard event.type != "ReferralDelivered" else { continue }
            if event.type == "DeadlineThresholdCrossed", let data = event.data {
                let crossed = try EventJSON.decode(JSONValue.self, from: data)
                let rung = ["rule", "cycle", "level", "told"].map { "\(crossed[$0] ?? .null)" }.joined(separator: " ")
                rungs.append(Told(type: event.type, command: nil, rung: rung))
                continue
            }
            told += rungs.sorted { ($0.rung ?? "") < ($1.rung ?? "") }
            rungs = []
            let isStory = metadata.channel != "cli" && metadata.channel != "system"
            told.append(Told(type: event.type, command: isStory ? metadata.command : nil, rung: nil))
        }
        return told + rungs.sorted { ($0.rung ?? "") < ($1.rung ?? "") }
    }

    /// What a department's adapter holds but words of arrival: entries by number and type, acts, where each referral is.
    func holdings(of department: String) throws -> [String] {
        let queue = try DatabaseQueue(path: "\(self.department(department))/department.sqlite")
        return try queue.read { db in
            let entries = try String.fetchAll(
                db,
                sql: """
                    SELECT 'entry ' || row_number() OVER (ORDER BY sequence) || ' ' || type FROM entry
                    WHERE type <> 'ReferralDelivered' ORDER BY sequence
                    """)
            let acts = try String.fetchAll(
                db,
                sql: """
                    SELECT 'act ' || type || ' ' || coalesce(result, '?') FROM outbox
                    WHERE type <> 'ConfirmReferralDelivery' ORDER BY serial
                    """)
            let referrals = try String.fetchAll(
                db, sql: "SELECT 'referral ' || number || ' ' || state FROM referral ORDER BY number")
            return entries + acts + referrals
        }
    }

    /// A copy of a finished demo, to be altered; sockets of ended processes stay behind.
    func copied(into folder: TemporaryFolder) throws -> DemoRun {
        let copy = DemoRun(path: folder.path + "/demo", ended: ended)
        try Self.copy(path, to: copy.path)
        return copy
    }

    private static func copy(_ source: String, to target: String) throws {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: source, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else { return try files.copyItem(atPath: source, toPath: target) }
        try files.createDirectory(
            atPath: target, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in try files.contentsOfDirectory(atPath: source) where !name.hasSuffix(".sock") && name != "address" {
            try copy("\(source)/\(name)", to: "\(target)/\(name)")
        }
    }
}
