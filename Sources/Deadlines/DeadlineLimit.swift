/// How long a deadline runs, always with its unit: 日 alone means working days in one law and calendar days in another.
package enum DeadlineLimit: Hashable, Sendable {
    /// Days people work, make-up weekends included; 0 through 250.
    case workingDays(Int)
    /// Days of the calendar; 0 through 3 660.
    case calendarDays(Int)
    /// Hours from the exact instant, over nights and holidays; 0 through 8 784.
    case hours(Int)

    /// The number without its unit.
    package var amount: Int {
        switch self {
        case .workingDays(let amount), .calendarDays(let amount), .hours(let amount): amount
        }
    }

    /// The amounts a rule of this unit may have.
    package var allowedAmounts: ClosedRange<Int> { unit.allowedAmounts }

    /// Whether only days people work are counted.
    package var countsWorkingDays: Bool {
        switch self {
        case .workingDays: true
        case .calendarDays, .hours: false
        }
    }

    /// The same unit with another number.
    func with(amount: Int) -> Self {
        switch self {
        case .workingDays: .workingDays(amount)
        case .calendarDays: .calendarDays(amount)
        case .hours: .hours(amount)
        }
    }

    private var unit: Unit {
        switch self {
        case .workingDays: .workingDays
        case .calendarDays: .calendarDays
        case .hours: .hours
        }
    }

    private enum Unit: String, CaseIterable, CodingKey {
        case workingDays, calendarDays, hours

        var allowedAmounts: ClosedRange<Int> {
            switch self {
            case .workingDays: 0...250
            case .calendarDays: 0...3660
            case .hours: 0...8784
            }
        }
    }
}

extension DeadlineLimit: Codable {
    /// Reads `{"workingDays":3}`, `{"calendarDays":7}` or `{"hours":24}`; exactly one unit, inside its range.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Unit.self)
        let units = Unit.allCases.filter { container.contains($0) }
        guard let unit = units.first, units.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "must be exactly one of workingDays, calendarDays and hours"))
        }
        let amount = try container.decode(Int.self, forKey: unit)
        let allowed = unit.allowedAmounts
        guard allowed.contains(amount) else {
            throw DecodingError.dataCorruptedError(
                forKey: unit, in: container,
                debugDescription: "must be from \(allowed.lowerBound) to \(allowed.upperBound)")
        }
        switch unit {
        case .workingDays: self = .workingDays(amount)
        case .calendarDays: self = .calendarDays(amount)
        case .hours: self = .hours(amount)
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Unit.self)
        try container.encode(amount, forKey: unit)
    }
}

extension DeadlineLimit: CustomStringConvertible {
    /// The limit for people, `3 个工作日`.
    package var description: String {
        switch self {
        case .workingDays(let amount): "\(amount) 个工作日"
        case .calendarDays(let amount): "\(amount) 个自然日"
        case .hours(let amount): "\(amount) 小时"
        }
    }
}
