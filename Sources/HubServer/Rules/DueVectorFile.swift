import Deadlines
import EventSourcing
import FoundationEssentials
import WorkingCalendar

/// A file of worked examples: due dates, states, warnings and moved dates, each with what it must come out as.
///
/// The form is that of `Tests/DeadlinesTests/Data/deadline-vectors.json`; unknown keys are notes.
struct DueVectorFile: Decodable {
    let overlays: [String: Overlay]?
    let vectors: [Vector]
    let states: [State]?
    let warnings: [Warning]?
    let recalculations: [Recalculation]?

    struct Overlay: Decodable {
        let version: String
        let firmUntil: CivilDay?
        let off: [CivilDay]?
        let working: [CivilDay]?

        var overlay: CalendarOverlay {
            CalendarOverlay(version: version, firmUntil: firmUntil, off: off ?? [], working: working ?? [])
        }
    }

    /// What runs: a unit, a number, a start.
    struct Clock: Decodable {
        enum Unit: String, Decodable {
            case workingDays = "working_days"
            case calendarDays = "calendar_days"
            case workingHours = "working_hours"
            case hours, months
        }

        let kind: Unit
        let n: Int
        let start: Instant
        let pauses: [[Instant]]?

        var limit: DeadlineLimit {
            switch kind {
            case .workingDays: .workingDays(n)
            case .calendarDays: .calendarDays(n)
            case .workingHours: .workingHours(n)
            case .hours: .hours(n)
            case .months: .months(n)
            }
        }

        var stretches: [DeadlinePause] {
            (pauses ?? []).compactMap { ends in
                ends.first.map { DeadlinePause(from: $0, to: ends.count > 1 ? ends[1] : nil) }
            }
        }
    }

    struct Vector: Decodable {
        enum Received: String, Decodable {
            case actual
            case nextWorkingDay = "next_working_day"
        }

        enum Roll: String, Decodable {
            case none
            case nextWorkingDay = "next_working_day"
        }

        enum Cutoff: String, Decodable {
            case endOfDay = "end_of_day"
            case closeOfBusiness = "close_of_business"
        }

        struct Extension: Decodable {
            let add: Int?
            let setTotal: Int?

            var value: DeadlineExtension? { add.map { .add($0) } ?? setTotal.map { .total($0) } }
        }

        struct Expectation: Decodable {
            let dueDate: CivilDay
            let dueAt: Instant?
            let provisional: Bool?
            let calendarVersion: String?
        }

        let id: String
        let clock: Clock
        let received: Received?
        let roll: Roll?
        let cutoff: Cutoff?
        let calendar: String?
        let extensions: [Extension]?
        /// `MM-DD` of every day that counts.
        let counted: [String]?
        let expect: Expectation

        var terms: DeadlineTerms {
            DeadlineTerms(
                limit: clock.limit, received: received == .nextWorkingDay ? .nextWorkingDay : .actual,
                roll: roll == Roll.none ? .none : .nextWorkingDay,
                cutoff: cutoff == .closeOfBusiness ? .closeOfBusiness : .endOfDay)
        }

        private enum CodingKeys: CodingKey {
            case id, received, roll, cutoff, calendar, extensions, counted, expect
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            id = try container.decode(String.self, forKey: .id)
            // A vector's own `clock` is a name; its unit, number and start stand beside it.
            clock = try Clock(from: decoder)
            received = try container.decodeIfPresent(Received.self, forKey: .received)
            roll = try container.decodeIfPresent(Roll.self, forKey: .roll)
            cutoff = try container.decodeIfPresent(Cutoff.self, forKey: .cutoff)
            calendar = try container.decodeIfPresent(String.self, forKey: .calendar)
            extensions = try container.decodeIfPresent([Extension].self, forKey: .extensions)
            counted = try container.decodeIfPresent([String].self, forKey: .counted)
            expect = try container.decode(Expectation.self, forKey: .expect)
        }
    }

    struct State: Decodable {
        struct Expectation: Decodable {
            let state: String
            let remaining: Int?
            let overdueBy: Int?
        }

        let id: String
        let clock: Clock
        let warnAtRemaining: Int?
        let now: Instant
        let doneAt: Instant?
        let expect: Expectation
    }

    struct Warning: Decodable {
        struct Expectation: Decodable {
            let warnAt: Instant
            let notifyAt: Instant
        }

        let id: String
        let clock: Clock
        let warnAtRemaining: Int?
        let expect: Expectation
    }

    struct Recalculation: Decodable {
        struct Expectation: Decodable {
            let legalDue: CivilDay
            let effectiveDue: CivilDay
        }

        let id: String
        let oldDue: CivilDay
        let newDue: CivilDay
        let publishedAt: Instant
        let calendar: String
        let expect: Expectation
    }

    /// Reads the file.
    ///
    /// - Throws: ``CommandFailure`` `badInput` when it is missing or not of this form.
    init(path: String) throws(CommandFailure) {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            self = try decoder.decode(Self.self, from: Data(contentsOf: URL(filePath: path)))
        } catch {
            throw CommandFailure(
                .badInput, code: "due.vectorFile", field: path, chinese: "读不出示例文件",
                english: "the file of worked examples cannot be read: \(error)",
                remedy: """
                    须有 vectors，各含 id、kind、n、start、expect.due_date / it needs vectors, each with id, kind, n, \
                    start and expect.due_date
                    """)
        }
    }
}
