import EventSourcing
import FoundationEssentials
import Glibc

/// Kills a process that appends, and sees how soon the log answers an append again, and whether anything it answered is lost.
struct RestartTrial: Sendable {
    /// What one kill showed.
    struct Outcome: Sendable {
        /// From opening to the first answered append; seconds.
        var seconds: Double
        /// Events the killed process had been answered.
        var answered: Int
        /// Says what is wrong; nothing when all that was answered is there.
        var loss: String?
    }

    let executable: String
    let folder: String
    let shape: BenchShape
    /// How long the child works before it is killed.
    let seconds: Double

    private func child(_ part: ChildPart, stream: UInt64) throws(BenchFailure) -> BenchChild {
        try BenchChild(
            executable,
            [
                "bench", "child", part.rawValue, "--directory", folder, "--events", "\(shape.events)", "--seed",
                "\(shape.seed)", "--stream", "\(stream)",
            ])
    }

    /// Resident memory of a fresh process that has opened the log and is idle; KiB.
    func idleMemory() throws(BenchFailure) -> Int {
        let child = try child(.idle, stream: 0)
        let said = child.readToEnd(within: 60).map(ChildPart.numbers)
        child.wait()
        guard let kibibytes = said?.first else { throw silent }
        return Int(clamping: kibibytes)
    }

    /// One kill; the log must be closed here, and is left open.
    ///
    /// - Returns: What it showed, and the log as it was opened.
    func kill(_ measured: inout MeasuredLog) async throws(BenchFailure) -> Outcome {
        let child = try child(.append, stream: measured.ledger.acknowledged + 3)
        guard var said = child.read(within: 60), !said.isEmpty else { throw silent }
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        while clock.now < end, let more = child.read(within: seconds), !more.isEmpty { said.append(more) }
        child.kill(SIGKILL)
        while let more = child.read(within: 10), !more.isEmpty { said.append(more) }

        let answers = ChildPart.numbers(said)
        let began = clock.now
        try measured.open()
        let before = measured.ledger.acknowledged
        let run = ProducerRun(
            log: measured.log, workload: measured.workload,
            plan: ProducerPlan(producers: 1, eventsInAppend: 1, isConditional: true, seconds: nil, events: 1),
            start: before, stream: before + 4)
        let first = try await run.run()
        let elapsed = (clock.now - began).inSeconds
        try await measured.takeUnanswered()
        return Outcome(
            seconds: elapsed, answered: answers.count / 2,
            loss: first.failures.first ?? Self.loss(answers, from: before, first: first))
    }

    /// What was answered must stand before the first append after the restart, each position once.
    private static func loss(_ answers: [UInt64], from before: UInt64, first: ProducerTotals) -> String? {
        guard let next = first.answers.first?.lowerBound else { return "no append was answered after the restart" }
        let lasts = stride(from: 1, to: answers.count, by: 2).map { answers[$0] }
        if let lost = lasts.filter({ $0 >= next }).min() {
            return "position \(lost) was answered, and the log went on at \(next)"
        }
        if let early = lasts.filter({ $0 <= before }).min() { return "position \(early) was answered twice" }
        return Set(lasts).count == lasts.count ? nil : "a position was answered twice"
    }

    private var silent: BenchFailure {
        BenchFailure(
            .log, code: "bench.silent", field: executable, chinese: "子进程没有回应",
            english: "the child process said nothing",
            remedy: "单独运行 --only restart 查看其错误 / run it with --only restart and read its error")
    }
}
