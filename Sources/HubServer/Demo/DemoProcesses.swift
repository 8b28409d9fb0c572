import EventSourcing
import Logging

#if canImport(Glibc)
    import Glibc
#endif

/// The real processes of a demo: serve and one adapter a department; whoever dies is started again.
actor DemoProcesses {
    /// How one of them is started.
    struct Program: Sendable {
        let name: String
        let arguments: [String]
    }

    private let executable: String
    private let console: Console
    private var programs: [String: Program] = [:]
    private var running: [String: ChildProcess] = [:]
    private(set) var restarts = 0
    private var stopping = false

    init(executable: String, console: Console) {
        self.executable = executable
        self.console = console
    }

    /// Starts a program and remembers how.
    func start(_ program: Program) throws(CommandFailure) {
        programs[program.name] = program
        running[program.name] = try ChildProcess(executable: executable, arguments: program.arguments)
    }

    /// Starts again whoever has died; called between steps and while waiting.
    ///
    /// - Throws: ``CommandFailure`` when a program ends by itself with an error: that is a fault, not a fault injected.
    func revive() throws(CommandFailure) {
        guard !stopping else { return }
        for (name, child) in running {
            guard let end = child.poll() else { continue }
            guard let program = programs[name] else { continue }
            switch end {
            case .killed:
                restarts += 1
                running[name] = try ChildProcess(executable: executable, arguments: program.arguments)
            case .exited(let code):
                running[name] = nil
                throw CommandFailure(
                    .unreachable, code: "demo.processEnded", field: name, chinese: "进程意外退出",
                    english: "a process ended by itself (exit \(code))",
                    remedy: "看它在上面打印的原因 / see the reason it printed above")
            }
        }
    }

    /// Kills a program the hard way; ``revive()`` starts it again.
    func kill(_ name: String) {
        running[name]?.signal(SIGKILL)
    }

    /// The process identifier of a program, for finding its children.
    func identifier(of name: String) -> pid_t? {
        running[name]?.identifier
    }

    /// Ends everything politely, and hard after five seconds.
    func stop() async {
        stopping = true
        for child in running.values { child.signal(SIGTERM) }
        let deadline = ContinuousClock.now + .seconds(5)
        while !running.isEmpty {
            for (name, child) in running where child.poll() != nil { running[name] = nil }
            if ContinuousClock.now > deadline {
                for child in running.values { child.signal(SIGKILL) }
            }
            // Sleeps: between two looks whether a process has ended.
            try? await ContinuousClock().sleep(for: .milliseconds(20))
        }
    }
}
