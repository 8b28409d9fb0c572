import EventSourcing
import Foundation
import GRDB
import HubTesting
import SQLiteEventLog
import Testing

/// Power that goes at any moment costs no answered append, whatever the disk had not yet been made to keep.
@Suite struct PowerLossTests {
    static let images = Effort.of(normal: 1_000, full: 10_000)
    private static let workloads = 4

    @Test(arguments: 0..<workloads) func `every image after a power loss opens and holds what was answered`(
        index: Int
    ) async throws {
        let start = ContinuousClock.now
        var generator = SeededGenerator.printed()
        for _ in 0..<index { _ = generator.next() }
        let recorded = try await Recorded(&generator)
        let wanted = Self.images / Self.workloads
        var losses = 0
        let cuts = (0..<wanted).map { _ in Int.random(in: 0...recorded.changes.count, using: &generator) }.sorted()
        try await recorded.images(at: cuts, ignoresSyncs: false, &generator) { cut, fault, lost in
            losses += lost
            if let fault { Issue.record("cut after change \(cut) of \(recorded.changes.count): \(fault)") }
            return fault == nil
        }
        #expect(losses > 0, "no image lacked anything, so that nothing was tried")
        Effort.report("power loss: \(wanted) images, \(losses) of them without all that was asked", since: start)
    }

    @Test func `a disk that ignores syncs is found out`() async throws {
        var generator = SeededGenerator.printed()
        let recorded = try await Recorded(&generator)
        let cuts = (0..<40).map { _ in Int.random(in: 0...recorded.changes.count, using: &generator) }.sorted()
        var faults = 0
        try await recorded.images(at: cuts, ignoresSyncs: true, &generator) { _, fault, _ in
            faults += fault == nil ? 0 : 1
            return true
        }
        #expect(faults > 5)
    }

    @Test(arguments: ["NORMAL", "FULL"]) func `a weaker synchronous loses an answered row`(mode: String) async throws {
        var generator = SeededGenerator.printed()
        let folder = try LogFolder()
        let file = "\(folder.path)/plain.sqlite"
        let queue = try DatabaseQueue(path: file)
        try await queue.writeWithoutTransaction { db in
            try db.execute(
                sql: "PRAGMA journal_mode = WAL; CREATE TABLE row(n INTEGER); PRAGMA wal_checkpoint(TRUNCATE)")
        }
        try queue.close()
        let before = ["plain.sqlite": try Data(contentsOf: URL(fileURLWithPath: file))]
        let faults = try FaultFolder(folder, keepsRecord: true)
        let writer = try DatabaseQueue(path: file)
        try await writer.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA synchronous = \(mode); INSERT INTO row VALUES (1)")
        }
        var loss = PowerLoss(before: before)
        for change in faults.record(before: faults.moment) { loss.take(change) }
        try writer.close()
        var lost = 0
        for _ in 0..<40 {
            let image = try LogFolder()
            for (name, bytes) in loss.image(&generator) {
                try bytes.write(to: URL(fileURLWithPath: "\(image.path)/\(name)"))
            }
            let reader = try DatabaseQueue(path: "\(image.path)/plain.sqlite")
            if try await reader.read({ try Int.fetchOne($0, sql: "SELECT count(*) FROM row") }) == 0 { lost += 1 }
            try reader.close()
        }
        #expect(mode == "FULL" ? lost == 0 : lost > 0)
    }
}

/// A workload played once without faults, and everything it did to its files.
private struct Recorded {
    let workload: Workload
    let asked: [Workload.Asked]
    let changes: [FileChange]

    init(_ generator: inout SeededGenerator) async throws {
        workload = try await Workload(&generator, rounds: 6, reopens: true)
        let folder = try LogFolder()
        try workload.prepare(folder)
        let faults = try FaultFolder(folder, keepsRecord: true)
        let run = try await workload.play(in: folder, watchedBy: faults)
        asked = run.asked
        changes = faults.record(before: faults.moment)
        #expect(run.notOpened == nil && asked.allSatisfy { (try? $0.answer.get()) != nil })
    }

    /// Makes one image at each cut and judges it.
    ///
    /// - Parameter body: Gets the cut, what does not hold, and 1 when appends are missing; goes on while it says so.
    func images(
        at cuts: [Int], ignoresSyncs: Bool, _ generator: inout SeededGenerator,
        _ body: (_ cut: Int, _ fault: String?, _ lost: Int) -> Bool
    ) async throws {
        var loss = PowerLoss(before: [SQLiteEventLog.fileName: workload.base], ignoresSyncs: ignoresSyncs)
        var taken = 0
        for cut in cuts {
            while taken < cut {
                loss.take(changes[taken])
                taken += 1
            }
            let folder = try LogFolder()
            for (name, bytes) in loss.image(&generator) {
                try bytes.write(to: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            }
            // What was answered later than the cut may be there or not.
            let unknown = EventLogError(.outcomeUnknown)
            let known = asked.map { each in
                each.moment <= cut
                    ? each : Workload.Asked(append: each.append, answer: .failure(unknown), moment: each.moment)
            }
            var fault: String?
            do {
                fault = try await workload.judge(known, in: folder)
            } catch {
                fault = "\(error)"
            }
            let isShort = known.contains { (try? $0.answer.get()) == nil }
            guard body(cut, fault, isShort ? 1 : 0) else { return }
        }
    }
}
