package import EventSourcing
package import WorkingCalendar

/// The answer to "when is it due": dates, whether they are final, and enough to explain them.
package struct Due: Hashable, Sendable {
    /// The terms as extended.
    package let terms: DeadlineTerms
    /// When the act that started the deadline happened.
    package let start: Instant
    /// The day of the act that started the deadline, which is not counted.
    package let day0: CivilDay
    /// The day on which the limit itself ends, before it is moved off a day off; nothing while an open pause holds it up.
    package let limitDay: CivilDay?
    /// Last day on which the deadline is kept; nothing while an open pause holds it up.
    package private(set) var dueDay: CivilDay?
    /// The first instant too late; nothing while an open pause holds it up.
    package private(set) var dueAt: Instant?
    /// The date the law gives, where a calendar published too late holds people to a later ``dueDay``.
    package private(set) var legalDay: CivilDay?
    /// Whether the date lies past the published calendar and must be shown with 暂定.
    package let isProvisional: Bool
    /// Days used before the pause that holds the deadline up; nothing when none does.
    package let daysUsed: Int?

    private let pauses: [DeadlinePause]
    let excluded: [ExcludedDays]
    let calendar: WorkingCalendar

    init(
        terms: DeadlineTerms, start: Instant, day0: CivilDay, limitDay: CivilDay?, dueDay: CivilDay?, dueAt: Instant?,
        isProvisional: Bool, daysUsed: Int?, pauses: [DeadlinePause], excluded: [ExcludedDays],
        calendar: WorkingCalendar
    ) {
        self.terms = terms
        self.start = start
        self.day0 = day0
        self.limitDay = limitDay
        self.dueDay = dueDay
        self.dueAt = dueAt
        self.isProvisional = isProvisional
        self.daysUsed = daysUsed
        self.pauses = pauses
        self.excluded = excluded
        self.calendar = calendar
    }

    /// The same answer with the day people are held to after a calendar moved it.
    func held(to moved: MovedDue) -> Self {
        guard moved.effective != moved.legal, let exact = dueAt else { return self }
        var held = self
        held.legalDay = moved.legal
        held.dueDay = moved.effective
        held.dueAt = exact.advanced(byMilliseconds: Int64(moved.effective.number - moved.legal.number) * 86_400_000)
        return held
    }

    /// Version of the calendar behind the answer.
    package var calendarVersion: String { calendar.version }

    /// The days that count, ascending, through the due day or, while held up, through the day of the pause.
    ///
    /// - Returns: Days of the limit's own unit; empty for limits whose days are not counted.
    /// - Complexity: O(*n*) in the days listed.
    package var countedDays: [CivilDay] {
        let end = dueDay ?? lastDayBeforeOpenPause
        switch terms.limit {
        case .workingDays(let amount):
            if amount == 0, let dueDay, dueDay == day0 { return [day0] }
            return calendar.listOfWorkingDays(after: day0, through: end).filter(counts)
        case .calendarDays(let amount):
            guard end > day0 else { return [] }
            // The days a due date is rolled over do not count: the limit was up before them.
            let days = (day0.number + 1...end.number).lazy.map(CivilDay.init(number:)).filter(counts)
            return Array(days.prefix(daysUsed ?? amount))
        case .hours, .workingHours, .months, .fixedDate:
            return []
        }
    }

    /// Working days left, today counting until it ends.
    ///
    /// - Returns: 0 once overdue; nothing for hours of either kind, and for calendar days while an open pause holds them up.
    /// - Complexity: O(log *n* + *p*) for *p* pauses.
    package func workingDaysLeft(at instant: Instant) -> Int? {
        switch terms.limit {
        case .hours, .workingHours:
            return nil
        case .calendarDays, .workingDays, .months, .fixedDate:
            guard let dueDay, let dueAt else {
                return terms.limit.countsWorkingDays ? daysUsed.map { max(0, terms.limit.amount - $0) } : nil
            }
            guard instant < dueAt else { return 0 }
            let today = CivilDay(containing: instant.milliseconds)
            // Before and on day 0 the whole limit is left; a limit of no days is kept on day 0 itself.
            let since = dueDay == day0 ? day0.previous : max(today.previous, day0)
            return workingDays(after: since, through: dueDay)
        }
    }

    /// Working days after the due day through today; 0 while not overdue, and a weekend does not raise it.
    package func overdueBy(at instant: Instant) -> Int {
        guard let dueDay, isOverdue(at: instant) else { return 0 }
        return calendar.workingDays(after: dueDay, through: CivilDay(containing: instant.milliseconds))
    }

    /// Whether the deadline was not met before this instant, if nobody met it.
    package func isOverdue(at instant: Instant) -> Bool {
        dueAt.map { instant >= $0 } ?? false
    }

    /// Whether a pause is in force at this instant that began before the deadline was overdue.
    package func isPaused(at instant: Instant) -> Bool {
        pauses.contains { pause in pause.contains(instant) && !isOverdue(at: pause.from) }
    }

    private func counts(_ day: CivilDay) -> Bool { !isTakenOut(day) }

    /// Whether a pause takes the day out.
    func isTakenOut(_ day: CivilDay) -> Bool {
        excluded.contains { $0.contains(day) }
    }

    /// Only the last run can be open, since overlapping ones are united.
    var lastDayBeforeOpenPause: CivilDay {
        excluded.last.map { max($0.first.previous, day0) } ?? day0
    }

    /// Working days used from the start through a day: day 0 not counted, pauses taken out, the day itself counted.
    ///
    /// - Complexity: O(log *n* + *p*) for *p* pauses.
    package func workingDaysUsed(through end: CivilDay) -> Int { workingDays(after: day0, through: end) }

    /// Working days after `start` through `end` that no pause takes out.
    private func workingDays(after start: CivilDay, through end: CivilDay) -> Int {
        excluded.reduce(calendar.workingDays(after: start, through: end)) { left, run in
            let first = max(run.first.previous, start)
            return left - calendar.workingDays(after: first, through: min(run.last ?? end, end))
        }
    }
}
