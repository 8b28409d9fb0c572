/// One year's arrangement as the State Council's office announces it: each holiday with the days worked for it.
///
/// Written in a file under `announcement`; ``applied(to:)`` makes the next calendar of it.
package struct CalendarAnnouncement: Codable, Hashable, Sendable {
    /// One holiday and the weekend days worked for it.
    package struct Holiday: Codable, Hashable, Sendable {
        /// As the notice has it, 春节.
        package let name: String
        package let first: CivilDay
        /// The last day off; `first` where there is one day.
        package let last: CivilDay
        /// Saturdays and Sundays worked (调休).
        package let work: [CivilDay]?

        package init(name: String, first: CivilDay, last: CivilDay, work: [CivilDay]? = nil) {
            self.name = name
            self.first = first
            self.last = last
            self.work = work
        }

        /// Its days off, weekends among them.
        var days: [CivilDay] { first > last ? [] : (first.number...last.number).map(CivilDay.init(number:)) }
    }

    package let year: Int
    /// Name of the calendar it becomes, `CN-2027.1`.
    package let version: String
    /// The day on which the notice is dated.
    package let announcedOn: CivilDay
    /// Its title or number.
    package let source: String
    package let holidays: [Holiday]
    /// Why it puts an announced year right; nothing for a year that is new.
    package let correction: String?

    package init(
        year: Int, version: String, announcedOn: CivilDay, source: String, holidays: [Holiday],
        correction: String? = nil
    ) {
        self.year = year
        self.version = version
        self.announcedOn = announcedOn
        self.source = source
        self.holidays = holidays
        self.correction = correction
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        year = try container.decode(Int.self, forKey: .year)
        guard Self.years.contains(year) else {
            throw DecodingError.dataCorruptedError(
                forKey: .year, in: container,
                debugDescription: "must be from \(Self.years.lowerBound) to \(Self.years.upperBound)")
        }
        version = try container.decode(String.self, forKey: .version)
        announcedOn = try container.decode(CivilDay.self, forKey: .announcedOn)
        source = try container.decode(String.self, forKey: .source)
        holidays = try container.decode([Holiday].self, forKey: .holidays)
        correction = try container.decodeIfPresent(String.self, forKey: .correction)
    }

    private enum CodingKeys: CodingKey {
        case year, version, announcedOn, source, holidays, correction
    }

    /// The arrangements there have been, and as many as anyone will need.
    private static let years = 1999...2199

    /// The calendar that follows from it.
    ///
    /// All of a new year comes from the notice, and so do the last days of the year before, of which no calendar is
    /// sure; a correction replaces its year. Years after it stay provisional.
    package func applied(to base: CalendarDocument) -> CalendarDocument {
        let isNew = year > base.firmUntil.year
        let from = isNew ? base.firmUntil.next : Self.newYear(year)
        let through = year < base.firmUntil.year ? Self.lastSureDay(of: year) : Self.newYear(year + 1).previous
        func isKept(_ day: CivilDay) -> Bool { from > through || !(from...through).contains(day) }
        let off = Set(holidays.flatMap(\.days))
        let worked = Set(holidays.flatMap { $0.work ?? [] })
        let offWeekdays = Set(base.offWeekdays.filter(isKept)).subtracting(worked)
            .union(off.filter { !$0.isWeekend })
        let makeupWorkdays = Set(base.makeupWorkdays.filter(isKept)).subtracting(off).union(worked)
        return CalendarDocument(
            version: version, first: base.first, firmUntil: max(base.firmUntil, Self.lastSureDay(of: year)),
            offWeekdays: offWeekdays.sorted(), makeupWorkdays: makeupWorkdays.sorted(),
            officeHours: base.officeHours,
            notice: CalendarNotice(source: source, announcedOn: announcedOn, correction: correction))
    }

    /// Everything wrong with it, in the order of its keys.
    ///
    /// - Parameter base: The calendar in force; without one only the notice itself is looked at.
    package func mistakes(after base: CalendarDocument?) -> [CalendarMistake] {
        var mistakes: [CalendarMistake] = []
        if version.isEmpty { mistakes.append(CalendarMistake("version", .versionMissing)) }
        if !source.contains(where: { !$0.isWhitespace }) { mistakes.append(CalendarMistake("source", .sourceMissing)) }
        if let base {
            let next = base.firmUntil.year + 1
            if year > next {
                mistakes.append(CalendarMistake("year", .yearSkipped(year, next: next)))
            } else if year < next, !(notice.isCorrection) {
                mistakes.append(CalendarMistake("year", .announcedAlready(year)))
            }
        }
        if holidays.isEmpty { mistakes.append(CalendarMistake("holidays", .noHolidays(year))) }
        mistakes += dayMistakes
        guard mistakes.isEmpty, let base, !notice.isCorrection else { return mistakes }
        return applied(to: base).firstContradiction(of: base).map { day in
            [CalendarMistake(key(of: day), .contradicts(day, version: base.version))]
        } ?? []
    }

    private var notice: CalendarNotice { CalendarNotice(source: source, correction: correction) }

    private var dayMistakes: [CalendarMistake] {
        var mistakes: [CalendarMistake] = []
        let off = Set(holidays.flatMap(\.days))
        var seenOff: Set<CivilDay> = []
        var seenWorked: Set<CivilDay> = []
        for (index, holiday) in holidays.enumerated() {
            let key = "holidays[\(index)]"
            if holiday.last < holiday.first {
                mistakes.append(CalendarMistake("\(key).last", .holidayReversed(holiday.name)))
            }
            for day in [holiday.first, holiday.last] where !speaks(of: day) {
                mistakes.append(
                    CalendarMistake("\(key).\(day == holiday.first ? "first" : "last")", .dayOutsideYear(day, year)))
            }
            // A range that ends in another century is one mistake, told above, not a thousand.
            for day in holiday.days.prefix(40) where !seenOff.insert(day).inserted {
                mistakes.append(CalendarMistake("\(key).first", .holidaysOverlap(day)))
            }
            for (place, day) in (holiday.work ?? []).enumerated() {
                let key = "\(key).work[\(place)]"
                if !speaks(of: day) {
                    mistakes.append(CalendarMistake(key, .dayOutsideYear(day, year)))
                } else if off.contains(day) {
                    mistakes.append(CalendarMistake(key, .offAndMakeup(day)))
                } else if !day.isWeekend {
                    mistakes.append(CalendarMistake(key, .makeupOnWeekday(day)))
                } else if !seenWorked.insert(day).inserted {
                    mistakes.append(CalendarMistake(key, .listedTwice(day)))
                }
            }
        }
        return mistakes
    }

    /// A notice speaks of its year and can change the last days of the year before (five have since 2004).
    private func speaks(of day: CivilDay) -> Bool {
        day > Self.lastSureDay(of: year - 1) && day < Self.newYear(year + 1)
    }

    private func key(of day: CivilDay) -> String {
        let index = holidays.firstIndex { $0.days.contains(day) || ($0.work ?? []).contains(day) }
        return index.map { "holidays[\($0)]" } ?? "year"
    }

    /// 28 December: the earliest day a later notice has changed since 2004 is the 29th.
    private static func lastSureDay(of year: Int) -> CivilDay {
        CivilDay(year: year, month: 12, day: 28) ?? .latest
    }

    private static func newYear(_ year: Int) -> CivilDay {
        CivilDay(year: year, month: 1, day: 1) ?? .latest
    }
}
