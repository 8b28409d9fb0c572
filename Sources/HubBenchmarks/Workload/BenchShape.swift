/// What the measured log looks like; printed with every result, so that two results can be told to be of one kind.
package struct BenchShape: Codable, Hashable, Sendable {
    /// Events in the log before anything is measured.
    package var events: Int
    /// Everything drawn follows from it.
    package var seed: UInt64
    /// Cases worked on at the same time; a case that is over is followed by a new one.
    package var activeCases: Int
    /// Events a case gets on average before it is over.
    package var eventsInCase: Int
    package var persons: Int
    package var departments: Int
    package var towns: Int
    /// Of a hundred events, how many go to a second department; 50 makes 1.5 feed entries an event.
    package var secondDepartmentPercent: Int

    /// The shape the speed table is about, with another size of the log or another seed where asked.
    package init(events: Int = BenchShape.standardEvents, seed: UInt64) {
        self.events = events
        self.seed = seed
        activeCases = 2000
        eventsInCase = 100
        persons = 20_000
        departments = 51
        towns = 12
        secondDepartmentPercent = 50
    }

    /// The size of the log the speed table names.
    package static let standardEvents = 1_000_000

    /// Whether figures of this shape may be held against the table.
    package var isStandard: Bool { events >= Self.standardEvents }
}
