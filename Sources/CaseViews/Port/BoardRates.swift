package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Which deadlines a rate is about: those of one clock whose effective due date falls in a period.
///
/// By the due date, never by the closing date: nobody looks better by leaving old cases open.
package struct RateQuestion: Hashable, Sendable {
    package let rule: DeadlineRuleID
    package let from: CivilDay
    package let through: CivilDay
    package let owner: BoardFilter.Owner?
    package let town: TownCode?

    /// - Parameter through: Not before `from`.
    package init(
        rule: DeadlineRuleID, from: CivilDay, through: CivilDay, owner: BoardFilter.Owner? = nil, town: TownCode? = nil
    ) {
        precondition(from <= through, "a period begins before it ends")
        self.rule = rule
        self.from = from
        self.through = through
        self.owner = owner
        self.town = town
    }
}

/// How one cohort came out.
package struct CohortOutcome: Codable, Hashable, Sendable {
    package var met = 0
    package var metLate = 0
    /// Still open past its due instant: it counts against the rate for as long as it is open.
    package var openOverdue = 0
    /// Still open and in time, or standing still: outside the rate until it is due.
    package var openInTime = 0
    /// How many of all these were paused or extended: a high rate with many pauses is a finding.
    package var paused = 0
    package var extended = 0
    /// How many were met by what was entered late; they count by when it happened.
    package var lateRecords = 0

    package init() {}

    /// What the rate is of.
    package var judged: Int { met + metLate + openOverdue }

    package var closed: Int { met + metLate }

    /// met / (met + met late + open and overdue); nothing while nothing is judged.
    package var rate: Double? { judged == 0 ? nil : Double(met) / Double(judged) }

    /// Whether it may be ranked among others: above ten closed in the period, since small numbers mislead.
    package var isRanked: Bool { closed > 10 }

    /// Adds one cohort to another.
    package static func += (left: inout Self, right: Self) {
        left.met += right.met
        left.metLate += right.metLate
        left.openOverdue += right.openOverdue
        left.openInTime += right.openInTime
        left.paused += right.paused
        left.extended += right.extended
        left.lateRecords += right.lateRecords
    }
}

/// Half, most, nearly all, the longest: by nearest rank, so that each is a number that occurred.
package struct Percentiles: Codable, Hashable, Sendable {
    package let count: Int
    /// Nothing where there is nothing.
    package let p50: Int?
    package let p80: Int?
    package let p95: Int?
    package let max: Int?

    /// - Parameter counts: How often each value occurred.
    package init(_ counts: [Int: Int]) {
        let sorted = counts.filter { $0.value > 0 }.sorted { $0.key < $1.key }
        let count = sorted.reduce(0) { $0 + $1.value }
        self.count = count
        func at(_ percent: Int) -> Int? {
            var left = Swift.max(1, (count * percent + 99) / 100)
            for (value, times) in sorted {
                left -= times
                if left <= 0 { return value }
            }
            return nil
        }
        p50 = at(50)
        p80 = at(80)
        p95 = at(95)
        max = sorted.last?.key
    }
}

/// The on-time rate of one clock and period, with what it hides beside it.
package struct BoardRates: Hashable, Sendable {
    /// One department of the cohort; nothing for the centre.
    package struct Line: Hashable, Sendable {
        package let owner: DepartmentCode?
        package let outcome: CohortOutcome

        package init(owner: DepartmentCode?, outcome: CohortOutcome) {
            self.owner = owner
            self.outcome = outcome
        }
    }

    /// From application to a step, in calendar days with nothing taken out: what the citizen lived through.
    package struct Way: Hashable, Sendable {
        /// Of the cases that exited in the period.
        package let exits: Int
        package let toExit: Percentiles
        /// To the first payment or service among them (`RULINGS.md` §4); those that got none are ``withoutHelp``.
        package let toHelp: Percentiles
        package let withoutHelp: Int

        /// What `toHelp` does not count of the exits got no help.
        package init(exits: Int, toExit: Percentiles, toHelp: Percentiles) {
            self.exits = exits
            self.toExit = toExit
            self.toHelp = toHelp
            withoutHelp = exits - toHelp.count
        }
    }

    package let total: CohortOutcome
    /// Sorted by code, the centre first.
    package let departments: [Line]
    /// Working days used by those closed: day 0 not counted, pauses taken out.
    package let closedDays: Percentiles
    /// The same with those still open at their present age: a lower bound, since long open ones hide otherwise.
    package let allDays: Percentiles
    /// Open ones that stand still and have no due date: outside every period until resumed.
    package let withoutDueDate: Int
    package let way: Way
    package let position: Position

    /// Sums the lines into the total; `departments` sorted by code, the centre first.
    package init(
        departments: [Line], closedDays: Percentiles, allDays: Percentiles, withoutDueDate: Int, way: Way,
        position: Position
    ) {
        total = departments.reduce(into: CohortOutcome()) { $0 += $1.outcome }
        self.departments = departments
        self.closedDays = closedDays
        self.allDays = allDays
        self.withoutDueDate = withoutDueDate
        self.way = way
        self.position = position
    }
}

/// What one civil day brought.
package struct TrendDay: Codable, Hashable, Sendable {
    package let day: CivilDay
    package let isWorkingDay: Bool
    package let opened: Int
    package let closed: Int
    /// Open and overdue at the end of the day, as is known today.
    package let overdueAtEnd: Int

    package init(day: CivilDay, isWorkingDay: Bool, opened: Int, closed: Int, overdueAtEnd: Int) {
        self.day = day
        self.isWorkingDay = isWorkingDay
        self.opened = opened
        self.closed = closed
        self.overdueAtEnd = overdueAtEnd
    }
}

/// Opened, closed and overdue, day by day.
package struct BoardTrend: Hashable, Sendable {
    package let days: [TrendDay]
    package let position: Position

    package init(days: [TrendDay], position: Position) {
        self.days = days
        self.position = position
    }
}
