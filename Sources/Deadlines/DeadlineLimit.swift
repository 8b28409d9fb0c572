package import WorkingCalendar

/// How long a deadline runs, always with its unit: 日 alone means working days in one law and calendar days in another.
package enum DeadlineLimit: Hashable, Sendable {
    /// Days people work, make-up weekends included; 0 through 250.
    case workingDays(Int)
    /// Days of the calendar; 0 through 3 660.
    case calendarDays(Int)
    /// Hours from the exact instant, over nights and holidays; 0 through 8 784.
    case hours(Int)
    /// Hours in which offices work; 0 through 2 000.
    case workingHours(Int)
    /// Months, ending on the same day of the month or the last there is; 0 through 120.
    case months(Int)
    /// A day that was agreed or set, whatever the start.
    case fixedDate(CivilDay)

    /// The number without its unit; 0 for a fixed date.
    package var amount: Int {
        switch self {
        case .workingDays(let amount), .calendarDays(let amount), .hours(let amount), .workingHours(let amount),
            .months(let amount):
            amount
        case .fixedDate: 0
        }
    }

    /// The amounts a rule of this unit may have.
    package var allowedAmounts: ClosedRange<Int> { unit.allowedAmounts }

    /// Whether only days people work are counted.
    package var countsWorkingDays: Bool {
        switch self {
        case .workingDays: true
        case .calendarDays, .hours, .workingHours, .months, .fixedDate: false
        }
    }

    /// Whether it ends at an instant and not with a day.
    package var endsAtInstant: Bool {
        switch self {
        case .hours, .workingHours: true
        case .workingDays, .calendarDays, .months, .fixedDate: false
        }
    }

    /// Whether a pause can make it longer; hours, months and set dates run on (`reference/deadlines.md` §5.4).
    package var isPausable: Bool {
        switch self {
        case .workingDays, .calendarDays: true
        case .hours, .workingHours, .months, .fixedDate: false
        }
    }

    /// The same unit with another number; a fixed date has none and stays.
    func with(amount: Int) -> Self {
        switch self {
        case .workingDays: .workingDays(amount)
        case .calendarDays: .calendarDays(amount)
        case .hours: .hours(amount)
        case .workingHours: .workingHours(amount)
        case .months: .months(amount)
        case .fixedDate: self
        }
    }

    private var unit: Unit {
        switch self {
        case .workingDays: .workingDays
        case .calendarDays: .calendarDays
        case .hours: .hours
        case .workingHours: .workingHours
        case .months: .months
        case .fixedDate: .fixedDate
        }
    }

    private enum Unit: String, CaseIterable, CodingKey {
        case workingDays, calendarDays, hours, workingHours, months, fixedDate

        var allowedAmounts: ClosedRange<Int> {
            switch self {
            case .workingDays: 0...250
            case .calendarDays: 0...3660
            case .hours: 0...8784
            case .workingHours: 0...2000
            case .months: 0...120
            case .fixedDate: 0...0
            }
        }
    }
}

extension DeadlineLimit: Codable {
    /// Reads `{"workingDays":3}` and its like, or `{"fixedDate":"2026-12-01"}`; exactly one unit, inside its range.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Unit.self)
        let units = Unit.allCases.filter { container.contains($0) }
        guard let unit = units.first, units.count == 1 else {
            let names = Unit.allCases.map(\.rawValue).joined(separator: ", ")
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "must be exactly one of \(names)"))
        }
        switch unit {
        case .workingDays: self = .workingDays(try Self.amount(of: unit, in: container))
        case .calendarDays: self = .calendarDays(try Self.amount(of: unit, in: container))
        case .hours: self = .hours(try Self.amount(of: unit, in: container))
        case .workingHours: self = .workingHours(try Self.amount(of: unit, in: container))
        case .months: self = .months(try Self.amount(of: unit, in: container))
        case .fixedDate: self = .fixedDate(try container.decode(CivilDay.self, forKey: unit))
        }
    }

    private static func amount(of unit: Unit, in container: KeyedDecodingContainer<Unit>) throws -> Int {
        let amount = try container.decode(Int.self, forKey: unit)
        let allowed = unit.allowedAmounts
        guard allowed.contains(amount) else {
            throw DecodingError.dataCorruptedError(
                forKey: unit, in: container,
                debugDescription: "must be from \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        return amount
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Unit.self)
        if case .fixedDate(let day) = self {
            try container.encode(day, forKey: unit)
        } else {
            try container.encode(amount, forKey: unit)
        }
    }
}

extension DeadlineLimit: CustomStringConvertible {
    /// The limit for people, `3 个工作日`.
    package var description: String {
        switch self {
        case .workingDays(let amount): "\(amount) 个工作日"
        case .calendarDays(let amount): "\(amount) 个自然日"
        case .hours(let amount): "\(amount) 小时"
        case .workingHours(let amount): "\(amount) 个工作小时"
        case .months(let amount): "\(amount) 个月"
        case .fixedDate(let day): "\(day) 前"
        }
    }
}
