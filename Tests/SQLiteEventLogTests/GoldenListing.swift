import EventSourcing
import Foundation
import SQLiteEventLog

/// What a reader must get from a log of an earlier program, written down as JSON beside the log.
struct GoldenListing: Codable, Equatable {
    struct Event: Codable, Equatable {
        let position: UInt64
        let appendFirst: UInt64
        let eventID: String
        let type: String
        let schemaVersion: UInt16
        let occurredAt: Int64
        let recordedAt: Int64
        let meta: Data
        let data: Data?
        let tags: [String]
        let disclosure: Data
        let salt: Data?
        let removed: Data?
        let leaf: Data
        let sealed: [Section]
    }

    struct Section: Codable, Equatable {
        let section: UInt8
        let group: String
        let person: String
        let digest: Data
        let nonce: Data?
        let ciphertext: Data?
    }

    struct Feed: Codable, Equatable {
        struct Entry: Codable, Equatable {
            let sequence: UInt64
            let position: UInt64
            let chain: Data
        }

        let department: String
        let entries: [Entry]
    }

    struct Consumer: Codable, Equatable {
        let department: String
        let name: String
        let sequence: UInt64
        let chain: Data
        let acknowledgedAt: Int64
    }

    /// A command and how it was answered.
    struct Request: Codable, Equatable {
        let command: String
        let actor: String
        let fingerprint: Data
        let first: UInt64?
        let last: UInt64?
        let position: UInt64
    }

    let logID: String
    let epoch: String
    let isDemo: Bool
    let root: Data
    let events: [Event]
    let feeds: [Feed]
    let consumers: [Consumer]
    let requests: [Request]
    /// Positions by a text that names a query.
    let queries: [String: [UInt64]]

    static let departments = ["jiaoyu", "fulian", "gongan"].compactMap { DepartmentCode($0) }

    static let questions: [(String, EventQuery)] =
        ["case:1", "case:7", "dept:jiaoyu", "number:none"].compactMap { name in
            EventTag(name).map { (name, .tagged($0)) }
        } + [("types", .types(["CaseOpened", "ReferralAccepted"]))]

    /// Lists an open log.
    ///
    /// - Parameter commands: The commands to ask for, since a log names none of its own accord.
    init(_ log: SQLiteEventLog, commands: [(command: UniqueID, actor: AccountID)]) async throws {
        logID = log.identity.logID.description
        epoch = log.identity.epoch.description
        isDemo = log.identity.isDemo
        root = try await log.head().root
        events = try await log.readAll(.all).events.map(Event.init)
        var feeds: [Feed] = []
        for department in Self.departments {
            let entries = try await log.feedEntries(for: department, after: 0, limit: 1000)
            feeds.append(
                Feed(
                    department: department.description,
                    entries: entries.map {
                        .init(sequence: $0.sequence, position: $0.position.number, chain: $0.chain)
                    }))
        }
        self.feeds = feeds
        consumers = try await log.consumers().map {
            Consumer(
                department: $0.department.description, name: $0.name, sequence: $0.sequence, chain: $0.chain,
                acknowledgedAt: $0.acknowledgedAt.milliseconds)
        }
        var requests: [Request] = []
        for (command, actor) in commands {
            guard let known = try await log.acceptance(of: command, by: actor) else { continue }
            requests.append(
                Request(
                    command: command.description, actor: actor.description, fingerprint: known.fingerprint,
                    first: known.0.events?.lowerBound.number, last: known.0.events?.upperBound.number,
                    position: known.0.position.number))
        }
        self.requests = requests
        var queries: [String: [UInt64]] = [:]
        for (name, query) in Self.questions {
            queries[name] = try await log.readAll(query).events.map(\.position.number)
        }
        self.queries = queries
    }

    /// The commands of a listing, to ask a log for them.
    var commands: [(command: UniqueID, actor: AccountID)] {
        requests.compactMap { request in
            guard let command = UniqueID(request.command), let actor = AccountID(request.actor) else { return nil }
            return (command, actor)
        }
    }
}

extension GoldenListing.Event {
    init(_ event: RecordedEvent) {
        self.init(
            position: event.position.number, appendFirst: event.appendFirst.number,
            eventID: event.eventID.description, type: event.type, schemaVersion: event.schemaVersion,
            occurredAt: event.occurredAt.milliseconds, recordedAt: event.recordedAt.milliseconds, meta: event.meta,
            data: event.data, tags: event.tags.map(\.description), disclosure: event.disclosureBytes,
            salt: event.salt, removed: event.removed, leaf: event.leaf,
            sealed: event.sealed.map {
                .init(
                    section: $0.section, group: $0.group.rawValue, person: $0.person.description, digest: $0.digest,
                    nonce: $0.nonce, ciphertext: $0.ciphertext)
            })
    }
}
