/// What `onedoor bench cases` found: each figure of the table with its floor and whether it holds.
package struct CasesReport: Codable, Sendable {
    /// The cost of a command at one length of the log.
    package struct Growth: Codable, Sendable {
        package var events: UInt64
        package var command: BenchReport.Latency
    }

    package let bench: String
    package let seed: UInt64
    package var goals: [BenchReport.Goal] = []
    package var growth: [Growth] = []
    /// Times behind the goals, by name.
    package var latencies: [String: BenchReport.Latency] = [:]
    /// Rounds with answers that were no success; then their figures prove nothing.
    package var failures: [String] = []
    package var diskBefore: BenchReport.Latency
    package var diskAfter: BenchReport.Latency
    package var machine: BenchReport.Machine
    package var notes: [String] = []

    /// Whether every answer was a success; otherwise the figures prove nothing.
    package var valid: Bool { failures.isEmpty }

    /// The report for people.
    package var lines: [String] {
        let title = bench == "board" ? "看板测量 board benchmark" : "办件测量 casework benchmark"
        var lines = ["\(title)  \(valid ? "有效 valid" : "无效 NOT VALID")  种子 seed \(seed)", ""]
        for goal in goals {
            let verdict =
                switch goal.verdict {
                case .aim: "达到目标 aim met  "
                case .floor: "达到底线 floor met"
                case .missed: "未达到 MISSED     "
                }
            let aim = goal.aim.map { ", 目标 aim \(Self.short($0))" } ?? ""
            lines.append(
                "  \(verdict)  \(goal.chinese) – \(goal.english): \(Self.short(goal.measured)) \(goal.unit)"
                    + " (底线 floor \(goal.isCeiling ? "≤" : "≥") \(Self.short(goal.floor))\(aim))")
            if let latency = latencies[goal.name] { lines.append("      " + Self.text(latency)) }
        }
        if !growth.isEmpty { lines += ["", "同样的命令,不同长度的日志 the same command on logs of different length"] }
        for point in growth { lines.append("  \(point.events) 个事件 events: " + Self.text(point.command)) }
        lines += [
            "", "fdatasync 之前 before: \(Self.text(diskBefore))", "fdatasync 之后 after:  \(Self.text(diskAfter))",
            "负载 load \(Self.short(machine.loadBefore)) → \(Self.short(machine.loadAfter)), \(machine.cores) 核 cores,"
                + " \(machine.processor)",
        ]
        return lines + failures.map { "不符 FAILED \($0)" } + notes
    }

    private static func text(_ latency: BenchReport.Latency) -> String {
        "p50 \(short(latency.p50))  p99 \(short(latency.p99))  max \(short(latency.max)) ms  (\(latency.requests) 次)"
    }

    private static func short(_ value: Double) -> String {
        value >= 100 ? "\(Int(value.rounded()))" : "\((value * 100).rounded() / 100)"
    }
}
