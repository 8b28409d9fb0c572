package import Deadlines
package import EventSourcing
import RuleBook
import WorkingCalendar

/// A rung of the ladder and the instant at which a deadline reaches it.
package struct LadderCrossing: Codable, Hashable, Sendable {
    package let level: LadderLevel
    package let at: Instant

    package init(level: LadderLevel, at: Instant) {
        self.level = level
        self.at = at
    }
}

/// Finds when a deadline reaches the next rung of its ladder (`reference/deadlines.md` §5.6).
///
/// It walks the stretches in which nothing changed: from the start to each pause, resumption, extension and calendar. In
/// each it knows only what was known then, so that a late look finds the same instants as a look at every minute. What
/// a change has made due before it happened is reached when office opens next, never backwards.
struct LadderClimb {
    private let row: DeadlineRow
    private let ladder: DeadlineRule.Ladder
    private let calendars: [PublishedCalendar]

    /// - Returns: Nothing for what has no ladder: floors, offers, courtesy, and what voluntary and judicial bodies do.
    init?(_ row: DeadlineRow, _ rules: RuleBook) {
        guard row.bound == .ceiling, let rule = rules.deadlineRule(row.id.rule, version: row.ruleVersion),
            rule.ladder != .none
        else { return nil }
        switch row.owner.flatMap({ rules.department($0) })?.kind {
        case .voluntary, .judicial: return nil
        case .statutory, .policeOrgan, .massOrganisation, .utility, .town, nil: break
        }
        self.row = row
        ladder = rule.ladder
        calendars = rules.calendars(since: row.started.position, through: row.endedAt)
    }

    /// The lowest rung not crossed yet; nothing when none is left, or none is reached as things stand.
    func next() -> LadderCrossing? {
        guard let level = LadderLevel.allCases.first(where: { level in row.crossed.allSatisfy { $0.level < level } })
        else { return nil }
        let end = row.endedOn
        let moments = changes(before: end)
        for (index, from) in moments.enumerated() {
            let until = index + 1 < moments.count ? moments[index + 1] : end
            guard let at = crossing(level, from: from, isStart: index == 0) else { continue }
            let held = max(at, row.crossed.last?.at ?? at)
            if until.map({ held < $0 }) ?? true { return LadderCrossing(level: level, at: held) }
        }
        return nil
    }

    /// The start and each instant at which something about the deadline became otherwise, ascending.
    private func changes(before end: Instant?) -> [Instant] {
        var moments = row.pauses.flatMap { [$0.from] + ($0.to.map { [$0] } ?? []) }
        moments += row.extensions.map(\.at)
        moments += calendars.compactMap(\.publishedAt)
        let start = row.started.occurredAt
        return [start] + Set(moments).filter { $0 > start && (end == nil || $0 < end ?? $0) }.sorted()
    }

    private func crossing(_ level: LadderLevel, from: Instant, isStart: Bool) -> Instant? {
        guard let due = due(asOf: from) else { return nil }
        switch ladder {
        case .none: return nil
        case .emergency:
            guard let reached = due.reachesUrgently(level) else { return nil }
            return max(reached, from)
        case .normal:
            // Nobody is late by a day that may still turn out to be a holiday.
            if due.isProvisional, level >= .overdue1 { return nil }
            return try? isStart ? due.reaches(level) : due.reaches(level, since: from)
        }
    }

    private func due(asOf instant: Instant) -> Due? {
        let known = row.pauses.filter { $0.from <= instant }.map { pause in
            DeadlinePause(from: pause.from, to: pause.to.flatMap { $0 <= instant ? $0 : nil })
        }
        return try? DeadlineEvaluation.evaluate(
            terms: row.terms, start: row.started.occurredAt, pauses: known,
            extensions: row.extensions.filter { $0.at <= instant }.map(\.granted),
            under: calendars.filter { $0.publishedAt.map { $0 <= instant } ?? true })
    }
}

extension DeadlineRow {
    /// When what ended it happened; nothing while it is open.
    var endedOn: Instant? {
        switch ending {
        case .stopped(let event), .cancelled(let event): event.occurredAt
        case nil: nil
        }
    }

    /// Says anew which rung comes next.
    mutating func climb(by rules: RuleBook) {
        nextCrossing = LadderClimb(self, rules)?.next()
    }

    /// Takes in that a rung was crossed, and finds the next.
    ///
    /// - Parameter supervision: Number of the supervision it opens.
    mutating func cross(_ crossing: LadderCrossing, supervision: Int? = nil, by rules: RuleBook) {
        guard crossed.allSatisfy({ $0.level < crossing.level }) else { return }
        self.supervision = supervision ?? self.supervision
        crossed.append(crossing)
        climb(by: rules)
    }
}
