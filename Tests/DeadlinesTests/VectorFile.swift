import Deadlines
import EventSourcing
import Foundation
import Testing
import WorkingCalendar

/// The worked examples in `Data/deadline-vectors.json`.
struct VectorFile: Decodable {
    let overlays: [String: Overlay]
    let vectors: [Vector]
    let states: [StateVector]
    let warnings: [WarningVector]
    let recalculations: [RecalculationVector]

    struct Overlay: Decodable {
        let version: String
        let firmUntil: CivilDay?
        let off: [CivilDay]?
        let working: [CivilDay]?

        var overlay: CalendarOverlay {
            CalendarOverlay(version: version, firmUntil: firmUntil, off: off ?? [], working: working ?? [])
        }
    }

    struct Vector: Decodable, Sendable, CustomTestStringConvertible {
        let id: String
        let kind: String
        let n: Int
        let start: Instant
        let received: String?
        let roll: String?
        let cutoff: String?
        let calendar: String?
        let pauses: [[Instant]]?
        let extensions: [Extension]?
        let counted: [String]?
        let expect: Expectation

        var testDescription: String { id }

        var terms: DeadlineTerms? {
            limit(kind, n).map { limit in
                DeadlineTerms(
                    limit: limit, received: received == "next_working_day" ? .nextWorkingDay : .actual,
                    roll: roll == "none" ? .none : .nextWorkingDay,
                    cutoff: cutoff == "close_of_business" ? .closeOfBusiness : .endOfDay)
            }
        }
    }

    struct Extension: Decodable, Sendable {
        let add: Int?
        let setTotal: Int?

        var value: DeadlineExtension? { add.map { .add($0) } ?? setTotal.map { .total($0) } }
    }

    struct Expectation: Decodable, Sendable {
        let dueDate: CivilDay
        let dueAt: Instant
        let dueAtUtc: Instant
        let provisional: Bool
        let calendarVersion: String
    }

    struct StateVector: Decodable, Sendable, CustomTestStringConvertible {
        struct Clock: Decodable, Sendable {
            let kind: String
            let n: Int
            let start: Instant
        }

        struct Expectation: Decodable, Sendable {
            let state: String
            let remaining: Int?
            let overdueBy: Int?
        }

        let id: String
        let clock: Clock
        let warnAtRemaining: Int
        let now: Instant
        let doneAt: Instant?
        let expect: Expectation

        var testDescription: String { id }

        var terms: DeadlineTerms? { limit(clock.kind, clock.n).map { DeadlineTerms(limit: $0) } }
    }

    struct WarningVector: Decodable, Sendable, CustomTestStringConvertible {
        struct Clock: Decodable, Sendable {
            let kind: String
            let n: Int
            let start: Instant
            let pauses: [[Instant]]?
        }

        struct Expectation: Decodable, Sendable {
            let warnAt: Instant
            let notifyAt: Instant
        }

        let id: String
        let clock: Clock
        let warnAtRemaining: Int
        let expect: Expectation

        var testDescription: String { id }
    }

    struct RecalculationVector: Decodable, Sendable, CustomTestStringConvertible {
        struct Expectation: Decodable, Sendable {
            let legalDue: CivilDay
            let effectiveDue: CivilDay
        }

        let id: String
        let oldDue: CivilDay
        let newDue: CivilDay
        let publishedAt: Instant
        let calendar: String
        let expect: Expectation

        var testDescription: String { id }
    }

    static func load() throws -> VectorFile {
        try decoder.decode(VectorFile.self, from: data("deadline-vectors"))
    }

    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }

    static func data(_ name: String) throws -> Data {
        guard let url = Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Data") else {
            throw CocoaError(.fileNoSuchFile)
        }
        return try Data(contentsOf: url)
    }
}

/// The national calendar file, whose years say more than a calendar needs.
struct ChinaFile: Decodable {
    struct Year: Decodable {
        struct Totals: Decodable {
            let days: Int
            let workingDays: Int
        }

        let offWeekdays: [CivilDay]
        let makeupWorkdays: [CivilDay]
        let totals: Totals
    }

    let calendarVersion: String
    let first: CivilDay
    let firmUntil: CivilDay
    let years: [String: Year]

    var document: CalendarDocument {
        CalendarDocument(
            version: calendarVersion, first: first, firmUntil: firmUntil,
            offWeekdays: years.values.flatMap(\.offWeekdays).sorted(),
            makeupWorkdays: years.values.flatMap(\.makeupWorkdays).sorted())
    }

    static func load() throws -> ChinaFile {
        try VectorFile.decoder.decode(ChinaFile.self, from: VectorFile.data("china-workdays"))
    }
}

func limit(_ kind: String, _ n: Int) -> DeadlineLimit? {
    switch kind {
    case "working_days": .workingDays(n)
    case "calendar_days": .calendarDays(n)
    case "hours": .hours(n)
    case "working_hours": .workingHours(n)
    case "months": .months(n)
    default: nil
    }
}
