/// Everything a rule says about how its deadline is counted.
package struct DeadlineTerms: Codable, Hashable, Sendable {
    /// When an act counts as received.
    package enum Received: String, Codable, CaseIterable, Sendable {
        /// On the civil day it happened, whatever the hour.
        case actual
        /// From closing time on, or on a day off: on the next working day.
        case nextWorkingDay
    }

    /// What happens when a limit in calendar days ends on a day off.
    package enum Roll: String, Codable, CaseIterable, Sendable {
        /// The limit ends on that day all the same.
        case none
        /// The limit ends on the next working day (Civil Code art. 203).
        case nextWorkingDay
    }

    /// When the last day ends.
    package enum Cutoff: String, Codable, CaseIterable, Sendable {
        /// At 24:00, for the duties of the authorities themselves.
        case endOfDay
        /// At 17:30, for what somebody hands in at a window.
        case closeOfBusiness
    }

    package let limit: DeadlineLimit
    package let received: Received
    package let roll: Roll
    package let cutoff: Cutoff

    package init(
        limit: DeadlineLimit, received: Received = .actual, roll: Roll = .nextWorkingDay, cutoff: Cutoff = .endOfDay
    ) {
        self.limit = limit
        self.received = received
        self.roll = roll
        self.cutoff = cutoff
    }

    /// Reads the terms; `received`, `roll` and `cutoff` may be left out and are then `actual`, `nextWorkingDay` and `endOfDay`.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            limit: try container.decode(DeadlineLimit.self, forKey: .limit),
            received: try container.decodeIfPresent(Received.self, forKey: .received) ?? .actual,
            roll: try container.decodeIfPresent(Roll.self, forKey: .roll) ?? .nextWorkingDay,
            cutoff: try container.decodeIfPresent(Cutoff.self, forKey: .cutoff) ?? .endOfDay)
    }

    private enum CodingKeys: CodingKey {
        case limit, received, roll, cutoff
    }

    /// The same terms with the limit an item or a meeting has set.
    package func with(limit: DeadlineLimit) -> Self {
        Self(limit: limit, received: received, roll: roll, cutoff: cutoff)
    }
}
