import EventSourcing
import RuleBook
import WorkingCalendar

/// Checks a calendar file or notice, and shows a calendar's years and days.
package struct CalendarInspection: Sendable {
    private let rules: String
    private let folder: HubFolder?

    /// - Parameters:
    ///   - rules: Folder with rule files, asked where no hub is named.
    ///   - folder: The hub whose log is asked instead.
    package init(rules: String, folder: HubFolder?) {
        self.rules = rules
        self.folder = folder
    }

    private struct CheckReport: Encodable {
        let mistakes: [RuleReport.Mistake]
        let version: String?
        /// Days otherwise than in the calendar in force.
        let changedDays: [CivilDay]
    }

    /// Every mistake of a file with its line and remedy.
    ///
    /// - Throws: ``CommandFailure`` (exit 65) when there is one.
    package func check(_ path: String, console: Console) async throws(CommandFailure) {
        let base = try await document(besides: path)
        var findings = RuleFindings()
        let file = CalendarFile(path: path, after: base, findings: &findings)
        let errors = findings.errors
        for error in errors {
            console.say("\(error.place) (\(error.code.rawValue))")
            console.say("  \(error.sentence.chinese) \(error.sentence.english)")
            console.say("  → \(error.remedy.chinese) \(error.remedy.english)")
        }
        let made = file.calendar(after: base)
        let changed = made.flatMap { made in base.map { made.changes(from: $0) } } ?? []
        console.result(
            CheckReport(mistakes: errors.map(RuleReport.Mistake.init), version: made?.version, changedDays: changed))
        guard let first = errors.first else {
            let count = changed.count
            console.say("日历读得通 – sound: \(made?.version ?? "–")，与现行相差 \(count) 天 – \(count) days differ")
            return
        }
        throw CommandFailure(first)
    }

    /// One year as a table, or one day explained.
    ///
    /// - Parameter asked: A year, a day, or nothing for the year of the firm part's end.
    package func show(_ asked: String?, console: Console) async throws(CommandFailure) {
        guard let document = try await document(besides: nil) else {
            throw CommandFailure(DueQuestion.Refusal.noCalendar)
        }
        let day = asked.flatMap { CivilDay($0) }
        let year = asked.flatMap { $0.utf8.count == 4 ? Int($0) : nil }
        if let asked, day == nil, year == nil {
            throw CommandFailure(
                .badInput, code: "calendar.asked", field: asked, chinese: "应为年份或日期",
                english: "that is neither a year nor a date", remedy: "写 2026 或 2026-10-10 / write 2026 or 2026-10-10")
        }
        do throws(CalendarError) {
            let calendar = try WorkingCalendar(document)
            if let day {
                print(try calendar.explained(day), console)
            } else {
                print(try calendar.table(of: year ?? calendar.firmUntil.year), console)
            }
            warn(calendar, console)
        } catch {
            throw CommandFailure(DueQuestion.Refusal.calendar(error))
        }
    }

    /// The calendar in force: the log's, else that of the rule files; nothing where there is none.
    private func document(besides path: String?) async throws(CommandFailure) -> CalendarDocument? {
        if let folder { return try await LoggedRules.current(in: folder).calendarDocument }
        // A file is not its own forerunner.
        if let path, path == rules || path.hasPrefix("\(rules)/") { return nil }
        do throws(RuleFileError) {
            return try RuleSet(path: rules).applied().calendarDocument
        } catch {
            throw CommandFailure(error)
        }
    }

    private func warn(_ calendar: WorkingCalendar, _ console: Console) {
        switch calendar.noticeWarning(on: CivilDay(containing: WallClock().now().milliseconds)) {
        case .none: break
        case .expected: console.say("◇ 明年放假安排应已公布，请导入 – import next year's notice as soon as it is out")
        case .urgent:
            console.say("■ 明年放假安排尚未导入，新的 20 日期限都是暂定 – next year's notice is missing: new dates are provisional")
        }
    }

    private func print(_ day: CalendarDay, _ console: Console) {
        let provisional = day.isProvisional ? " ◇暂定 provisional" : ""
        console.say("\(day.day) \(Self.weekdays[day.weekday - 1])  \(Self.words(day.reason))\(provisional)")
        if let previous = day.previousWorkingDay { console.say("上一工作日 working day before: \(previous)") }
        if let next = day.nextWorkingDay { console.say("下一工作日 working day after: \(next)") }
        console.say("日历 calendar: \(day.calendarVersion)")
        console.result(day)
    }

    private func print(_ year: CalendarYear, _ console: Console) {
        console.say("\(year.year) 年 \(Self.words(year.mark))  日历 calendar \(year.calendarVersion)")
        console.say("月 month  工作日 working days  工作日休息 weekdays off  周末上班 weekends worked")
        for (index, count) in year.workingDaysByMonth.enumerated() {
            let month = index + 1
            func days(_ all: [CivilDay]) -> String {
                let text = all.filter { $0.month == month }.map { String($0.description.suffix(2)) }
                return text.isEmpty ? "–" : text.joined(separator: " ")
            }
            let padded = "\(month)".count < 2 ? " \(month)" : "\(month)"
            console.say("  \(padded)  \(count)  \(days(year.offWeekdays))  \(days(year.makeupWorkdays))")
        }
        console.say("全年 in all: \(year.workingDays)")
        if let from = year.provisionalFrom { console.say("◇暂定 provisional from \(from) on") }
        console.result(year)
    }

    private static let weekdays = [
        "星期一 Mon", "星期二 Tue", "星期三 Wed", "星期四 Thu", "星期五 Fri", "星期六 Sat", "星期日 Sun",
    ]

    private static func words(_ reason: CalendarDay.Reason) -> String {
        switch reason {
        case .weekday: "工作日 – a working day"
        case .makeupWorkday: "调休上班 – a weekend day worked"
        case .weekend: "周末 – weekend, off"
        case .holiday: "放假 – a weekday off"
        }
    }

    private static func words(_ mark: CalendarYear.Mark) -> String {
        switch mark {
        case .announced: "已公布 announced"
        case .provisional: "◇暂定 provisional: 只有法定节假日 statutory days only"
        case .unlisted: "◇暂定 provisional: 只计周末 weekends only"
        }
    }
}
