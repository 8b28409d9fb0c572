package import CaseViews
import Crypto
package import EventSourcing
import FoundationEssentials
package import RuleBook
package import WorkingCalendar

/// Finds every due date a calendar would move, before it is published; publishes nothing.
package struct CalendarReporter: Sendable {
    private let views: any ViewStore
    private let rules: RuleBook
    private let now: Instant

    /// - Parameters:
    ///   - rules: The book at the head, with every calendar published so far.
    ///   - now: When it would be published.
    package init(views: any ViewStore, rules: RuleBook, now: Instant) {
        self.views = views
        self.rules = rules
        self.now = now
    }

    /// Sums and digest of the report; every move is handed out as it is found, in the order of the board.
    ///
    /// The digest is SHA-256 over the canonical text: a head line, then a line for each move, each ended by a line feed.
    ///
    /// - Parameter take: Called once for each move.
    /// - Throws: ``CalendarError`` for a calendar that cannot be built, ``ViewStoreError``, and what `take` throws.
    package func report(
        _ document: CalendarDocument, _ take: (DueMove) throws -> Void
    ) async throws -> (impact: CalendarImpact, digest: String) {
        let calendar = try WorkingCalendar(document)
        var impact = CalendarImpact(
            from: rules.calendarDocument, to: document, day: CivilDay(containing: now.milliseconds), position: .start)
        var hash = SHA256()
        hash.update(data: Data("\(impact.canonicalHead)\n".utf8))
        impact.position = try await views.everyOpenDeadline(at: now) { row in
            let effect = row.effect(of: calendar, publishedAt: now, by: rules)
            impact.count(effect)
            guard case .moved(let move) = effect else { return }
            hash.update(data: Data("\(move.canonicalLine)\n".utf8))
            try take(move)
        }
        let digits = hash.finalize().map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
        return (impact, "sha256:" + digits.joined())
    }
}
