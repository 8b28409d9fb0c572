import Deadlines
import EventSourcing
import RuleBook
package import WorkingCalendar

/// Whose day was it (N-1): every working day of one run of the promise, given to exactly one holder.
///
/// A day belongs to who held the case at its 00:00, so that the day of a hand-over is the giver's. Days of a pause for
/// the applicant's reasons have passed but are not counted: the counted days of all holders add up to the days used, all
/// days together to the days elapsed. Until the case exits another department may still accept, and the path may change:
/// the account is provisional.
package struct CaseDays: Codable, Hashable, Sendable {
    /// One working day.
    package struct Day: Codable, Hashable, Sendable {
        package let day: CivilDay
        package let holder: DayHolder
        /// Whether it uses up a day of the promise.
        package let isCounted: Bool
    }

    /// What one holder has to answer for.
    package struct Share: Codable, Hashable, Sendable {
        package let holder: DayHolder
        package let counted: Int
        package let all: Int
    }

    /// The promise's run: 1, then one more with each reopening.
    package let cycle: Int
    /// The day the promise began, which is not counted.
    package let day0: CivilDay
    /// The last day of the account: the day of the exit, or the day asked about.
    package let through: CivilDay
    /// Ascending; every working day after ``day0`` through ``through``.
    package let days: [Day]
    /// Most days first, then the centre, departments by code, applicant, third party, disputed.
    package let shares: [Share]
    package let isProvisional: Bool

    /// Days of the promise used: the sum of ``Share/counted``.
    package let used: Int
    /// Working days that passed: the sum of ``Share/all``.
    package let elapsed: Int

    /// Accounts for one run of a promise.
    ///
    /// - Parameters:
    ///   - promise: The row of the promise, `case.exit`.
    ///   - asOf: The last instant of the account while the promise runs.
    /// - Returns: Nothing without a calendar that reaches the days, or once the promise was cancelled.
    init?(_ promise: DeadlineRow, ledger: HolderLedger, rules: RuleBook, asOf: Instant) {
        guard let due = try? promise.evaluate(by: rules),
            let calendar = rules.calendars(since: promise.started.position, through: promise.endedAt).last?.calendar
        else { return nil }
        let last: Instant
        switch promise.ending {
        case .stopped(let exit): last = exit.occurredAt
        case .cancelled: return nil
        case nil: last = asOf
        }
        cycle = promise.id.cycle
        day0 = due.day0
        through = max(CivilDay(containing: last.milliseconds), due.day0)
        isProvisional = promise.isOpen
        let pauses = promise.pauses.map { DeadlinePause(from: $0.from, to: $0.to) }
        let days = calendar.listOfWorkingDays(after: due.day0, through: through).map { day in
            // What stands still after it was already late has been used up all the same.
            let isPaused = pauses.contains { $0.takesOut(day) && !due.isOverdue(at: $0.from) }
            let holder = ledger.holder(at: Instant(milliseconds: day.startMilliseconds))
            return Day(day: day, holder: isPaused ? .applicant : holder, isCounted: !isPaused)
        }
        self.days = days
        used = days.count { $0.isCounted }
        elapsed = days.count
        var sums: [DayHolder: (counted: Int, all: Int)] = [:]
        for day in days {
            let sum = sums[day.holder] ?? (0, 0)
            sums[day.holder] = (sum.counted + (day.isCounted ? 1 : 0), sum.all + 1)
        }
        shares = sums.map { Share(holder: $0.key, counted: $0.value.counted, all: $0.value.all) }
            .sorted { left, right in
                left.all == right.all ? left.holder.order < right.holder.order : left.all > right.all
            }
    }
}
