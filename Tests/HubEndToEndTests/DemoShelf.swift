/// The demo that most tests look at: played once, copied by whoever alters it.
actor DemoShelf {
    static let shared = DemoShelf()

    private var folder: TemporaryFolder?
    private var played: DemoRun?

    /// An undisturbed run, finished and stopped.
    ///
    /// The suite is serial, so it is played once.
    func finished() async throws -> DemoRun {
        if let played { return played }
        let folder = try TemporaryFolder()
        let run = try await DemoRun.play(in: folder.path + "/demo")
        self.folder = folder
        played = run
        return run
    }
}
