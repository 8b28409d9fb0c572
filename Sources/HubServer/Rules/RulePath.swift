import Deadlines
package import RuleBook
import WorkingCalendar

/// One way of a case from application to notice, as the sum of the limits of its stages.
///
/// Each stage starts on the day the one before it ended, which is its day 0: so the sum of working days is exact, and
/// the path keeps the promise from every start when its sum does (`RULINGS.md` §1).
package struct RulePath: Hashable, Sendable {
    /// One limit on the way.
    package struct Stage: Hashable, Sendable {
        package let rule: DeadlineRuleID
        /// The most working days it can take.
        package let workingDays: Int
    }

    package let name: Label
    /// The task whose handling limit it is computed with; nothing for the default.
    package let task: TaskCode?
    package let stages: [Stage]
    /// Working days promised from application to exit.
    package let promised: Int

    package var workingDays: Int { stages.reduce(0) { $0 + $1.workingDays } }
    package var overruns: Bool { workingDays > promised }

    /// The stages as people write them: `3+1+10+2+1`.
    package var sum: String { stages.map { String($0.workingDays) }.joined(separator: "+") }

    /// The ways through the hub that have to keep the promise.
    private static let ways: [(name: Label, rules: [String])] = [
        (
            Label("联席会议", "joint meeting"),
            ["triage", "meeting.convene", "dispatch", handling, "completion.check", "decision.notice"]
        ),
        (Label("派单", "referral"), ["triage", "dispatch", handling, "completion.check", "decision.notice"]),
        (
            Label("派单并退回一次", "referral with one return"),
            [
                "triage", "dispatch", "referral.remit", "return.ruling", handling, "completion.check",
                "decision.notice",
            ]
        ),
    ]
    /// Handled here: the stages of 低保 after the visit, with the limits of `reference/deadlines.md` §5.5 for those whose
    /// events the hub does not record yet, so that no later rule can overrun unseen.
    private static let subsistence: [(rule: String, otherwise: DeadlineLimit)] = [
        ("visit.home", .workingDays(3)), ("survey.done", .workingDays(5)), ("opinion.first", .workingDays(1)),
        ("publicity.7d", .calendarDays(7)), ("publicity.close", .workingDays(1)), ("dibao.confirm", .workingDays(3)),
        ("decision.notice", .workingDays(1)),
    ]
    private static let handling = "referral.handle"
    private static let promise = "case.exit"

    /// Every way, with the default handling limit and with that of each task of the catalogue.
    ///
    /// - Returns: Nothing when the rule book promises no exit.
    /// - Throws: ``MissingRule`` when a stage has no rule, since then nothing bounds it.
    package static func all(in book: RuleBook) throws(MissingRule) -> [RulePath] {
        guard let promised = limit(promise, in: book) else { return [] }
        let tasks = book.tasks.filter { $0.kind == .referral }
        var paths: [RulePath] = []
        for way in ways {
            for task in [nil] + tasks.map(Optional.some) {
                var stages: [Stage] = []
                for name in way.rules {
                    guard let id = DeadlineRuleID(name), let usual = limit(name, in: book) else {
                        throw MissingRule(name: name)
                    }
                    let own = name == handling ? task.flatMap { handlingLimit(of: $0, in: book) } : nil
                    stages.append(Stage(rule: id, workingDays: mostWorkingDays(own ?? usual)))
                }
                paths.append(
                    RulePath(
                        name: way.name, task: task?.code, stages: stages, promised: mostWorkingDays(promised)))
            }
        }
        // Without a calendar nobody can say how many working days a week of publicity is.
        guard book.calendar != nil else { return paths }
        paths.append(
            RulePath(
                name: Label("低保在本中心办理", "minimum living allowance, handled here"), task: nil,
                stages: subsistence.compactMap { stage in
                    DeadlineRuleID(stage.rule).map { id in
                        Stage(rule: id, workingDays: longest(limit(stage.rule, in: book) ?? stage.otherwise, in: book))
                    }
                }, promised: mostWorkingDays(promised)))
        return paths
    }

    /// The most working days a limit has taken from any working day of the last three announced years.
    ///
    /// Only for calendar days is that less than ``mostWorkingDays(_:)``: a week posted on a working day takes 6 at most.
    private static func longest(_ limit: DeadlineLimit, in book: RuleBook) -> Int {
        guard case .calendarDays(let days) = limit, let calendar = book.calendar,
            let first = CivilDay(year: calendar.firmUntil.year - 2, month: 1, day: 1)
        else { return mostWorkingDays(limit) }
        let last = calendar.firmUntil.advanced(by: -days - 20)
        let from = max(first, calendar.firstKnown)
        let starts = from < last ? calendar.listOfWorkingDays(after: from.previous, through: last) : []
        let most = starts.compactMap { start in
            (try? calendar.firstWorkingDay(from: start.advanced(by: days))).map {
                calendar.workingDays(after: start, through: $0)
            }
        }.max()
        return most.map { max($0, 1) } ?? mostWorkingDays(limit)
    }

    /// A stage without a rule.
    package struct MissingRule: Error, Hashable, Sendable {
        package let name: String
    }

    private static func limit(_ name: String, in book: RuleBook) -> DeadlineLimit? {
        DeadlineRuleID(name).flatMap { book.deadlineRule($0) }?.terms.limit
    }

    /// The task's own limit, else the longest of its items.
    private static func handlingLimit(of task: DispatchTask, in book: RuleBook) -> DeadlineLimit? {
        task.limit
            ?? task.items.compactMap { book.policyItem($0)?.limit }
            .max { mostWorkingDays($0) < mostWorkingDays($1) }
    }

    /// The most working days a limit can last.
    ///
    /// Calendar days: all of them worked (two make-up weekends in a row), or rolled to one more after days off; both
    /// give no more than the number itself. Hours: every day begun. A set date belongs to one case and to no path.
    private static func mostWorkingDays(_ limit: DeadlineLimit) -> Int {
        switch limit {
        case .workingDays(let days), .calendarDays(let days): max(days, 1)
        case .hours(let hours): hours / 24 + 1
        case .workingHours(let hours): hours + 1
        case .months(let months): months * 23
        case .fixedDate: 1
        }
    }
}
