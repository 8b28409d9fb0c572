/// How much one page of a read may hold and take, so that no reader keeps the write-ahead log from being reset.
struct PageBudget {
    private let bytes: Int
    private let end: ContinuousClock.Instant?

    /// A page that starts now.
    init(_ tuning: LogTuning) {
        bytes = tuning.pageBytes
        end = ContinuousClock.now + tuning.pageTime
    }

    private init() {
        bytes = .max
        end = nil
    }

    /// For the writer's own questions, which are short by nature.
    static let unlimited = PageBudget()

    /// Whether the time is over.
    var isSpent: Bool { end.map { ContinuousClock.now >= $0 } ?? false }

    /// Whether a page with so many bytes must end.
    func isSpent(bytes used: Int) -> Bool { used >= bytes || isSpent }
}
