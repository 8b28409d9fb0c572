/// Where racers wait until all of them are there.
actor StartingLine {
    private let racers: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(racers: Int) {
        self.racers = racers
    }

    /// Returns once everybody has come.
    func ready() async {
        await withCheckedContinuation { continuation in
            waiting.append(continuation)
            guard waiting.count == racers else { return }
            for each in waiting { each.resume() }
            waiting = []
        }
    }
}
