import EventSourcing
import HubTesting
import SQLiteEventLog
import Testing

/// Both stores keep the rules of the port.
@Suite struct ContractTests {
    @Test(arguments: EventLogContract.allCases)
    func `the log in memory keeps the rule`(rule: EventLogContract) async throws {
        try await rule.check { identity, clock in InMemoryEventLog(identity: identity, clock: clock) }
    }

    @Test(arguments: EventLogContract.allCases)
    func `the log in SQLite keeps the rule`(rule: EventLogContract) async throws {
        let folder = try LogFolder()
        try await rule.check { identity, clock in
            try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock)
        }
    }

    @Test(arguments: EventLogContract.allCases)
    func `the log in SQLite keeps the rule with every boundary crossed early`(rule: EventLogContract) async throws {
        let folder = try LogFolder()
        var generator = SeededGenerator.printed()
        let tuning = LogTuning.tiny(&generator)
        try await rule.check { identity, clock in
            try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock, tuning: tuning)
        }
    }
}
