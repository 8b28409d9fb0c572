/// The hours in which offices work on a working day, in China Standard Time; the same on every working day.
///
/// Written as `[["09:00","12:00"],["13:30","17:30"]]`: one to six windows, ascending, without overlap.
package struct OfficeHours: Hashable, Sendable {
    /// One stretch of work, in minutes after midnight; the end is the first minute that no longer belongs to it.
    package struct Window: Hashable, Sendable {
        package let opens: Int
        package let closes: Int

        package init(opens: Int, closes: Int) {
            self.opens = opens
            self.closes = closes
        }
    }

    package let windows: [Window]

    /// 09:00–12:00 and 13:30–17:30, where a calendar says nothing else (`reference/deadlines.md` §5.9).
    package static let standard = Self(unchecked: [Window(opens: 540, closes: 720), Window(opens: 810, closes: 1050)])

    /// Takes the windows of a working day.
    ///
    /// - Throws: ``CalendarError/officeHoursMalformed`` unless they are one to six, in order, within one day.
    package init(windows: [Window]) throws(CalendarError) {
        self.init(unchecked: windows)
        try check()
    }

    /// Finds what a reader of the written form cannot see: windows out of order or overlapping.
    ///
    /// - Throws: ``CalendarError/officeHoursMalformed``.
    func check() throws(CalendarError) {
        var end = -1
        for window in windows {
            guard window.opens > end, window.closes > window.opens, window.closes <= 1440 else {
                throw .officeHoursMalformed
            }
            end = window.closes
        }
        guard (1...6).contains(windows.count) else { throw .officeHoursMalformed }
    }

    private init(unchecked windows: [Window]) {
        self.windows = windows
    }

    /// When a working day opens, in milliseconds after midnight.
    package var opening: Int64 { Int64(windows.first?.opens ?? 0) * 60_000 }
    /// When it closes, in milliseconds after midnight.
    package var closing: Int64 { Int64(windows.last?.closes ?? 1440) * 60_000 }
    /// Work of one whole day in milliseconds.
    package var length: Int64 { windows.reduce(0) { $0 + Int64($1.closes - $1.opens) } * 60_000 }

    /// Where so much work beginning at a time of day ends on that day.
    ///
    /// - Parameters:
    ///   - work: Milliseconds of work, 0 or more.
    ///   - time: Milliseconds after midnight; between windows the work begins with the next one.
    /// - Returns: The time of day at which it is done, or what is left over when the day closes before.
    func end(of work: Int64, from time: Int64) -> (time: Int64?, left: Int64) {
        var left = work
        for window in windows {
            let begin = max(time, Int64(window.opens) * 60_000)
            let close = Int64(window.closes) * 60_000
            guard begin < close else { continue }
            if left <= close - begin { return (begin + left, 0) }
            left -= close - begin
        }
        return (nil, left)
    }
}

extension OfficeHours: Codable {
    /// Reads one to six pairs of `HH:MM`; whether they are in order is found when a calendar is built with them.
    package init(from decoder: any Decoder) throws {
        let pairs = try decoder.singleValueContainer().decode([[String]].self)
        let windows = pairs.compactMap { pair -> Window? in
            guard pair.count == 2, let opens = Self.minutes(pair[0]), let closes = Self.minutes(pair[1]) else {
                return nil
            }
            return Window(opens: opens, closes: closes)
        }
        guard windows.count == pairs.count, (1...6).contains(windows.count) else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "must be one to six pairs of HH:MM, such as [[\"09:00\",\"12:00\"]]"))
        }
        self.init(unchecked: windows)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(windows.map { [Self.text($0.opens), Self.text($0.closes)] })
    }

    /// Minutes of `HH:MM`, 00:00 through 24:00.
    private static func minutes(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy { ("0"..."9").contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), minutes < 60, hours * 60 + minutes <= 1440
        else { return nil }
        return hours * 60 + minutes
    }

    private static func text(_ minutes: Int) -> String {
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(padded(minutes / 60)):\(padded(minutes % 60))"
    }
}

extension WorkingCalendar {
    /// Whether offices are open at an instant, in milliseconds since 1970-01-01T00:00:00Z.
    package func isOfficeTime(_ instant: Int64) -> Bool {
        let day = CivilDay(containing: instant)
        let minute = (instant - day.startMilliseconds) / 60_000
        return isWorkingDay(day)
            && officeHours.windows.contains { Int64($0.opens) <= minute && minute < Int64($0.closes) }
    }

    /// The instant at which so many hours of office time have passed.
    ///
    /// - Parameters:
    ///   - hours: Whole hours of office time, 0 or more; 0 is the next moment an office is open.
    ///   - start: Milliseconds since 1970-01-01T00:00:00Z.
    /// - Returns: The same unit; at the close of a day the close itself, not the next opening.
    /// - Throws: ``CalendarError`` when start or end lies outside the days the calendar knows.
    package func milliseconds(afterOfficeHours hours: Int, from start: Int64) throws(CalendarError) -> Int64 {
        let day = CivilDay(containing: start)
        guard day >= firstKnown else { throw .startsTooEarly(firstKnown: firstKnown) }
        var left = Int64(hours) * 3_600_000
        if isWorkingDay(day) {
            let today = officeHours.end(of: left, from: start - day.startMilliseconds)
            if let time = today.time { return day.startMilliseconds + time }
            left = today.left
        }
        // Whole days but the last are skipped at once; what is left then ends on the day after them.
        let whole = left == 0 ? 0 : (left - 1) / officeHours.length
        let last = try workingDay(Int(whole) + 1, after: day)
        let rest = officeHours.end(of: left - whole * officeHours.length, from: 0)
        return last.startMilliseconds + (rest.time ?? officeHours.closing)
    }
}
