import ArgumentParser
import HubBenchmarks
import HubServer

/// Measurements of the log on this machine.
struct BenchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bench",
        abstract: "性能测量 – measure the event log on this machine, beside its disk and other programs.",
        discussion: "测量无效(核对不符)时退出码为 1 / exit 1 when a check fails: then the figures prove nothing.",
        subcommands: [Appending.self, Reading.self, Cases.self, Due.self, Board.self, Child.self])

    /// How fast events become durable.
    struct Appending: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "append",
            abstract: "写入 – appends: many producers, one producer, big appends; a C program and UmaDB beside.")

        @OptionGroup var options: BenchCommandOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await options.report(to: output.console) { options, say throws(BenchFailure) in
                try await AppendBench(options, say: say).run()
            }
        }
    }
}

extension BenchCommand {
    /// How fast the log is read.
    struct Reading: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "read",
            abstract: "读取 – reads: everything, typed, by tag; verify, restart after kill -9, memory.")

        @OptionGroup var options: BenchCommandOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await options.report(to: output.console) { options, say throws(BenchFailure) in
                try await ReadBench(options, say: say).run()
            }
        }
    }

    /// What one evaluation of a deadline costs.
    struct Due: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "due", abstract: "时限推算 – what one evaluation of a deadline costs; at most 2 µs.")

        @OptionGroup var output: OutputOptions

        @Option(help: "规则目录 – folder with the rule book, whose calendar is used.")
        var rules = "deploy/rulebook"

        @Option(help: ArgumentHelp("随机种子 – seed of the questions; printed with the result.", valueName: "N"))
        var seed: UInt64?

        func run() async throws {
            let calendar = try RuleCalendar.read(from: rules)
            let report = DueBench(calendar: calendar, seed: seed ?? UInt64.random(in: 1...UInt64(Int64.max))).run()
            for line in report.lines { output.console.say(line) }
            output.console.result(report)
        }
    }

    /// What a benchmark starts beside itself.
    struct Child: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "child", abstract: "由 bench 启动 – started by bench itself.", shouldDisplay: false)

        @Argument(help: "做什么 – what to do.")
        var part: String

        @Option(help: "日志目录 – folder of the log.")
        var directory: String

        @Option(help: "预置的事件数 – events of the shape.")
        var events: Int

        @Option(help: "随机种子 – seed of the shape.")
        var seed: UInt64

        @Option(help: "随机序列 – stream of the seed.")
        var stream: UInt64 = 0

        func run() async throws {
            guard let part = ChildPart(rawValue: part) else {
                let parts = ChildPart.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(
                    .usage, code: "usage.part", field: "part", chinese: "没有这个部分", english: "there is no such part",
                    remedy: "可选 / choose from: \(parts)")
            }
            do {
                try await part.play(folder: directory, events: events, seed: seed, stream: stream)
            } catch {
                throw CommandFailure(error)
            }
        }
    }
}

/// Options of every benchmark.
struct BenchCommandOptions: ParsableArguments {
    @Option(help: ArgumentHelp("预置的事件数 – events in the log before anything is measured.", valueName: "N"))
    var events = BenchShape.standardEvents

    @Option(help: ArgumentHelp("每项测量的秒数 – seconds each figure is measured.", valueName: "S"))
    var seconds = 15.0

    @Option(
        help: ArgumentHelp(
            "文件放在哪里,默认 /var/tmp – where files go; must be on a real disk.", valueName: "DIR"))
    var directory: String?

    @Option(
        help: ArgumentHelp(
            "用这里已预置的日志,没有就预置并保留 – use the log preloaded here, or make it here and keep it.", valueName: "DIR"))
    var reuse: String?

    @Flag(help: "保留文件 – keep the files.")
    var keep = false

    @Option(help: ArgumentHelp("随机种子 – seed of the events; printed with the result.", valueName: "N"))
    var seed: UInt64?

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("只测这些项 – measure only these figures.", valueName: "NAME"))
    var only: [String] = []

    @Flag(name: .customLong("no-peers"), help: "不测其他程序 – leave other programs out.")
    var noPeers = false

    @Option(help: ArgumentHelp("装有 umadb 的 Python – Python that has umadb.", valueName: "PATH"))
    var python = "python3"

    /// What was asked, with a seed where none was given.
    var asked: BenchOptions {
        BenchOptions(
            events: events, seconds: seconds, directory: directory, keep: keep, reuse: reuse,
            seed: seed ?? UInt64.random(in: 1...UInt64(Int64.max)), only: Set(only), peers: !noPeers, python: python,
            executable: BenchOptions.ownExecutable)
    }

    /// Runs a benchmark and tells its report.
    ///
    /// - Throws: `CommandFailure`; exit 1 when the report is not valid.
    func report(
        to console: Console,
        _ bench: (BenchOptions, @escaping @Sendable (String) -> Void) async throws(BenchFailure) -> BenchReport
    ) async throws {
        let asked = asked
        BenchOptions.watchStopSignals()
        let report: BenchReport
        do {
            report = try await bench(asked) { console.progress($0) }
        } catch {
            console.progressDone()
            throw CommandFailure(error)
        }
        console.progressDone()
        for line in report.lines { console.say(line) }
        console.result(report)
        if !report.valid { throw ExitCode(ExitStatus.defect.rawValue) }
    }
}

extension CommandFailure {
    /// Why a benchmark could not run, as an exit code.
    init(_ failure: BenchFailure) {
        let status: ExitStatus =
            switch failure.kind {
            case .usage: .usage
            case .cannotCreate, .log: .cannotCreate
            case .stopped: .tryAgain
            }
        self.init(
            status, code: failure.code, field: failure.field, chinese: failure.chinese, english: failure.english,
            remedy: failure.remedy)
    }
}
