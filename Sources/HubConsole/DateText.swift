import EventSourcing
import WorkingCalendar

/// A date or time for a page: what people read, always in China Standard Time, and what machines read.
struct DateText: Hashable, Sendable {
    let text: String
    let machine: String

    /// A point in time, `2023年8月15日 09:30` or `15 Aug 2023, 09:30`.
    init(_ instant: Instant, in language: Language) {
        let day = CivilDay(containing: instant.milliseconds)
        let minutes = (instant.milliseconds - day.startMilliseconds) / 60_000
        let time = "\(Self.twoDigits(minutes / 60)):\(Self.twoDigits(minutes % 60))"
        machine = instant.description
        switch language {
        case .chinese: text = "\(Self.date(day, in: language)) \(time)"
        case .english: text = "\(Self.date(day, in: language)), \(time)"
        }
    }

    /// A day with its weekday, `2023年8月15日(周二)` or `Tue 15 Aug 2023`.
    init(_ day: CivilDay, in language: Language) {
        machine = day.description
        let weekday = Self.weekdays[day.weekday - 1]
        switch language {
        case .chinese: text = "\(Self.date(day, in: language))(周\(weekday.chinese))"
        case .english: text = "\(weekday.english) \(Self.date(day, in: language))"
        }
    }

    /// For a template.
    var fields: Fields { ["text": text, "machine": machine] }

    private static func date(_ day: CivilDay, in language: Language) -> String {
        switch language {
        case .chinese: "\(day.year)年\(day.month)月\(day.day)日"
        case .english: "\(day.day) \(months[day.month - 1]) \(day.year)"
        }
    }

    private static func twoDigits(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : String(number)
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let weekdays: [(chinese: String, english: String)] = [
        ("一", "Mon"), ("二", "Tue"), ("三", "Wed"), ("四", "Thu"), ("五", "Fri"), ("六", "Sat"), ("日", "Sun"),
    ]
}
