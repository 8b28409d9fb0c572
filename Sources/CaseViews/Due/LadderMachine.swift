package import Deadlines
package import EventSourcing
package import RuleBook

/// A rung that was reached and is not recorded yet.
package struct ReachedRung: Hashable, Sendable {
    package let deadline: DeadlineID
    package let level: LadderLevel
    /// When it was reached, however late somebody looked.
    package let at: Instant
    /// Who is told, sorted; nobody where a higher rung was reached meanwhile or nothing is asked any more.
    package let told: [NoticeRecipient]
    /// Told at once at any hour.
    package let isUrgent: Bool
    /// The body that has to act and learns of it by its feed; nothing for the centre's own, and for what nobody is told.
    package let owner: DepartmentCode?
    /// Whether the centre takes it under supervision (督办): late by three working days and still asked for, even where
    /// a late look finds it later still.
    package let isSupervised: Bool
    /// When the deadline started; never moves.
    package let begun: Instant

    /// Names it for ever: whoever finds it again, after a restart or beside another, means the same one.
    package var key: String { "\(deadline)/\(level.rawValue)" }
}

/// Decides which rungs have been reached and who is told: rows and time in, crossings out; it neither waits nor acts.
///
/// It keeps nothing: which rungs are behind a deadline stands in its row, which is a fold of the log.
package struct LadderMachine: Sendable {
    private let rules: RuleBook

    /// - Parameter rules: The book with every calendar published so far.
    package init(rules: RuleBook) {
        self.rules = rules
    }

    /// Every rung these deadlines have reached by now, in the order in which it happened.
    ///
    /// Of what a late look finds only the highest rung of each deadline is told, and that only while somebody still has
    /// to act: a pause, an extension or the act itself takes back what was not told.
    ///
    /// - Parameter cases: The cases of the deadlines, for the posts that have them.
    package func reached(_ rows: [DeadlineRow], cases: [CaseID: CaseRow], at now: Instant) -> [ReachedRung] {
        rows.flatMap { row in reached(row, row.caseID.flatMap { cases[$0] }, at: now) }
            .sorted { ($0.at, $0.deadline, $0.level) < ($1.at, $1.deadline, $1.level) }
    }

    private func reached(_ row: DeadlineRow, _ caseRow: CaseRow?, at now: Instant) -> [ReachedRung] {
        guard let rule = rules.deadlineRule(row.id.rule, version: row.ruleVersion) else { return [] }
        var row = row
        var found: [LadderCrossing] = []
        while let crossing = row.nextCrossing, crossing.at <= now {
            found.append(crossing)
            row.cross(crossing, by: rules)
        }
        let isAsked = row.isOpen && row.dueAt != nil
        let isUrgent = rule.ladder == .emergency
        return found.map { crossing in
            let isHighest = crossing.level == found.last?.level
            let told =
                isHighest && isAsked
                ? LadderAudience(row, caseRow, rules).told(crossing.level, isUrgent: isUrgent) : []
            let isSupervised = crossing.level == .overdue3 && isAsked
            return ReachedRung(
                deadline: row.id, level: crossing.level, at: crossing.at, told: told, isUrgent: isUrgent,
                owner: told.isEmpty && !isSupervised ? nil : row.owner, isSupervised: isSupervised,
                begun: row.started.occurredAt)
        }
    }
}
