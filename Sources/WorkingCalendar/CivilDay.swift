/// A day of the civil calendar in China Standard Time (UTC+8, no daylight saving).
///
/// Days run from 0000-01-01 through 9999-12-31; arithmetic stops at either end instead of leaving the range.
package struct CivilDay: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01, negative before it.
    package let number: Int

    package static let earliest = Self(number: -719_528)
    package static let latest = Self(number: 2_932_896)

    private static let millisecondsPerDay: Int64 = 86_400_000
    private static let offsetInMilliseconds: Int64 = 28_800_000

    /// The day that many days after 1970-01-01, kept inside the range.
    package init(number: Int) {
        self.number = min(max(number, -719_528), 2_932_896)
    }

    /// The day on which an instant falls at UTC+8, whatever zone the machine is set to.
    ///
    /// - Parameter milliseconds: Milliseconds since 1970-01-01T00:00:00Z, as `Instant.milliseconds`.
    package init(containing milliseconds: Int64) {
        var day = milliseconds / Self.millisecondsPerDay
        var rest = milliseconds % Self.millisecondsPerDay
        if rest < 0 {
            day -= 1
            rest += Self.millisecondsPerDay
        }
        // Adding the offset to the remainder, not to the whole, cannot overflow.
        if rest + Self.offsetInMilliseconds >= Self.millisecondsPerDay { day += 1 }
        self.init(number: Int(day))
    }

    /// The day of these numbers; nothing when the date does not exist.
    package init?(year: Int, month: Int, day: Int) {
        guard (0...9999).contains(year), (1...12).contains(month), day >= 1,
            day <= Self.length(ofMonth: month, inYear: year)
        else { return nil }
        number = Self.daysBefore(year: year) + Self.daysBefore(month: month, inYear: year) + day - 1 - 719_528
    }

    /// Midnight at which the day begins at UTC+8, in milliseconds since 1970-01-01T00:00:00Z.
    package var startMilliseconds: Int64 {
        Int64(number) * Self.millisecondsPerDay - Self.offsetInMilliseconds
    }

    /// Midnight at which the day ends; the first instant of the next day.
    package var endMilliseconds: Int64 { startMilliseconds + Self.millisecondsPerDay }

    package var next: Self { Self(number: number + 1) }
    package var previous: Self { Self(number: number - 1) }

    /// The day that many days later, or earlier when negative.
    package func advanced(by days: Int) -> Self {
        let (sum, overflow) = number.addingReportingOverflow(days)
        return overflow ? (days < 0 ? .earliest : .latest) : Self(number: sum)
    }

    /// Day of the week from Monday = 1 through Sunday = 7.
    package var weekday: Int {
        // 1970-01-01 was a Thursday; the shift keeps the dividend positive.
        (number + 719_528 + 5) % 7 + 1
    }

    /// Whether the day is a Saturday or Sunday, the weekly rest days of state organs.
    package var isWeekend: Bool { weekday >= 6 }

    /// The same day of the month so many months later, or the last of that month where it has no such day.
    package func advanced(byMonths months: Int) -> Self {
        let (year, month, day) = parts
        let count = year * 12 + month - 1 + months
        guard let first = Self(year: count / 12, month: count % 12 + 1, day: 1) else {
            return months < 0 ? .earliest : .latest
        }
        return first.advanced(by: min(day, Self.length(ofMonth: count % 12 + 1, inYear: count / 12)) - 1)
    }

    package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension CivilDay {
    package var year: Int { parts.year }
    package var month: Int { parts.month }
    package var day: Int { parts.day }

    private var parts: (year: Int, month: Int, day: Int) {
        let count = number + 719_528
        // 400 years have 146 097 days: the guess is at most one year off either way.
        var year = count * 400 / 146_097
        if Self.daysBefore(year: year) > count { year -= 1 }
        if Self.daysBefore(year: year + 1) <= count { year += 1 }
        let dayOfYear = count - Self.daysBefore(year: year)
        var month = 12
        while Self.daysBefore(month: month, inYear: year) > dayOfYear { month -= 1 }
        return (year, month, dayOfYear - Self.daysBefore(month: month, inYear: year) + 1)
    }

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// Days from 0000-01-01 to 1 January of `year`; year 0 is a leap year.
    private static func daysBefore(year: Int) -> Int {
        guard year > 0 else { return 0 }
        let last = year - 1
        return year * 365 + last / 4 - last / 100 + last / 400 + 1
    }

    private static func daysBefore(month: Int, inYear year: Int) -> Int {
        let days = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334][month - 1]
        return month > 2 && isLeap(year) ? days + 1 : days
    }

    private static func length(ofMonth month: Int, inYear year: Int) -> Int {
        month == 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].contains(month) ? 30 : 31
    }
}

extension CivilDay: LosslessStringConvertible {
    /// What a valid text looks like, for the sentence a caller gets when theirs is not.
    package static var textForm: String { "a date that exists, written such as 2023-08-15" }

    /// Reads exactly `YYYY-MM-DD`; refuses dates that do not exist.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
            let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
            let day = Self.number(bytes[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Always `YYYY-MM-DD`.
    package var description: String {
        let (year, month, day) = parts
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var value = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            value = value * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}

extension CivilDay: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Self(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be \(Self.textForm)")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
