import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Decides what has fallen due by itself: views and time in, acts out; it neither waits nor acts.
///
/// It remembers only what was refused, so that a rule nobody foresaw is not asked again and again. That it forgets with
/// the process costs one more refusal: what took effect is known by ``FallenDue/key``, not by memory.
package struct DueMachine: Sendable {
    /// Rules of which a passed limit has a consequence of its own; all others only change a light.
    package static let rules: Set<DeadlineRuleID> = Set(kinds.keys)

    private static let kinds: [DeadlineRuleID: FallenDue.Kind] = {
        let named: [(String, FallenDue.Kind)] = [
            ("offer.answer", .offerLapses), ("meeting.confirm", .minutesUnanswered),
        ]
        return named.reduce(into: [:]) { kinds, pair in
            if let rule = DeadlineRuleID(pair.0) { kinds[rule] = pair.1 }
        }
    }()

    /// What was refused, and the day on which it was.
    private var refused: [String: CivilDay] = [:]

    package init() {}

    /// What of these deadlines and cases has fallen due, in the order in which it happened.
    ///
    /// A provisional date settles nothing: nobody is put in breach by a day that may still turn out to be a holiday.
    ///
    /// - Parameter calendar: Counts the two working days of T24; without one none of those has passed.
    package mutating func due(
        _ deadlines: [DeadlineRow], _ cases: [CaseRow], calendar: WorkingCalendar?, at now: Instant
    ) -> [FallenDue] {
        let today = CivilDay(containing: now.milliseconds)
        refused = refused.filter { $0.value == today }
        let found =
            deadlines.compactMap { Self.due($0, at: now) }
            + cases.flatMap { row in row.due(at: now, calendar: calendar) }
        return Set(found).filter { refused[$0.key] == nil }
            .sorted { ($0.happenedAt, $0.key) < ($1.happenedAt, $1.key) }
    }

    /// Leaves one alone until the next day.
    package mutating func refuse(_ due: FallenDue, at now: Instant) {
        refused[due.key] = CivilDay(containing: now.milliseconds)
    }

    private static func due(_ row: DeadlineRow, at now: Instant) -> FallenDue? {
        guard let kind = kinds[row.id.rule], row.isOpen, !row.isProvisional, let dueAt = row.dueAt, dueAt <= now,
            let owner = row.owner
        else { return nil }
        return FallenDue(
            kind, row.id.scope, of: owner, happenedAt: dueAt, begun: row.started.occurredAt, run: "\(row.id.cycle)")
    }
}
