import CaseDesk
import CaseViews
import EventSourcing
import HubTesting
import Logging
import RuleBook
import Testing

/// Views follow the log, and readers wait for them.
@Suite struct ViewRunnerTests {
    @Test func `a reader waits until the views are there`() async throws {
        let bench = try await DeskBench()
        let head = try await bench.position
        let runner = bench.desk.viewRunner
        async let isReached = runner.wait(for: head, atMost: .seconds(60))
        try await runner.catchUp()
        #expect(await isReached)
        #expect(await runner.wait(for: head, atMost: .zero))
    }

    @Test func `a reader who has waited long enough goes on without`() async throws {
        let bench = try await DeskBench()
        let runner = bench.desk.viewRunner
        let next = try await bench.position.next
        for limit in [Duration.zero, .milliseconds(1)] {
            #expect(await !runner.wait(for: next, atMost: limit))
        }
        // Had a reader stayed behind, more than the list holds would be turned away at the end.
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<2000 { group.addTask { await runner.wait(for: next, atMost: .zero) } }
            for await isReached in group { #expect(!isReached) }
        }
        let head = try await bench.position
        async let isReached = runner.wait(for: head, atMost: .seconds(60))
        try await runner.catchUp()
        #expect(await isReached)
    }

    @Test func `a cancelled reader does not hang`() async throws {
        let bench = try await DeskBench()
        let runner = bench.desk.viewRunner
        let next = try await bench.position.next
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 { group.addTask { await runner.wait(for: next, atMost: .seconds(3600)) } }
            group.cancelAll()
            for await isReached in group { #expect(!isReached) }
        }
    }

    @Test func `views that fail stand still, say so, and go on when they can`() async throws {
        let bench = try await DeskBench()
        let runner = bench.desk.viewRunner
        await bench.views.fail(with: .storage("disk"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runner.run() }
            while await runner.stopped == nil { await Task.yield() }
            let head = try await bench.position
            #expect(await !runner.wait(for: head, atMost: .seconds(3600)))
            await bench.views.fail(with: nil)
            let person = try await bench.registerPerson()
            while await runner.stopped != nil { await Task.yield() }
            let later = try await bench.position
            #expect(await runner.wait(for: later, atMost: .seconds(60)))
            #expect(await MaskedNames(desk: bench.desk).name(of: person) == "张**")
            bench.log.inner.close()
            try await group.waitForAll()
        }
    }

    @Test(arguments: [("张", "张*"), ("欧阳小力", "欧***"), ("Zhang Wei", "Z********"), ("👨‍👩‍👧力", "👨‍👩‍👧*")])
    func `a masked name shows its first character and no other`(name: String, masked: String) async throws {
        let bench = try await DeskBench(hasRules: false)
        let person = try await bench.registerPerson(name)
        try await bench.desk.viewRunner.catchUp()
        let names = MaskedNames(desk: bench.desk)
        #expect(await names.name(of: person) == masked)
        #expect(await names.name(of: PersonReference(bench.newID())) == nil)
        bench.keys.persons.erase(person)
        #expect(await names.name(of: person) == nil)
    }
}
