import EventSourcing
import Foundation
import HubTesting
import SQLiteEventLog
import Testing

/// A disk that fails at any one moment costs no answered append, makes no gap, and answers nothing falsely.
@Suite struct FaultTests {
    /// One way in which the n-th operation fails.
    struct Way: CustomTestStringConvertible, Sendable {
        let operation: FaultFolder.Operation
        let failure: FaultFolder.Failure
        let isLasting: Bool

        init(_ operation: FaultFolder.Operation, _ failure: FaultFolder.Failure, lasting: Bool = false) {
            self.operation = operation
            self.failure = failure
            isLasting = lasting
        }

        var testDescription: String { "\(operation) \(failure)\(isLasting ? " from then on" : "")" }
    }

    /// The writes are many, so that in a normal run each n is taken in one of the four ways.
    static let writes = [
        Way(.write, .ioError), Way(.write, .noRoom), Way(.write, .shortWrite), Way(.write, .noRoom, lasting: true),
    ]
    static let others = [
        Way(.sync, .ioError), Way(.sync, .ioError, lasting: true), Way(.truncate, .ioError), Way(.delete, .ioError),
    ]

    @Test(arguments: Array(writes.enumerated()).map { ($0.offset, $0.element) })
    func `a write that fails costs no answered append`(index: Int, way: Way) async throws {
        let step = Effort.of(normal: Self.writes.count, full: 1)
        try await failAtEach(way, from: 1 + index % step, step: step)
    }

    @Test(arguments: others) func `any other call that fails costs no answered append`(way: Way) async throws {
        try await failAtEach(way, from: 1, step: 1)
    }

    /// Fails at n, n + step, … until a run meets no fault.
    private func failAtEach(_ way: Way, from first: Int, step: Int) async throws {
        let start = ContinuousClock.now
        var generator = SeededGenerator.printed()
        let workload = try await Workload(&generator, rounds: Effort.of(normal: 5, full: 7))
        var nth = first
        var runs = 0
        var answered = 0
        while true {
            let folder = try LogFolder()
            try workload.prepare(folder)
            let faults = try FaultFolder(folder)
            faults.fail(way.operation, nth: nth, lasting: way.isLasting, with: way.failure)
            let run = try await workload.play(in: folder, watchedBy: faults)
            let wasClean = faults.faults == 0
            faults.heal()
            runs += 1
            let codes = Self.misleading(run, way)
            #expect(codes.isEmpty, "\(way.testDescription) \(nth): answered \(codes)")
            if let fault = try await workload.judge(run.asked, in: folder) {
                Issue.record("\(way.testDescription) \(nth): \(fault)")
                return
            }
            answered += run.asked.count { (try? $0.answer.get()) != nil }
            if wasClean { break }
            nth += step
        }
        #expect(runs > 1 || way.operation == .truncate || way.operation == .delete, "nothing was made to fail")
        Effort.report("\(way.testDescription): \(runs) runs, \(answered) appends answered", since: start)
    }

    /// Answers that tell the caller something that is not so.
    private static func misleading(_ run: Workload.Run, _ way: Way) -> [EventLogError.Code] {
        var codes = [run.notOpened?.code].compactMap { $0 }.filter { ![.unavailable, .full, .busy].contains($0) }
        // Of what was sent at once, one group may have been answered before the next one met the fault.
        var endedAt = Int.max
        for each in run.asked {
            switch each.answer {
            case .success: if each.step > endedAt { codes.append(.outcomeUnknown) }
            case .failure(let error):
                switch error.code {
                case .outcomeUnknown, .closed:
                    endedAt = min(endedAt, each.step)
                    // Without room nothing is unknown: it was not committed.
                    if way.failure != .ioError { codes.append(error.code) }
                case .unavailable:
                    // A failed checkpoint ends the log too, after everything before it was answered.
                    if way.failure != .ioError { codes.append(error.code) }
                    if way.operation != .write { endedAt = min(endedAt, each.step) }
                case .full, .busy: if way.failure == .ioError { codes.append(error.code) }
                case .conflict, .otherBody, .invalidAppend, .unreadableRow, .locked, .newerFormat, .damaged, .expired:
                    codes.append(error.code)
                }
            }
        }
        return codes
    }

    @Test func `without room reads go on, and with room again the same log takes appends`() async throws {
        let start = ContinuousClock.now
        var generator = SeededGenerator.printed()
        let workload = try await Workload(&generator, rounds: 2)
        var nth = Effort.of(normal: 1 + Int.random(in: 0..<3, using: &generator), full: 1)
        var refused = 0
        while true {
            let folder = try LogFolder()
            try workload.prepare(folder)
            let faults = try FaultFolder(folder)
            let log = try SQLiteEventLog.open(in: folder.path, clock: workload.clock)
            faults.fail(.write, nth: nth, lasting: true, with: .noRoom)
            var asked: [Workload.Asked] = []
            for case .together(let appends) in workload.steps {
                for append in appends {
                    let acceptance: Acceptance
                    do throws(EventLogError) {
                        acceptance = try await log.append(append)
                    } catch {
                        #expect(error.code == .full)
                        refused += 1
                        // Reads go on, also of what was just refused.
                        let head = try await log.head()
                        #expect(try await log.readAll(.all).events.count == Int(head.position.number))
                        #expect(try await log.acceptance(of: append.commandID, by: append.actor) == nil)
                        await #expect(throws: EventLogError.self) { try await log.append(append) }
                        faults.heal()
                        acceptance = try await log.append(append)
                        #expect(!acceptance.isRepeat)
                    }
                    asked.append(.init(append: append, answer: .success(acceptance), moment: 0))
                }
            }
            let wasClean = faults.faults == 0
            faults.heal()
            await log.close()
            if let fault = try await workload.judge(asked, in: folder) {
                Issue.record("no room from write \(nth): \(fault)")
                return
            }
            if wasClean { break }
            nth += Effort.of(normal: 3, full: 1)
        }
        #expect(refused > 20)
        Effort.report("no room: \(refused) appends refused and taken later", since: start)
    }

    @Test func `a failed sync ends the log, and its listeners hear it`() async throws {
        var generator = SeededGenerator.printed()
        let workload = try await Workload(&generator, rounds: 2)
        let folder = try LogFolder()
        try workload.prepare(folder)
        let faults = try FaultFolder(folder)
        let log = try SQLiteEventLog.open(in: folder.path, clock: workload.clock)
        let bells = log.commits()
        faults.fail(.sync, nth: 1)
        var codes: [EventLogError.Code?] = []
        for case .together(let appends) in workload.steps {
            for append in appends {
                do throws(EventLogError) {
                    try await log.append(append)
                    codes.append(nil)
                } catch {
                    codes.append(error.code)
                }
            }
        }
        #expect(faults.faults == 1)
        #expect(codes.first == .outcomeUnknown)
        #expect(codes.allSatisfy { $0 == .outcomeUnknown || $0 == .closed })
        for await _ in bells { Issue.record("a log that answered nothing rang") }
        await log.close()
    }
}
