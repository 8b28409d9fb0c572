package import EventSourcing

/// Where the newest sealed part of each group of each person stands.
package struct SealedIndex: Hashable, Sendable {
    /// One sealed part of one recorded event.
    package struct Place: Hashable, Sendable {
        package let event: UniqueID
        /// 1 through 32.
        package let section: UInt8

        package init(event: UniqueID, section: UInt8) {
            self.event = event
            self.section = section
        }
    }

    private var latest: [DisclosedGroup: Place] = [:]

    package init() {}

    /// The newest recorded value of one group of one person, if there is any.
    package subscript(_ group: DisclosedGroup) -> Place? { latest[group] }

    /// Takes in a later part, which replaces the one before.
    package mutating func add(_ place: Place, for group: DisclosedGroup) {
        latest[group] = place
    }

    /// The same without what is left out.
    func keeping(_ isKept: (DisclosedGroup) -> Bool) -> SealedIndex {
        var kept = self
        kept.latest = latest.filter { isKept($0.key) }
        return kept
    }

    /// The parts of a grant that have been recorded, in the grant's order; what nobody has recorded is left out.
    func parts(of grant: some Sequence<DisclosedGroup>) -> [ReleasedPart] {
        grant.sorted().compactMap { group in
            guard let person = group.person, let place = latest[group] else { return nil }
            return ReleasedPart(group: group.group, person: person, event: place.event, section: place.section)
        }
    }
}
