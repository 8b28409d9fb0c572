package import EventSourcing

/// What is known of persons and households; cases are added, never edited or removed.
package enum RegistryEvent: DomainEvent {
    case personRegistered(PersonRegistered)
    case personDetailsRecorded(PersonDetailsRecorded)
    case householdComposed(HouseholdComposed)
    case guardiansStated(GuardiansStated)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case personRegistered = "PersonRegistered"
        case personDetailsRecorded = "PersonDetailsRecorded"
        case householdComposed = "HouseholdComposed"
        case guardiansStated = "GuardiansStated"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .personRegistered(let registered): (.personRegistered, registered)
        case .personDetailsRecorded(let recorded): (.personDetailsRecorded, recorded)
        case .householdComposed(let composed): (.householdComposed, composed)
        case .guardiansStated(let stated): (.guardiansStated, stated)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .personRegistered: self = .personRegistered(try PersonRegistered(from: decoder))
        case .personDetailsRecorded: self = .personDetailsRecorded(try PersonDetailsRecorded(from: decoder))
        case .householdComposed: self = .householdComposed(try HouseholdComposed(from: decoder))
        case .guardiansStated: self = .guardiansStated(try GuardiansStated(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .personRegistered: ["person": .reference, "minor": .household]
        case .personDetailsRecorded: ["person": .reference, "groups": .reference]
        case .guardiansStated: ["person": .reference, "guardians": .household]
        case .householdComposed:
            [
                "household": .reference, "members": .household, "town": .reference, "benefits": .tags,
                "pairings": .otherReferrals,
            ]
        }
    }
}

/// A person got a reference; name, identity number and birth date are sealed (`identity`), telephone and address too
/// (`contact`).
package struct PersonRegistered: EventPayload {
    package var person: PersonReference
    /// Whether the person was under 18 that day: rules on minors apply.
    package var minor: Bool

    package init(person: PersonReference, minor: Bool) {
        self.person = person
        self.minor = minor
    }
}

/// More was learnt about a person; all of it is in the sealed parts.
package struct PersonDetailsRecorded: EventPayload {
    package var person: PersonReference
    /// Which groups the sealed parts hold, sorted; the newest part of a group is the one in force.
    package var groups: [FieldGroup]

    package init(person: PersonReference, groups: [FieldGroup]) {
        self.person = person
        self.groups = groups
    }
}

/// The whole household as known now; a later one replaces it, and members who left stay with a `to`.
package struct HouseholdComposed: EventPayload {
    package var household: HouseholdID
    package var members: [HouseholdMember]
    package var town: TownCode?
    package var benefits: [HeldBenefit]?
    package var pairings: [Pairing]?

    package init(
        household: HouseholdID, members: [HouseholdMember], town: TownCode? = nil, benefits: [HeldBenefit]? = nil,
        pairings: [Pairing]? = nil
    ) {
        self.household = household
        self.members = members
        self.town = town
        self.benefits = benefits
        self.pairings = pairings
    }
}
