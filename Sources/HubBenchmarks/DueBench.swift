import Deadlines
import EventSourcing
import FoundationEssentials
package import WorkingCalendar

/// `onedoor bench due`: what one evaluation of a deadline costs, against the 2 µs of the engine.
package struct DueBench: Sendable {
    /// One figure.
    package struct Figure: Codable, Hashable, Sendable {
        package let name: String
        /// Of the fastest round, the least disturbed by other work.
        package let nanosecondsAnEvaluation: Int
        /// At most so many; nothing where none is asked.
        package let floor: Int?
        package let isMet: Bool
    }

    /// All figures, and the seed that makes the same questions again.
    package struct Report: Codable, Hashable, Sendable {
        package let bench: String
        package let seed: UInt64
        package let figures: [Figure]

        /// For people, a line a figure.
        package var lines: [String] {
            figures.map { figure in
                let floor = figure.floor.map { " ≤ \($0) \(figure.isMet ? "✓" : "✗")" } ?? ""
                return "\(figure.name): \(figure.nanosecondsAnEvaluation) ns\(floor)"
            } + ["seed \(seed)"]
        }
    }

    private struct Question {
        let terms: DeadlineTerms
        let start: Instant
        let pauses: [DeadlinePause]
        let extensions: [DeadlineExtension]
    }

    private let calendar: WorkingCalendar
    private let seed: UInt64
    /// Rounds over 4 096 questions; the fastest counts.
    private static let rounds = 25
    /// Issue 5, deliverable 2: an evaluation takes 2 µs at most.
    private static let floor = 2000

    package init(calendar: WorkingCalendar, seed: UInt64) {
        self.calendar = calendar
        self.seed = seed
    }

    /// Measures every kind of question.
    package func run() -> Report {
        var chance = QuestionSource(state: seed | 1)
        let kinds: [(String, Int, Bool, Int)] = [
            ("工作日,无暂停 working days, no pause", 0, false, 1), ("工作日,一次暂停 working days, one pause", 1, false, 1),
            ("工作日,两次暂停 working days, two pauses", 2, false, 1), ("各种单位 every unit, one pause", 1, true, 1),
            ("两部日历 every unit, two calendars", 1, true, 2),
        ]
        var figures: [Figure] = []
        for (name, pauses, isMixed, calendars) in kinds {
            let questions = (0..<4096).map { _ in Self.question(&chance, pauses: pauses, isMixed: isMixed) }
            figures.append(figure(name, questions, calendars: calendars))
        }
        return Report(bench: "due", seed: seed, figures: figures)
    }

    private func figure(_ name: String, _ questions: [Question], calendars: Int) -> Figure {
        let published = (0..<calendars).map { index in
            PublishedCalendar(calendar, publishedAt: index == 0 ? nil : questions.first?.start)
        }
        let clock = ContinuousClock()
        var best = Duration.seconds(3600)
        var days = 0
        for _ in 0..<Self.rounds {
            let begin = clock.now
            for question in questions {
                let due = try? DeadlineEvaluation.evaluate(
                    terms: question.terms, start: question.start, pauses: question.pauses,
                    extensions: question.extensions, under: published)
                days &+= due?.dueDay?.number ?? 0
            }
            best = min(best, clock.now - begin)
        }
        // What is not looked at could be left out by the optimizer.
        precondition(days != 0, "every question has an answer")
        let parts = best.components
        let nanoseconds = Int(parts.seconds) * 1_000_000_000 + Int(parts.attoseconds / 1_000_000_000)
        let each = nanoseconds / max(questions.count, 1)
        return Figure(
            name: name, nanosecondsAnEvaluation: each, floor: calendars == 1 ? Self.floor : nil,
            isMet: calendars > 1 || each <= Self.floor)
    }

    private static func question(_ chance: inout QuestionSource, pauses: Int, isMixed: Bool) -> Question {
        let day = CivilDay(year: 2020, month: 1, day: 1) ?? .earliest
        let start = Instant(
            milliseconds: day.advanced(by: chance.below(2000)).startMilliseconds + Int64(chance.below(86_400_000)))
        let limit: DeadlineLimit
        switch isMixed ? chance.below(5) : 0 {
        case 0: limit = .workingDays(1 + chance.below(30))
        case 1: limit = .calendarDays(1 + chance.below(60))
        case 2: limit = .hours(1 + chance.below(72))
        case 3: limit = .workingHours(1 + chance.below(40))
        default: limit = .months(1 + chance.below(12))
        }
        let pauses = (0..<pauses).map { _ in
            let from = start.advanced(byMilliseconds: Int64(chance.below(20)) * 86_400_000)
            return DeadlinePause(from: from, to: from.advanced(byMilliseconds: Int64(chance.below(10)) * 86_400_000))
        }
        return Question(
            terms: DeadlineTerms(limit: limit), start: start, pauses: pauses,
            extensions: chance.below(4) == 0 ? [.add(5)] : [])
    }
}

/// Numbers by seed (xorshift64).
private struct QuestionSource {
    var state: UInt64

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}
