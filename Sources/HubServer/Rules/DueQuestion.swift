import Deadlines
import EventSourcing
package import RuleBook
package import WorkingCalendar

/// "When is it due?", asked at the command line: a rule or a limit, and a start.
package struct DueQuestion: Hashable, Sendable {
    /// Why there is no answer.
    package enum Refusal: Error, Hashable, Sendable {
        case unknownRule(String)
        case limitMalformed(String)
        case startMalformed(String)
        case unknownWord(option: String, text: String, allowed: [String])
        case pauseMalformed(String)
        case extensionMalformed(String)
        case momentMalformed(option: String, text: String)
        /// Hours run from an instant, not from a day.
        case hoursNeedInstant
        case noCalendar
        case calendar(CalendarError)
    }

    /// Rule id such as `case.exit`, or a limit: `20wd`, `7cd`, `24h`, `4wh`, `6mo`, or the day itself.
    package let rule: String
    /// Civil day such as `2023-08-15`, or an instant with its offset.
    package let start: String
    /// Pauses, extensions and what else bears on the date.
    package let conditions: DueConditions

    package init(rule: String, start: String, conditions: DueConditions = DueConditions()) {
        self.rule = rule
        self.start = start
        self.conditions = conditions
    }

    /// Answers from a rule book.
    ///
    /// - Throws: ``Refusal`` naming the field that is wrong.
    package func answer(from book: RuleBook) throws(Refusal) -> DueAnswer {
        guard let calendar = book.calendar else { throw .noCalendar }
        let (start, isDay) = try startInstant()
        let found = try terms(in: book, on: CivilDay(containing: start.milliseconds))
        if found.terms.limit.endsAtInstant, isDay { throw .hoursNeedInstant }
        do {
            let due = try DeadlineEvaluation.evaluate(
                terms: conditions.applied(to: found.terms), start: start, pauses: conditions.pauses,
                extensions: conditions.extensions, calendar: calendar)
            return try DueAnswer(rule: found.rule, due: due, conditions: conditions)
        } catch {
            throw .calendar(error)
        }
    }

    private func startInstant() throws(Refusal) -> (Instant, isDay: Bool) {
        if let day = CivilDay(start) { return (Instant(milliseconds: day.startMilliseconds), true) }
        guard let instant = Instant(start) else { throw .startMalformed(start) }
        return (instant, false)
    }

    private func terms(
        in book: RuleBook, on day: CivilDay
    ) throws(Refusal) -> (terms: DeadlineTerms, rule: DeadlineRule?) {
        if let limit = try limit() { return (DeadlineTerms(limit: limit), nil) }
        guard let id = DeadlineRuleID(rule), let found = book.deadlineRule(id, on: day) else {
            throw .unknownRule(rule)
        }
        return (found.terms, found)
    }

    /// A limit written as number and unit; nothing when it is no such text.
    private func limit() throws(Refusal) -> DeadlineLimit? {
        if let day = CivilDay(rule) { return .fixedDate(day) }
        let digits = rule.prefix { $0.isASCII && $0.isNumber }
        guard !digits.isEmpty else { return nil }
        guard let amount = Int(digits) else { throw .limitMalformed(rule) }
        let limit: DeadlineLimit
        switch rule.dropFirst(digits.count) {
        case "wd": limit = .workingDays(amount)
        case "cd": limit = .calendarDays(amount)
        case "h": limit = .hours(amount)
        case "wh": limit = .workingHours(amount)
        case "mo": limit = .months(amount)
        default: throw .limitMalformed(rule)
        }
        guard limit.allowedAmounts.contains(amount) else { throw .limitMalformed(rule) }
        return limit
    }
}

extension DueQuestion.Refusal {
    /// Stable code for scripts.
    package var code: String {
        switch self {
        case .unknownRule: "due.unknownRule"
        case .limitMalformed: "due.limitMalformed"
        case .startMalformed: "due.startMalformed"
        case .unknownWord: "due.unknownWord"
        case .pauseMalformed: "due.pauseMalformed"
        case .extensionMalformed: "due.extensionMalformed"
        case .momentMalformed: "due.momentMalformed"
        case .hoursNeedInstant: "due.hoursNeedInstant"
        case .noCalendar: "due.noCalendar"
        case .calendar: "due.calendar"
        }
    }

    /// The argument that is wrong.
    package var field: String {
        switch self {
        case .unknownRule, .limitMalformed: "rule"
        case .startMalformed, .hoursNeedInstant, .calendar: "start"
        case .noCalendar: "rules"
        case .unknownWord(let option, _, _), .momentMalformed(let option, _): option
        case .pauseMalformed: "pause"
        case .extensionMalformed: "extend"
        }
    }

    /// What is wrong and how to mend it.
    package var sentence: Label {
        switch self {
        case .unknownRule(let rule):
            Label(
                "那一天没有时限 \(rule)。",
                "No limit \(rule) is in force that day; see deadlines.yaml, or write 20wd, 7cd, 24h, 4wh, 6mo, 2026-12-01."
            )
        case .limitMalformed(let text):
            Label(
                "期限 \(text) 写法不对。",
                """
                Write the limit \(text) as 0–250 wd (working days), 0–3660 cd (calendar days), 0–8784 h (hours), \
                0–2000 wh (office hours), 0–120 mo (months), or a date: 20wd, 7cd, 24h, 4wh, 6mo, 2026-12-01.
                """)
        case .startMalformed(let text):
            Label(
                "起算 \(text) 不是存在的日期或时刻。",
                "The start \(text) is no date that exists; write 2023-08-15 or 2023-08-15T09:00:00+08:00.")
        case .unknownWord(let option, let text, let allowed):
            Label("--\(option) 不认识 \(text)。", "--\(option) is one of \(allowed.joined(separator: ", ")), not \(text).")
        case .pauseMalformed(let text):
            Label(
                "中止 \(text) 写法不对。",
                "Write the pause \(text) as FROM/TO, or FROM/ while it lasts: 2025-09-26/2025-10-10; TO not before FROM."
            )
        case .extensionMalformed(let text):
            Label("延长 \(text) 写法不对。", "Write the extension \(text) as +10 for more or =45 for so many in all, 1–3660.")
        case .momentMalformed(let option, let text):
            Label(
                "--\(option) \(text) 不是存在的日期或时刻。",
                "--\(option) \(text) is no time that exists; write 2023-08-15 or 2023-08-15T09:00:00+08:00.")
        case .hoursNeedInstant:
            Label("按小时计的期限需要时刻。", "Hours run from an instant: write 2023-08-15T09:00:00+08:00.")
        case .noCalendar: Label("没有工作日日历。", "There is no calendar; publish one, or name a folder that has one.")
        case .calendar(let error): Label("\(error)", "\(error)")
        }
    }
}
