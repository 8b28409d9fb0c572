import EventSourcing
import WorkingCalendar

/// What a synthetic county is made of.
package struct CountySettings: Sendable {
    /// The same seed gives the same log, to the last bit.
    package var seed: UInt64
    /// People on the roll, 1 through 2 000 000.
    package var people: Int
    /// Cases opened over the whole time, 0 through 100 000.
    package var cases: Int
    /// Months of work, 1 through 36.
    package var months: Int

    /// The county of the article: 20 000 people, two years.
    package static let people = 20_000
    package static let months = 24

    /// Events a case comes to on average, by which a wished number of events becomes one of cases; measured.
    static let eventsInCase = 40

    /// - Parameters:
    ///   - people: A tenth of the events, at most ``people``, when left out.
    ///   - events: About how many events there shall be; nothing gives three cases in ten people.
    /// - Throws: ``CommandFailure`` naming the option that is out of its range.
    package init(seed: UInt64, people: Int?, months: Int, events: Int?) throws(CommandFailure) {
        self.seed = seed
        self.months = months
        let roll = people ?? min(Self.people, max(20, (events ?? .max) / 10))
        self.people = roll
        cases = events.map { max(0, $0 - roll) / Self.eventsInCase } ?? roll * 3 / 10
        guard (1...36).contains(months) else { throw Self.outside("--months", "1…36") }
        guard (1...2_000_000).contains(self.people) else { throw Self.outside("--people", "1…2000000") }
        guard (0...100_000).contains(cases) else { throw Self.outside("--events", "1…5000000") }
    }

    private static func outside(_ field: String, _ range: String) -> CommandFailure {
        CommandFailure(
            .usage, code: "generate.range", field: field, chinese: "超出范围", english: "out of its range",
            remedy: "可取 / between \(range)")
    }

    /// The first day; a Tuesday, after the rules of the default book have begun.
    static let firstDay = CivilDay("2024-01-02") ?? .earliest

    var lastDay: CivilDay { Self.firstDay.advanced(by: months * 365 / 12) }
}
