import Deadlines
import EventSourcing
import Foundation
import HubTesting
import Testing
import WorkingCalendar

/// Rules that hold for every deadline, tried on random ones from a printed seed.
@Suite struct DeadlinePropertyTests {
    private let calendar: WorkingCalendar

    init() throws {
        calendar = try WorkingCalendar(ChinaFile.load().document)
    }

    private struct Sample {
        let terms: DeadlineTerms
        let start: Instant
        let pauses: [DeadlinePause]
    }

    private func sample(_ generator: inout SeededGenerator) -> Sample {
        let amount = Int.random(in: 0...30, using: &generator)
        let limit: DeadlineLimit =
            switch Int.random(in: 0...6, using: &generator) {
            case 0: .calendarDays(amount)
            case 1: .hours(amount)
            case 2: .workingHours(amount)
            case 3: .months(amount)
            default: .workingDays(amount)
            }
        let start = Self.instant(between: 1_704_067_200_000, and: 1_798_761_600_000, &generator)
        let pauses = (0..<Int.random(in: 0...3, using: &generator)).map { _ in
            let from = start.advanced(byMilliseconds: .random(in: -432_000_000...3_000_000_000, using: &generator))
            return DeadlinePause(
                from: from, to: from.advanced(byMilliseconds: .random(in: 0...1_500_000_000, using: &generator)))
        }
        let terms = DeadlineTerms(
            limit: limit, received: Bool.random(using: &generator) ? .actual : .nextWorkingDay,
            roll: Bool.random(using: &generator) ? .none : .nextWorkingDay,
            cutoff: Bool.random(using: &generator) ? .endOfDay : .closeOfBusiness)
        return Sample(terms: terms, start: start, pauses: pauses)
    }

    private static func instant(between low: Int64, and high: Int64, _ generator: inout SeededGenerator) -> Instant {
        Instant(milliseconds: .random(in: low...high, using: &generator))
    }

    private func due(
        _ sample: Sample, terms: DeadlineTerms? = nil, start: Instant? = nil, pauses: [DeadlinePause]? = nil,
        extensions: [DeadlineExtension] = []
    ) throws -> Instant {
        let due = try DeadlineEvaluation.evaluate(
            terms: terms ?? sample.terms, start: start ?? sample.start, pauses: pauses ?? sample.pauses,
            extensions: extensions, calendar: calendar)
        return try #require(due.dueAt)
    }

    private func forEachSample(
        _ count: Int = 1500, name: String = #function, _ check: (Sample, inout SeededGenerator) throws -> Void
    ) throws {
        var generator = SeededGenerator.printed(for: name)
        for _ in 0..<count { try check(sample(&generator), &generator) }
    }

    @Test func `a longer limit is never due earlier`() throws {
        try forEachSample { sample, _ in
            let longer = try due(sample, extensions: [.add(1)])
            let plain = try due(sample)
            #expect(plain <= longer)
        }
    }

    @Test func `a later start is never due earlier`() throws {
        try forEachSample { sample, generator in
            let later = sample.start.advanced(byMilliseconds: .random(in: 0...900_000_000, using: &generator))
            let (plain, moved) = (try due(sample), try due(sample, start: later))
            #expect(plain <= moved, "\(sample) moved to \(later)")
        }
    }

    @Test func `one more pause never makes it due earlier`() throws {
        try forEachSample { sample, _ in
            let (without, with) = (try due(sample, pauses: Array(sample.pauses.dropLast())), try due(sample))
            #expect(without <= with)
        }
    }

    @Test func `the account of days counts exactly what the limit asks for`() throws {
        try forEachSample { sample, _ in
            let due = try DeadlineEvaluation.evaluate(
                terms: sample.terms, start: sample.start, pauses: sample.pauses, calendar: calendar)
            let account = due.accountedDays
            #expect(account.filter(\.reason.counts).map(\.day) == due.countedDays, "\(sample)")
            #expect(account.last?.day == due.dueDay, "\(sample)")
            #expect(zip(account, account.dropFirst()).allSatisfy { $0.day.next == $1.day })
        }
    }

    @Test func `the rungs of the ladder are climbed in order`() throws {
        try forEachSample { sample, _ in
            let due = try DeadlineEvaluation.evaluate(
                terms: sample.terms, start: sample.start, pauses: sample.pauses, calendar: calendar)
            let rungs = try LadderLevel.allCases.compactMap { try due.reaches($0) }
            #expect(rungs == rungs.sorted(), "\(sample) \(rungs)")
            #expect(rungs.count == LadderLevel.allCases.count)
        }
    }

    @Test func `the order of pauses changes nothing`() throws {
        try forEachSample { sample, generator in
            let (changed, plain) = (try due(sample, pauses: sample.pauses.shuffled(using: &generator)), try due(sample))
            #expect(changed == plain)
        }
    }

    @Test func `a pause lying on days off changes nothing`() throws {
        try forEachSample { sample, generator in
            guard sample.terms.limit.countsWorkingDays else { return }
            // From any time of the last working day before days off to any time of the last of them.
            var first = CivilDay(containing: sample.start.milliseconds)
                .advanced(by: .random(in: 0...40, using: &generator))
            while calendar.isWorkingDay(first) { first = first.next }
            while !calendar.isWorkingDay(first.previous) { first = first.previous }
            var last = first
            while !calendar.isWorkingDay(last.next) { last = last.next }
            let pause = DeadlinePause(
                from: Self.instant(between: first.previous.startMilliseconds, and: first.startMilliseconds, &generator),
                to: Self.instant(between: last.startMilliseconds, and: last.endMilliseconds - 1, &generator))
            let (changed, plain) = (try due(sample, pauses: sample.pauses + [pause]), try due(sample))
            #expect(changed == plain)
        }
    }

    @Test func `splitting a pause inside one day off changes nothing`() throws {
        try forEachSample { sample, generator in
            guard sample.terms.limit.countsWorkingDays, let pause = sample.pauses.first, let end = pause.to else {
                return
            }
            var instant = Self.instant(between: pause.from.milliseconds, and: end.milliseconds, &generator)
            while calendar.isWorkingDay(CivilDay(containing: instant.milliseconds)) {
                instant = instant.advanced(byMilliseconds: 86_400_000)
            }
            guard instant <= end else { return }
            // The second half begins on the day off itself, so that day stays out and nothing else changes.
            let halves = [DeadlinePause(from: pause.from, to: instant), DeadlinePause(from: instant, to: end)]
            let (changed, plain) = (try due(sample, pauses: halves + sample.pauses.dropFirst()), try due(sample))
            #expect(changed == plain)
        }
    }

    @Test func `the answer agrees with a walk day by day`() throws {
        try forEachSample { sample, _ in
            guard sample.terms.limit.countsWorkingDays, sample.terms.limit.amount > 0 else { return }
            let answer = try DeadlineEvaluation.evaluate(
                terms: sample.terms, start: sample.start, pauses: sample.pauses, calendar: calendar)
            var day = answer.day0
            var counted: [CivilDay] = []
            while counted.count < sample.terms.limit.amount {
                day = day.next
                if calendar.isWorkingDay(day), !Self.isPaused(day, sample.pauses) { counted.append(day) }
            }
            #expect(answer.dueDay == day)
            #expect(answer.countedDays == counted)
        }
    }

    @Test func `remaining days go down to nothing, one each counted day`() throws {
        try forEachSample(200) { sample, _ in
            guard sample.terms.limit.countsWorkingDays, sample.terms.limit.amount > 0 else { return }
            let answer = try DeadlineEvaluation.evaluate(
                terms: sample.terms, start: sample.start, pauses: sample.pauses, calendar: calendar)
            for (used, day) in answer.countedDays.enumerated() {
                let morning = Instant(milliseconds: day.startMilliseconds)
                #expect(answer.workingDaysLeft(at: morning) == sample.terms.limit.amount - used)
            }
            let dueAt = try #require(answer.dueAt)
            #expect(answer.workingDaysLeft(at: dueAt) == 0)
        }
    }

    private static func isPaused(_ day: CivilDay, _ pauses: [DeadlinePause]) -> Bool {
        pauses.contains { pause in
            guard let to = pause.to else { return false }
            return day > CivilDay(containing: pause.from.milliseconds) && day <= CivilDay(containing: to.milliseconds)
        }
    }
}
