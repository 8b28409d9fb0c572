import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog

/// A closed log of a hundred events with tags, sealed sections and two feeds, to be damaged by tests.
struct FilledLog {
    static let events = 100

    let folder: LogFolder
    let identity: LogIdentity
    let clock = PushedClock()

    init(_ generator: inout SeededGenerator) async throws {
        folder = try LogFolder()
        identity = LogIdentity.sample(&generator)
        var samples = EventSamples(generator: generator, logID: identity.logID)
        let log = try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock)
        let departments = ["jiaoyu", "fulian"].compactMap { DepartmentCode($0) }
        let person: PersonReference = samples.generator.id()
        for number in 0..<(Self.events / 2) {
            clock.advance(byMilliseconds: 1000)
            let tags = ["case:\(number)", "dept:jiaoyu"].compactMap { EventTag($0) }
            let disclosure = Disclosure([departments[number % 2]: [DisclosedGroup(.reference)]])
            let pair = [
                try samples.event(
                    "ReferralDispatched", data: #"{"item":\#(number)}"#, tags: Set(tags), disclosure: disclosure,
                    sealed: [.init(.identity, of: person, json: "1"), .init(.contact, of: person, json: "2")]),
                try samples.event("CoHandlerInvited", tags: Set(tags)),
            ]
            try await log.append(samples.append(pair))
        }
        generator = samples.generator
        await log.close()
    }

    /// Writes to the file behind the log's back, past its guards.
    func tamper(_ sql: String, _ arguments: StatementArguments = []) throws {
        let queue = try DatabaseQueue(path: folder.file)
        try queue.write { db in
            for name in try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'") {
                try db.execute(sql: "DROP TRIGGER \(name)")
            }
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: sql, arguments: arguments)
        }
        try queue.close()
    }

    /// Writes to the file behind the log's back and leaves its guards as they were.
    func change(_ sql: String) throws {
        let queue = try DatabaseQueue(path: folder.file)
        try queue.writeWithoutTransaction { db in
            let guards = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            for row in guards { try db.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
            try db.execute(sql: sql)
            for row in guards { try db.execute(sql: row["sql"]) }
        }
        try queue.close()
    }

    /// Changes rows of SQLite's own table of the schema.
    func changeSchema(_ assignment: String) throws {
        let queue = try DatabaseQueue(path: folder.file)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA writable_schema = ON")
            try db.execute(sql: "UPDATE sqlite_master SET \(assignment)")
        }
        try queue.close()
    }

    /// Reads one blob of the file.
    func blob(_ sql: String) throws -> Data {
        let queue = try DatabaseQueue(path: folder.file)
        defer { try? queue.close() }
        return try queue.read { db in try Data.fetchOne(db, sql: sql) } ?? Data()
    }

    func verify() async throws -> LogVerification {
        try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify()
    }

    func open() throws(EventLogError) -> SQLiteEventLog {
        try SQLiteEventLog.open(in: folder.path, clock: clock)
    }
}
