package import EventSourcing

/// The rule book at every position, so that a slice or a due date can be asked for as of any of them.
package struct RuleBookHistory: Sendable {
    /// Ascending by position; books share their unchanged parts.
    private var states: [(position: Position, book: RuleBook)] = []

    package init() {}

    /// The newest rule book.
    package var current: RuleBook { states.last?.book ?? RuleBook() }

    /// The position of the newest rule event taken in; ``Position/start`` before the first.
    package var position: Position { states.last?.position ?? .start }

    /// The rule book as of a position, with everything published up to and including it.
    ///
    /// - Complexity: O(log *n*) in the rule events.
    package func at(_ position: Position) -> RuleBook {
        var low = 0
        var high = states.count
        while low < high {
            let middle = (low + high) / 2
            if states[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? RuleBook() : states[low - 1].book
    }

    /// Takes in one event; those of other sets and those already taken in change nothing.
    ///
    /// - Returns: Whether the rule book changed.
    /// - Throws: `DecodingError` when the stored data is not of its type.
    @discardableResult
    package mutating func evolve(with recorded: RecordedEvent) throws -> Bool {
        guard recorded.position > position, let event = try RuleBookEvent(recorded) else { return false }
        var book = current
        book.evolve(with: event)
        if case .calendarPublished = event {
            book.noteCalendar(publishedAt: recorded.recordedAt, position: recorded.position)
        }
        states.append((recorded.position, book))
        return true
    }
}
