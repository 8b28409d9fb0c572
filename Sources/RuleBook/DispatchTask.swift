package import Deadlines
package import EventSourcing
package import WorkingCalendar

/// What a person is to a task; grants are written for roles and filled with references when a referral is dispatched.
package enum PersonRole: String, CaseIterable, Codable, Hashable, Comparable, Sendable {
    case applicant, beneficiary, child, spouse, sought, guardian, agent

    package static func < (left: Self, right: Self) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}

/// One version of an entry of the dispatch catalogue: who does it, in what part, and what each learns of whom.
///
/// The payload of `DispatchCatalogRevised`, one entry an event, so that a change of one task is one small event.
package struct DispatchTask: EventPayload {
    /// Whether the task orders or asks.
    package enum Kind: String, CaseIterable, Codable, Hashable, Sendable {
        case referral, offer
    }

    /// The part a department has in a task: one leads, any number help.
    package enum Part: String, CaseIterable, Codable, Hashable, Sendable {
        case lead, coHandler
    }

    /// The field groups of one person role.
    package struct Grant: Codable, Hashable, Sendable {
        package var person: PersonRole
        package var groups: Set<FieldGroup>

        package init(_ person: PersonRole, _ groups: Set<FieldGroup>) {
            self.person = person
            self.groups = groups
        }

        private enum CodingKeys: String, CodingKey {
            case person, groups
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(person, forKey: .person)
            // Equal catalogues must be equal bytes, and a set has no order.
            try container.encode(groups.sorted(), forKey: .groups)
        }
    }

    /// One department's part and its slice.
    package struct Participant: Codable, Hashable, Sendable {
        package var department: DepartmentCode
        package var part: Part
        package var slice: [Grant]

        package init(_ department: DepartmentCode, _ part: Part, slice: [Grant]) {
            self.department = department
            self.part = part
            self.slice = slice
        }
    }

    /// The task by which an economic check is asked of a check office.
    package static let economicCheck = TaskCode("economic.check")

    package var code: TaskCode
    /// 1, 2, 3 …; a referral keeps the version it was dispatched under.
    package var version: Int
    package var kind: Kind
    package var name: Label
    /// The policy items this task serves; none for one only a meeting gives.
    package var items: [PolicyItemCode]
    package var participants: [Participant]
    /// Limit of handling; nothing means the item's, else the default of `referral.handle`.
    package var limit: DeadlineLimit?
    /// Why the data may be passed on, as the grants say it.
    package var basis: String
    package var purpose: String
    /// Where it is written that this duty goes down to a town; without it no town takes part (I-9).
    package var townDuty: String?
    package var provenance: Provenance?
    /// First civil day on which it is dispatched in this version; nothing means from the beginning.
    package var effectiveFrom: CivilDay?

    package init(
        code: TaskCode, version: Int = 1, kind: Kind = .referral, name: Label, items: [PolicyItemCode] = [],
        participants: [Participant], limit: DeadlineLimit? = nil, basis: String, purpose: String,
        townDuty: String? = nil, provenance: Provenance? = nil, effectiveFrom: CivilDay? = nil
    ) {
        self.code = code
        self.version = version
        self.kind = kind
        self.name = name
        self.items = items
        self.participants = participants
        self.limit = limit
        self.basis = basis
        self.purpose = purpose
        self.townDuty = townDuty
        self.provenance = provenance
        self.effectiveFrom = effectiveFrom
    }

    /// The department that leads; a published task has exactly one.
    package var lead: DepartmentCode? {
        participants.first { $0.part == .lead }?.department
    }

    /// The departments that help, in the catalogue's order.
    package var coHandlers: [DepartmentCode] {
        participants.filter { $0.part == .coHandler }.map(\.department)
    }

    /// The part of a department, if it has one.
    package func participant(_ department: DepartmentCode) -> Participant? {
        participants.first { $0.department == department }
    }
}
