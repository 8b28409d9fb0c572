import CSupport

/// What a benchmark is asked for.
package struct BenchOptions: Sendable {
    package var events: Int
    /// How long each figure is measured, all rounds together.
    package var seconds: Double
    /// Where files go; a new folder on the disk of `/var/tmp` when nothing is said.
    package var directory: String?
    /// Whether the files stay.
    package var keep: Bool
    /// A folder with a log made before, or to be made and kept; runs after the first are quick.
    package var reuse: String?
    package var seed: UInt64
    /// Names of figures; all when empty.
    package var only: Set<String>
    /// Whether other programs are measured beside ours.
    package var peers: Bool
    /// The interpreter that has UmaDB.
    package var python: String
    /// The program that children are started from; nothing leaves out what needs a child.
    package var executable: String?

    package init(
        events: Int = BenchShape.standardEvents, seconds: Double = 15, directory: String? = nil, keep: Bool = false,
        reuse: String? = nil, seed: UInt64, only: Set<String> = [], peers: Bool = true, python: String = "python3",
        executable: String? = nil
    ) {
        self.events = events
        self.seconds = seconds
        self.directory = directory
        self.keep = keep
        self.reuse = reuse
        self.seed = seed
        self.only = only
        self.peers = peers
        self.python = python
        self.executable = executable
    }

    /// The program itself, for its own children.
    package static var ownExecutable: String { MachineFacts.executable() }

    /// From now on SIGINT and SIGTERM end a measurement in order: its files are removed, and it says that it was stopped.
    package static func watchStopSignals() { csupport_watch_stop_signals() }

    /// Refuses what cannot be meant.
    ///
    /// - Parameter names: The figures there are.
    /// - Throws: ``BenchFailure`` `usage`.
    package func check(names: [String]) throws(BenchFailure) {
        func refuse(_ field: String, _ chinese: String, _ english: String, _ remedy: String) -> BenchFailure {
            BenchFailure(
                .usage, code: "usage.bench", field: field, chinese: chinese, english: english, remedy: remedy)
        }
        guard (1...100_000_000).contains(events) else {
            throw refuse(
                "--events", "预置条数应为 1 到 100000000", "the log is preloaded with 1 to 100000000 events",
                "给出 --events 1000000 / give --events 1000000")
        }
        guard seconds.isFinite, (0.1...3600).contains(seconds) else {
            throw refuse(
                "--seconds", "时长应为 0.1 到 3600 秒", "a figure is measured for 0.1 to 3600 seconds",
                "给出 --seconds 15 / give --seconds 15")
        }
        if let unknown = only.subtracting(names).min() {
            throw refuse(
                "--only", "没有名为 \(unknown) 的测量项", "there is no figure named \(unknown)",
                "可选 / choose from: \(names.joined(separator: " "))")
        }
        if reuse != nil, directory != nil || keep {
            throw refuse(
                "--reuse", "--reuse 已指定目录且总是保留", "--reuse names the folder and always keeps it",
                "去掉 --directory 与 --keep / leave out --directory and --keep")
        }
    }

    func wants(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
}
