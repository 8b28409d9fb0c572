package import EventSourcing
package import WorkingCalendar

/// A time during which a deadline does not run; whole days are taken out, from the day after it began.
package struct DeadlinePause: Codable, Hashable, Sendable {
    package let from: Instant
    /// When work went on: nothing while the pause is open, and an end before `from` takes out nothing.
    package let to: Instant?

    package init(from: Instant, to: Instant?) {
        self.from = from
        self.to = to
    }

    /// Whether the pause is in force at this instant.
    package func contains(_ instant: Instant) -> Bool {
        guard instant >= from else { return false }
        guard let to else { return true }
        return instant < to
    }

    /// Whether it takes this day out: a day after the one it began on, through the one on which work went on.
    package func takesOut(_ day: CivilDay) -> Bool { excludedDays?.contains(day) ?? false }

    /// First and last day taken out: the day of the pause still counts, the day of the resumption does not.
    var excludedDays: ExcludedDays? {
        let first = CivilDay(containing: from.milliseconds).next
        guard let to else { return ExcludedDays(first: first, last: nil) }
        let last = CivilDay(containing: to.milliseconds)
        return last >= first ? ExcludedDays(first: first, last: last) : nil
    }
}

/// A run of days that do not count; without a last day it is still going on.
struct ExcludedDays: Hashable, Sendable {
    let first: CivilDay
    let last: CivilDay?

    func contains(_ day: CivilDay) -> Bool {
        guard day >= first else { return false }
        guard let last else { return true }
        return day <= last
    }

    /// The runs of these pauses in order, overlapping ones united, so that no day is given back twice.
    static func united(_ pauses: [DeadlinePause]) -> [ExcludedDays] {
        guard !pauses.isEmpty else { return [] }
        var runs: [ExcludedDays] = []
        runs.reserveCapacity(pauses.count)
        for pause in pauses {
            guard let run = pause.excludedDays else { continue }
            // Pauses come in order but for corrections: from the end the right place is near.
            var index = runs.count
            while index > 0, runs[index - 1].first > run.first { index -= 1 }
            runs.insert(run, at: index)
        }
        guard runs.count > 1 else { return runs }
        var count = 1
        for run in runs.dropFirst() {
            let previous = runs[count - 1]
            guard let previousLast = previous.last else { break }
            if run.first > previousLast.next {
                runs[count] = run
                count += 1
            } else {
                runs[count - 1] = ExcludedDays(
                    first: previous.first, last: run.last.map { max($0, previousLast) })
            }
        }
        runs.removeLast(runs.count - count)
        return runs
    }
}

/// A deadline made longer by somebody entitled to, in the unit of its limit.
package enum DeadlineExtension: Hashable, Sendable {
    /// So many more.
    case add(Int)
    /// So many in all, counted from the original day 0; never shortens.
    case total(Int)

    func applied(to amount: Int) -> Int {
        switch self {
        case .add(let more):
            let (sum, overflow) = amount.addingReportingOverflow(max(0, more))
            return overflow ? .max : sum
        case .total(let total):
            return max(amount, total)
        }
    }
}

extension DeadlineExtension: Codable {
    private enum CodingKeys: CaseIterable, CodingKey {
        case add, total
    }

    /// Reads `{"add":10}` or `{"total":45}`; a whole number from 1 to 3 660.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let keys = CodingKeys.allCases.filter { container.contains($0) }
        guard let key = keys.first, keys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be exactly one of add and total"))
        }
        let amount = try container.decode(Int.self, forKey: key)
        guard (1...3660).contains(amount) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: container, debugDescription: "must be from 1 to 3660")
        }
        switch key {
        case .add: self = .add(amount)
        case .total: self = .total(amount)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .add(let amount): try container.encode(amount, forKey: .add)
        case .total(let amount): try container.encode(amount, forKey: .total)
        }
    }
}
