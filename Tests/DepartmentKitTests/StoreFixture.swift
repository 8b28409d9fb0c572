import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import GRDB
import HubTesting
import MerkleLog

/// A folder that goes when the test ends.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "onedoor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        path = url.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Entries of a made-up feed, with a chain that holds.
struct SliceScript {
    static let logID = UniqueID(bytes: 0..<16) ?? UniqueID(versionSevenAt: PushedClock.danyangMorning, random: (0, 0))
    static let department = DepartmentCode("jiaoyu") ?? PostCode("jiaoyu/aid").map(\.department).unsafelyUnwrapped

    var generator: SeededGenerator
    let epoch: UniqueID
    let referral: ReferralID
    let person: PersonReference
    private(set) var entries: [ReceivedEntry] = []

    init(seed: UInt64 = 1) {
        generator = SeededGenerator(seed: seed)
        epoch = generator.uniqueID()
        referral = generator.id()
        person = generator.id()
    }

    /// Adds one event about the referral.
    mutating func add(
        _ name: String, open: [String: JSONValue] = [:], parts: [(FieldGroup, JSONValue?)] = [],
        referral other: ReferralID? = nil
    ) throws {
        let about = other ?? referral
        var members = open
        members["referral"] = .string(about.description)
        try append(name, subject: "referral/\(about)", open: members, parts: parts)
    }

    /// Adds one event about anything.
    mutating func append(
        _ name: String, subject: String, open: [String: JSONValue], parts: [(FieldGroup, JSONValue?)] = []
    ) throws {
        let sequence = UInt64(entries.count + 1)
        let partValues = parts.map { group, value in
            JSONValue.object(
                ["group": .string(group.rawValue), "person": .string(person.description)]
                    .merging(value.map { ["value": $0] } ?? ["erased": .bool(true)]) { first, _ in first })
        }
        let event = JSONValue.object([
            "specversion": .string("1.0"), "id": .string(generator.uniqueID().description),
            "source": .string("urn:onedoor:\(Self.logID)"), "type": .string("cn.onedoor.\(name).v1"),
            "subject": .string(subject), "time": .string("2023-08-18T08:00:00.000Z"),
            "recordedtime": .string("2023-08-18T08:00:00.000Z"), "sequence": .string(Self.padded(sequence * 3)),
            "feedseq": .string(Self.padded(sequence)),
            "data": .object(["open": .object(open), "parts": .array(partValues)]),
        ])
        let leaf = generator.bytes(32)
        let before = entries.last?.chain ?? FeedChain.start(logID: Self.logID.bytes, department: "\(Self.department)")
        entries.append(
            ReceivedEntry(
                sequence: sequence, position: Position(sequence * 3), leaf: leaf,
                chain: FeedChain.next(after: before, sequence: sequence, leaf: leaf), event: try EventJSON.encode(event)
            ))
    }

    /// A referral from dispatch to completion, with its slice.
    static func danyangEducation(seed: UInt64 = 1) throws -> SliceScript {
        var script = SliceScript(seed: seed)
        try script.add(
            "ReferralDispatched",
            open: [
                "number": .string("DY23-00001-R2"), "kind": .string("referral"), "lead": .string("jiaoyu"),
                "item": .string("education-aid"), "town": .string("huangtang"),
                "due": .object(["referral.receive": .string("2023-08-21"), "referral.handle": .string("2023-09-01")]),
            ])
        try script.add("ReferralReceived", open: ["department": .string("jiaoyu")])
        try script.add(
            "SliceReleased", open: ["department": .string("jiaoyu")],
            parts: [(.identity, .object(["name": .string("某甲")])), (.schooling, .string("小学六年级"))])
        try script.add(
            "ReferralAccepted", open: ["department": .string("jiaoyu"), "nextPromise": .string("2023-08-25")])
        try script.add("HandlingStarted", open: ["department": .string("jiaoyu")])
        return script
    }

    func store(in folder: TemporaryFolder) throws -> DepartmentStore {
        try DepartmentStore(folder: folder.path, department: Self.department, logID: Self.logID)
    }

    private static func padded(_ number: UInt64) -> String {
        let text = String(number)
        return String(repeating: "0", count: 20 - text.count) + text
    }
}

extension TemporaryFolder {
    /// Every row of the store's tables as text, read by a second connection.
    func rows() throws -> [String] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path + "/department.sqlite", configuration: configuration)
        return try queue.read { db in
            var lines: [String] = []
            for table in ["adapter", "entry", "referral", "follow_up", "meeting_extract"] {
                for row in try Row.fetchAll(db, sql: "SELECT * FROM \(table) ORDER BY 1") {
                    lines.append("\(table)|\(row)")
                }
            }
            return lines
        }
    }
}
