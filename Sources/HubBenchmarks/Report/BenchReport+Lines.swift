extension BenchReport {
    /// The report for people: Chinese first, then English; ratios, then goals, figures and what they stand on.
    package var lines: [String] {
        var lines = [
            "\(bench == "append" ? "写入测量 append benchmark" : "读取测量 read benchmark")  "
                + (valid ? "有效 valid" : "无效,数字不作数 NOT VALID: the figures prove nothing"),
            "",
        ]
        lines += ratioLines + goalLines + figureLines + checkLines + peerLines + standLines
        return lines
    }

    private var ratioLines: [String] {
        guard !ratios.isEmpty else { return [] }
        return ["比率 ratios"] + ratios.map { "  \(Self.number($0.value))  \($0.chinese) – \($0.english)" } + [""]
    }

    private var goalLines: [String] {
        guard !goals.isEmpty else { return [] }
        var lines = [
            "目标 goals (\(isComparable ? "规定的工作量 the workload of the table" : "不是规定的工作量,仅供参考 not the table's workload: no verdict"))"
        ]
        for goal in goals {
            let verdict =
                switch goal.verdict {
                case .aim: "达到目标 aim met"
                case .floor: "达到底线 floor met"
                case .missed: "未达到 MISSED"
                }
            let aim = goal.aim.map { ", 目标 aim \(Self.number($0))" } ?? ""
            lines.append(
                "  \(isComparable ? verdict : "–")  \(goal.chinese) – \(goal.english): \(Self.number(goal.measured)) \(goal.unit)"
                    + " (底线 floor \(goal.isCeiling ? "≤" : "≥") \(Self.number(goal.floor))\(aim))")
        }
        return lines + [""]
    }

    private var figureLines: [String] {
        var lines = ["数字 figures"]
        for figure in figures {
            lines.append("  \(figure.chinese) – \(figure.english): \(Self.number(figure.value)) \(figure.unit)")
            if let latency = figure.latency, latency.requests > 0 {
                lines.append(
                    "      p50 \(Self.number(latency.p50))  p99 \(Self.number(latency.p99))"
                        + "  p99.9 \(Self.number(latency.p999))  max \(Self.number(latency.max)) ms"
                        + "  (\(latency.requests) 次请求 requests)")
            }
            if let disk = figure.disk {
                lines.append(
                    "      同时的 fdatasync at the time: p50 \(Self.number(disk.p50))  p99 \(Self.number(disk.p99)) ms")
            }
        }
        return lines + [""]
    }

    private var checkLines: [String] {
        ["核对 checks"]
            + checks.map { "  \($0.passed ? "通过 ok" : "不符 FAILED")  \($0.chinese) – \($0.name): \($0.detail)" }
            + [""]
    }

    private var peerLines: [String] {
        guard !peers.isEmpty else { return [] }
        var lines = ["对照程序 peers"]
        for peer in peers {
            let version = peer.version.map { " \($0)" } ?? ""
            lines.append(
                peer.ran
                    ? "  \(peer.name)\(version): 已测量 measured"
                    : "  \(peer.name): 未测量 not run: \(peer.reason)\n      → \(peer.remedy)")
        }
        return lines + [""]
    }

    private var standLines: [String] {
        var lines = [
            "条件 conditions",
            "  磁盘 fdatasync 4 KiB before: p50 \(Self.number(diskBefore.p50))  p99 \(Self.number(diskBefore.p99)) ms;"
                + " after: p50 \(Self.number(diskAfter.p50))  p99 \(Self.number(diskAfter.p99)) ms",
            "  机器 \(machine.processor), \(machine.cores) 核 cores, \(machine.memoryMebibytes) MiB, Linux \(machine.kernel)",
            "  SQLite \(machine.sqlite), 提交 commit \(machine.commit ?? "未知 unknown"),"
                + " \(machine.isDebugBuild ? "调试版 DEBUG build" : "发布版 release build")",
            "  负载 load average \(Self.number(machine.loadBefore)) → \(Self.number(machine.loadAfter)),"
                + " 目录 folder \(machine.folder)",
            "  预置 preloaded \(shape.events) 条 events, 种子 seed \(shape.seed), \(shape.activeCases) 案 active cases,"
                + " \(shape.persons) 人 persons, \(shape.departments) 部门 departments, \(shape.towns) 镇 towns",
            "  每条 an event: 行 row \(Self.number(meanRowBytes)) 字节 bytes, 4 标签 tags,"
                + " \(Self.number(meanFeedEntries)) feed entries, 磁盘 on disk \(Self.number(fileBytesAnEvent)) 字节 bytes",
        ]
        for spread in tags {
            lines.append(
                "  标签 tags \(spread.kind): \(spread.tags), 每标签条数 events a tag min \(spread.least)"
                    + " p50 \(spread.median) p99 \(spread.p99) max \(spread.most)")
        }
        return lines + notes.map { "  注 note: \($0)" }
    }

    /// Whole above a thousand, else with as many decimals as matter.
    static func number(_ value: Double) -> String {
        guard value.isFinite else { return "–" }
        let magnitude = value.magnitude
        let decimals = magnitude >= 1000 ? 0 : magnitude >= 100 ? 1 : magnitude >= 1 ? 2 : 3
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let rounded = (magnitude * scale).rounded()
        guard rounded < 9e15 else { return "\(value)" }
        let whole = UInt64(rounded)
        let unit = UInt64(scale)
        let grouped = Self.grouped(whole / unit)
        let sign = value < 0 && whole > 0 ? "-" : ""
        guard decimals > 0 else { return sign + grouped }
        let rest = String(whole % unit)
        return sign + grouped + "." + String(repeating: "0", count: decimals - rest.count) + rest
    }

    private static func grouped(_ number: UInt64) -> String {
        var text = ""
        for (index, digit) in String(number).reversed().enumerated() {
            if index > 0 && index % 3 == 0 { text.append("\u{202F}") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
