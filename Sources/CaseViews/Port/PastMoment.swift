package import EventSourcing
package import RuleBook

/// A question about the past (`reference/deadlines.md` §5.7): there are two, and they are never the same one.
package struct PastMoment: Hashable, Sendable {
    /// Which of the two times of an event is asked about.
    package enum View: String, CaseIterable, Codable, Hashable, Sendable {
        /// What the hub knew then: events recorded by that time. It tells who could have known.
        case asKnownAt
        /// What was really so then: events that happened by that time, from today's knowledge. Rates rest on it.
        case asItWasAt
    }

    package let view: View
    /// Inclusive.
    package let instant: Instant

    package init(_ view: View, _ instant: Instant) {
        self.view = view
        self.instant = instant
    }

    /// Whether an event belongs to the picture asked for.
    package func includes(_ event: RecordedEvent) -> Bool {
        switch view {
        case .asKnownAt: event.recordedAt <= instant
        case .asItWasAt: event.occurredAt <= instant
        }
    }
}

/// The whole board of a past time.
package struct PastBoard: Sendable {
    /// Answers as of that time; whoever holds it keeps it alive.
    package let views: any ViewStore
    /// The rules and calendars of that time.
    package let rules: RuleBook

    package init(views: any ViewStore, rules: RuleBook) {
        self.views = views
        self.rules = rules
    }
}

/// Gives boards of past times; the same question has the same answer however often it is asked.
package protocol PastBoardSource: Sendable {
    /// The board of one past moment, folded from the log.
    ///
    /// Costs a read of the log up to there, unless it was asked for lately.
    ///
    /// - Throws: ``ViewStoreError/busy`` while as many are being made as may be at once.
    func board(of moment: PastMoment) async throws(ViewStoreError) -> PastBoard
}
