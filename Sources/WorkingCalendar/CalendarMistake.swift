/// One thing wrong in a calendar or in a notice about a year, with the key it stands at.
package struct CalendarMistake: Hashable, Sendable {
    /// What is wrong.
    package enum Kind: Hashable, Sendable {
        case versionMissing
        case firmUntilBeforeFirst
        case dayBeforeFirst(CivilDay)
        case offOnWeekend(CivilDay)
        case makeupOnWeekday(CivilDay)
        case offAndMakeup(CivilDay)
        case listedTwice(CivilDay)
        case officeHoursMalformed
        /// The calendar is sure of a year for which it lists no day off: an empty year is no year without holidays.
        case announcedYearEmpty(Int)
        /// Make-up days cannot be guessed, so a year that was not announced has none.
        case makeupInProvisionalYear(CivilDay)
        case holidayReversed(String)
        case holidaysOverlap(CivilDay)
        case dayOutsideYear(CivilDay, Int)
        case noHolidays(Int)
        case sourceMissing
        case yearSkipped(Int, next: Int)
        case announcedAlready(Int)
        case contradicts(CivilDay, version: String)
        case versionTaken(String)
    }

    /// Path of the key, `offWeekdays[3]`; empty when the whole is meant.
    package let key: String
    package let kind: Kind

    init(_ key: String, _ kind: Kind) {
        self.key = key
        self.kind = kind
    }
}

extension CalendarMistake.Kind {
    /// Stable, for scripts: what kind of thing is to be mended.
    package var code: String {
        switch self {
        case .offOnWeekend, .makeupOnWeekday, .offAndMakeup, .listedTwice, .dayBeforeFirst, .dayOutsideYear,
            .holidayReversed, .holidaysOverlap:
            "rules.calendarDay"
        case .firmUntilBeforeFirst, .announcedYearEmpty, .makeupInProvisionalYear, .noHolidays, .yearSkipped:
            "rules.calendarYear"
        case .versionMissing, .officeHoursMalformed, .sourceMissing, .versionTaken: "rules.calendarNotice"
        case .announcedAlready, .contradicts: "rules.calendarContradicts"
        }
    }

    /// What is wrong, in Chinese.
    package var chinese: String {
        switch self {
        case .versionMissing: "日历缺少版本名。"
        case .firmUntilBeforeFirst: "firmUntil 早于 first。"
        case .dayBeforeFirst(let day): "\(day) 早于日历首日。"
        case .offOnWeekend(let day): "\(day) 是周末，本来就休息。"
        case .makeupOnWeekday(let day): "\(day) 不是周末，不能列为调休上班日。"
        case .offAndMakeup(let day): "\(day) 既列为休息日又列为上班日。"
        case .listedTwice(let day): "\(day) 重复。"
        case .officeHoursMalformed: "办公时间须为一至六段、按先后、互不重叠。"
        case .announcedYearEmpty(let year): "\(year) 年标为已公布，却没有列出休息日。"
        case .makeupInProvisionalYear(let day): "\(day) 所在年份尚未公布，不能有调休上班日。"
        case .holidayReversed(let name): "\(name) 的止日早于起日。"
        case .holidaysOverlap(let day): "\(day) 同属两个假期。"
        case .dayOutsideYear(let day, let year): "\(day) 不在 \(year) 年的安排范围内。"
        case .noHolidays(let year): "\(year) 年的安排没有列出假期。"
        case .sourceMissing: "没有写明出处。"
        case .yearSkipped(let year, let next): "\(next) 年尚未公布，不能先导入 \(year) 年。"
        case .announcedAlready(let year): "\(year) 年已公布。"
        case .contradicts(let day, let version): "\(day) 与已公布的日历 \(version) 不符。"
        case .versionTaken(let version): "日历 \(version) 已发布，内容不同。"
        }
    }

    /// What is wrong, in English.
    package var english: String {
        switch self {
        case .versionMissing: "The calendar has no version."
        case .firmUntilBeforeFirst: "firmUntil lies before first."
        case .dayBeforeFirst(let day): "\(day) lies before first."
        case .offOnWeekend(let day): "\(day) is a weekend day and off anyway."
        case .makeupOnWeekday(let day): "\(day) is no weekend day, so it cannot be made up for."
        case .offAndMakeup(let day): "\(day) is listed both as off and as worked."
        case .listedTwice(let day): "\(day) is listed twice."
        case .officeHoursMalformed: "Office hours are one to six windows, in order, without overlap."
        case .announcedYearEmpty(let year): "\(year) is marked as announced and lists no day off."
        case .makeupInProvisionalYear(let day): "\(day) lies in a year not announced, which has no make-up days."
        case .holidayReversed(let name): "\(name) ends before it begins."
        case .holidaysOverlap(let day): "\(day) belongs to two holidays."
        case .dayOutsideYear(let day, let year): "\(day) is no day that the arrangement for \(year) speaks of."
        case .noHolidays(let year): "The arrangement for \(year) lists no holiday."
        case .sourceMissing: "The notice names no source."
        case .yearSkipped(let year, let next): "\(next) is not announced yet, so \(year) cannot come first."
        case .announcedAlready(let year): "\(year) has been announced."
        case .contradicts(let day, let version): "\(day) is otherwise in \(version), which was announced."
        case .versionTaken(let version): "The calendar \(version) is published with other content."
        }
    }

    /// What to do, in Chinese.
    package var remedyInChinese: String {
        switch self {
        case .versionMissing: "写一个版本名，如 CN-2027.1。"
        case .firmUntilBeforeFirst: "改正其中一个。"
        case .dayBeforeFirst: "删去，或把 first 提前。"
        case .offOnWeekend: "从 offWeekdays 删去。"
        case .makeupOnWeekday: "从上班日中删去。"
        case .offAndMakeup: "核对通知，只留一处。"
        case .listedTwice, .holidaysOverlap: "只留一个。"
        case .officeHoursMalformed: "写作 [[\"09:00\",\"12:00\"],[\"13:30\",\"17:30\"]]。"
        case .announcedYearEmpty: "补上该年的休息日，或把 firmUntil 改到上一年 12 月 28 日。"
        case .makeupInProvisionalYear: "删去，待通知公布后导入。"
        case .holidayReversed: "改正 first 或 last。"
        case .dayOutsideYear(_, let year): "核对年份；\(year) 年的通知最早涉及上一年 12 月 29 日。"
        case .noHolidays: "按通知逐项列出 holidays。"
        case .sourceMissing: "在 source 写通知的名称或文号。"
        case .yearSkipped(_, let next): "先导入 \(next) 年。"
        case .announcedAlready, .contradicts: "确属更正的，在 correction 写明理由；否则改正日期。"
        case .versionTaken: "换一个版本名。"
        }
    }

    /// What to do, in English.
    package var remedyInEnglish: String {
        switch self {
        case .versionMissing: "Give it one such as CN-2027.1."
        case .firmUntilBeforeFirst: "Correct one of them."
        case .dayBeforeFirst: "Remove it, or set an earlier first."
        case .offOnWeekend: "Remove it from offWeekdays."
        case .makeupOnWeekday: "Remove it from the days worked."
        case .offAndMakeup: "Compare it with the notice and keep one."
        case .listedTwice, .holidaysOverlap: "Keep one of them."
        case .officeHoursMalformed: "Write [[\"09:00\",\"12:00\"],[\"13:30\",\"17:30\"]]."
        case .announcedYearEmpty: "List its days off, or set firmUntil to 28 December of the year before."
        case .makeupInProvisionalYear: "Remove it, and import the notice when it is out."
        case .holidayReversed: "Correct first or last."
        case .dayOutsideYear(_, let year): "Check the year; a notice for \(year) reaches back to 29 December at most."
        case .noHolidays: "List the holidays as the notice has them."
        case .sourceMissing: "Write the notice's title or number as source."
        case .yearSkipped(_, let next): "Import \(next) first."
        case .announcedAlready, .contradicts: "Say why in correction if it is one; else correct the day."
        case .versionTaken: "Use a new version."
        }
    }
}

extension CalendarDocument {
    /// Everything wrong with it, in the order of its keys; empty for one that can be published.
    package var mistakes: [CalendarMistake] {
        var mistakes: [CalendarMistake] = []
        if version.isEmpty { mistakes.append(CalendarMistake("version", .versionMissing)) }
        if firmUntil < first { mistakes.append(CalendarMistake("firmUntil", .firmUntilBeforeFirst)) }
        mistakes += listMistakes("offWeekdays", offWeekdays) { $0.isWeekend ? .offOnWeekend($0) : nil }
        let off = Set(offWeekdays)
        mistakes += listMistakes("makeupWorkdays", makeupWorkdays) { day in
            if off.contains(day) { return .offAndMakeup(day) }
            return day.isWeekend ? nil : .makeupOnWeekday(day)
        }
        if let officeHours, (try? officeHours.check()) == nil {
            mistakes.append(CalendarMistake("officeHours", .officeHoursMalformed))
        }
        return mistakes + yearMistakes
    }

    private func listMistakes(
        _ key: String, _ days: [CivilDay], _ wrong: (CivilDay) -> CalendarMistake.Kind?
    ) -> [CalendarMistake] {
        var seen: Set<CivilDay> = []
        return days.enumerated().compactMap { index, day in
            let place = "\(key)[\(index)]"
            guard day >= first else { return CalendarMistake(place, .dayBeforeFirst(day)) }
            guard seen.insert(day).inserted else { return CalendarMistake(place, .listedTwice(day)) }
            return wrong(day).map { CalendarMistake(place, $0) }
        }
    }

    /// Whether each year is what its mark says: announced with its days, or provisional without make-up days.
    private var yearMistakes: [CalendarMistake] {
        var mistakes: [CalendarMistake] = []
        let listed = Set(offWeekdays.map(\.year))
        // A year begun or ended in its midst may have its holidays outside what is listed.
        let from = first.month == 1 ? first.year : first.year + 1
        let through = firmUntil.month == 12 ? firmUntil.year : firmUntil.year - 1
        if from <= through {
            for year in from...through where !listed.contains(year) {
                mistakes.append(CalendarMistake("firmUntil", .announcedYearEmpty(year)))
            }
        }
        for (index, day) in makeupWorkdays.enumerated() where day.year > firmUntil.year {
            mistakes.append(CalendarMistake("makeupWorkdays[\(index)]", .makeupInProvisionalYear(day)))
        }
        return mistakes
    }
}

extension CalendarDocument {
    /// That it says otherwise about a day than a version announced before, at the key where the day stands.
    package func contradiction(on day: CivilDay, of version: String) -> CalendarMistake {
        let key =
            offWeekdays.firstIndex(of: day).map { "offWeekdays[\($0)]" }
            ?? makeupWorkdays.firstIndex(of: day).map { "makeupWorkdays[\($0)]" } ?? "version"
        return CalendarMistake(key, .contradicts(day, version: version))
    }
}
