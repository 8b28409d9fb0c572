/// Working days of one published calendar, ready to count.
///
/// Past the last listed year only weekends are known to be off; every answer after `firmUntil` is provisional (暂定).
package struct WorkingCalendar: Hashable, Sendable {
    /// Version of the calendar, part of every date answer.
    package let version: String
    /// First day the calendar can answer for.
    package let firstKnown: CivilDay
    /// Last day whose answer no later notice is expected to change.
    package let firmUntil: CivilDay
    /// Last day the calendar can answer for: the end of the tenth year after the last listed one.
    package let lastKnown: CivilDay
    /// When offices work on a working day.
    package let officeHours: OfficeHours

    /// Day numbers of all working days from `firstKnown` through `lastKnown`, ascending.
    private let numbers: [Int32]
    /// How many of them there are through each day from `firstKnown` on: a look-up instead of a search.
    private let counts: [Int32]

    /// Builds the calendar.
    ///
    /// - Throws: ``CalendarError`` naming the first day that contradicts the document's own rules.
    /// - Complexity: O(*n*) in the days from `first` on, about 12 000 for the national calendar.
    package init(_ document: CalendarDocument) throws(CalendarError) {
        guard !document.version.isEmpty else { throw .versionMissing }
        guard document.firmUntil >= document.first else { throw .firmUntilBeforeFirst }
        try document.officeHours?.check()
        let off = try Self.checked(document.offWeekdays, since: document.first)
        let makeup = try Self.checked(document.makeupWorkdays, since: document.first)
        if let day = off.first(where: \.isWeekend) { throw .offDayOnWeekend(day) }
        if let day = makeup.first(where: { !$0.isWeekend }) { throw .makeupDayOnWeekday(day) }

        let lastListed = max(document.firmUntil, off.max() ?? document.first, makeup.max() ?? document.first)
        let last = CivilDay(year: min(lastListed.year + 10, 9999), month: 12, day: 31) ?? .latest
        version = document.version
        firstKnown = document.first
        firmUntil = document.firmUntil
        lastKnown = last
        officeHours = document.officeHours ?? .standard
        var numbers: [Int32] = []
        var counts: [Int32] = []
        counts.reserveCapacity(last.number - document.first.number + 1)
        for number in document.first.number...last.number {
            let day = CivilDay(number: number)
            if day.isWeekend ? makeup.contains(day) : !off.contains(day) { numbers.append(Int32(number)) }
            counts.append(Int32(numbers.count))
        }
        self.numbers = numbers
        self.counts = counts
    }

    private static func checked(
        _ days: [CivilDay], since first: CivilDay
    ) throws(CalendarError) -> Set<CivilDay> {
        var seen: Set<CivilDay> = []
        for day in days {
            guard day >= first else { throw .dayBeforeFirst(day) }
            guard seen.insert(day).inserted else { throw .dayListedTwice(day) }
        }
        return seen
    }

    /// Whether people work on this day; `false` outside the days the calendar knows.
    package func isWorkingDay(_ day: CivilDay) -> Bool {
        let index = countThrough(day)
        return index > 0 && numbers[index - 1] == day.number
    }

    /// Number of working days after `start` through `end`; 0 when `end` is not after `start`.
    ///
    /// - Complexity: O(1), two look-ups.
    package func workingDays(after start: CivilDay, through end: CivilDay) -> Int {
        max(0, countThrough(end) - countThrough(start))
    }

    /// The working days after `start` through `end`, ascending.
    package func listOfWorkingDays(after start: CivilDay, through end: CivilDay) -> [CivilDay] {
        let from = countThrough(start)
        return numbers[from..<max(from, countThrough(end))].map { CivilDay(number: Int($0)) }
    }

    /// The Mondays to Fridays off from `first` through `last`, ascending.
    package func offWeekdays(from first: CivilDay, through last: CivilDay) -> [CivilDay] {
        days(from: first, through: last).filter { !$0.isWeekend && !isWorkingDay($0) }
    }

    /// The Saturdays and Sundays worked from `first` through `last`, ascending.
    package func makeupWorkdays(from first: CivilDay, through last: CivilDay) -> [CivilDay] {
        days(from: first, through: last).filter { $0.isWeekend && isWorkingDay($0) }
    }

    private func days(from first: CivilDay, through last: CivilDay) -> [CivilDay] {
        first > last ? [] : (first.number...last.number).map(CivilDay.init(number:))
    }

    /// The first working day from `day` on, which may be `day` itself.
    package func firstWorkingDay(from day: CivilDay) throws(CalendarError) -> CivilDay {
        try workingDay(1, after: day.previous, startingFrom: day)
    }

    /// The last working day up to and including `day`; nothing when the calendar knows none.
    package func lastWorkingDay(through day: CivilDay) -> CivilDay? {
        let count = countThrough(day)
        return count > 0 ? CivilDay(number: Int(numbers[count - 1])) : nil
    }

    /// The *n*-th working day counted back from `day`, which is the first where it is worked; n from 1.
    ///
    /// - Returns: Nothing when the calendar knows fewer.
    package func workingDay(_ n: Int, backFrom day: CivilDay) -> CivilDay? {
        let index = countThrough(day) - n
        return numbers.indices.contains(index) ? CivilDay(number: Int(numbers[index])) : nil
    }

    /// The first working day after `day`.
    package func nextWorkingDay(after day: CivilDay) throws(CalendarError) -> CivilDay {
        try workingDay(1, after: day, startingFrom: day)
    }

    /// The *n*-th working day after `start`; for 0 the first one from `start` on.
    ///
    /// - Parameter n: 0 or more.
    /// - Throws: ``CalendarError`` when `start` or the answer lies outside the days the calendar knows.
    /// - Complexity: O(1), one look-up and one index.
    package func workingDay(_ n: Int, after start: CivilDay) throws(CalendarError) -> CivilDay {
        n == 0 ? try firstWorkingDay(from: start) : try workingDay(n, after: start, startingFrom: start)
    }

    private func workingDay(
        _ n: Int, after start: CivilDay, startingFrom asked: CivilDay
    ) throws(CalendarError) -> CivilDay {
        guard n >= 0 else { throw .limitOutOfRange(allowed: 0...numbers.count) }
        guard asked >= firstKnown else { throw .startsTooEarly(firstKnown: firstKnown) }
        let (index, overflow) = (countThrough(start) - 1).addingReportingOverflow(n)
        guard !overflow, index < numbers.count else { throw .endsTooLate(lastKnown: lastKnown) }
        return CivilDay(number: Int(numbers[index]))
    }

    /// The last day on which a limit in working days is still kept.
    ///
    /// The day of the act that starts the limit is day 0 and is not counted (Civil Code art. 201).
    ///
    /// - Parameters:
    ///   - start: Civil day of that act at UTC+8.
    ///   - allowance: Length in working days, 0 or more.
    /// - Returns: A working day after `start` (for 0: the first one from `start` on), provisional past `firmUntil`.
    /// - Throws: ``CalendarError`` when `start` or the answer lies outside the days the calendar knows.
    package func due(after start: CivilDay, workingDays allowance: Int) throws(CalendarError) -> DueDay {
        let day = try workingDay(allowance, after: start)
        return DueDay(day: day, isProvisional: isProvisional(day))
    }

    /// Whether an answer that depends on this day may still change with a later notice.
    package func isProvisional(_ day: CivilDay) -> Bool { day > firmUntil }

    /// How many working days there are up to and including `day`.
    private func countThrough(_ day: CivilDay) -> Int {
        let index = day.number - firstKnown.number
        guard index >= 0 else { return 0 }
        return index < counts.count ? Int(counts[index]) : numbers.count
    }
}

/// A due date, and whether the calendar behind it is final.
package struct DueDay: Hashable, Codable, Sendable {
    package let day: CivilDay
    /// Whether the day lies past the published calendar and must be shown with 暂定.
    package let isProvisional: Bool

    package init(day: CivilDay, isProvisional: Bool) {
        self.day = day
        self.isProvisional = isProvisional
    }
}
