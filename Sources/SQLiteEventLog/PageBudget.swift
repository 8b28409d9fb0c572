/// How much one page of a read may hold and take, so that no reader keeps the write-ahead log from being reset.
struct PageBudget {
    /// At most so many events.
    static let events = 1000

    /// Sizes and times of the pages of one log.
    struct Limits: Sendable {
        /// Stored bytes after which a page ends, with at least one event.
        var bytes = 4 << 20
        /// Time after which a page ends, counted from its start.
        var time = Duration.milliseconds(250)
    }

    private let bytes: Int
    private let end: ContinuousClock.Instant?

    /// A page that starts now.
    init(_ limits: Limits) {
        bytes = limits.bytes
        end = ContinuousClock.now + limits.time
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
