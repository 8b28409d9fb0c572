package import EventSourcing

/// What may be asked of a household: to state it whole.
package enum HouseholdCommand: Hashable, Sendable {
    case compose(HouseholdComposed)
}

/// The rules a household command can break.
package enum HouseholdRefusal: Error, Hashable, Sendable {
    case noMembers
    case tooManyMembers(limit: Int)
    case personTwice(PersonReference)
    case personNotRegistered(PersonReference)
    case notExactlyOneHead
    case leftBeforeJoining(PersonReference)
    case notAMember(PersonReference)
}

extension HouseholdRefusal {
    /// Stable code for programs.
    package var code: String {
        switch self {
        case .noMembers: "household.noMembers"
        case .tooManyMembers: "household.tooManyMembers"
        case .personTwice: "household.personTwice"
        case .personNotRegistered: "household.personNotRegistered"
        case .notExactlyOneHead: "household.oneHead"
        case .leftBeforeJoining: "household.leftBeforeJoining"
        case .notAMember: "household.notAMember"
        }
    }

    /// What is wrong and how to mend it, Chinese first; persons stand as references.
    package var sentence: (chinese: String, english: String) {
        switch self {
        case .noMembers: ("家庭没有成员。", "Name at least one member.")
        case .tooManyMembers(let limit): ("家庭成员最多 \(limit) 人。", "A household has at most \(limit) members; split it.")
        case .personTwice(let person): ("成员 \(person) 重复。", "Member \(person) is listed twice; remove one.")
        case .personNotRegistered(let person):
            ("成员 \(person) 尚未登记。", "Register \(person) first.")
        case .notExactlyOneHead: ("户主须恰有一人。", "Give exactly one member the relation head.")
        case .leftBeforeJoining(let person):
            ("成员 \(person) 离开早于加入。", "For \(person), to lies before from; correct one of them.")
        case .notAMember(let person):
            ("\(person) 不是成员。", "A benefit names \(person), who is no member; add the member or remove the benefit.")
        }
    }
}

/// One household as its history tells it.
///
/// The boundary is what ``boundary(of:)`` says: the household, and whether each member is registered.
package struct Household: Decider {
    /// So that the household and every member fit one query of 16 alternatives.
    package static let memberLimit = 15

    /// The composition in force.
    package private(set) var composition: HouseholdComposed?
    private var registered: Set<PersonReference> = []

    package init() {}

    /// What composing a household reads and guards.
    ///
    /// Members beyond the limit are left out; the decision refuses such a household in any case.
    package static func boundary(of composed: HouseholdComposed) -> EventQuery {
        let household = EventQuery.tagged(.household(composed.household))
        return composed.members.prefix(memberLimit).reduce(household) { query, member in
            query.or(
                .tagged(.person(member.person), types: [RegistryEvent.Kind.personRegistered.rawValue]))
        }
    }

    package func decide(_ command: HouseholdCommand) throws(HouseholdRefusal) -> [Decided<RegistryEvent>] {
        switch command {
        case .compose(let composed):
            guard composition != composed else { return [] }
            try check(composed)
            let tags = Set(composed.members.map { EventTag.person($0.person) })
            return [Decided(.householdComposed(composed), tags: tags.union([.household(composed.household)]))]
        }
    }

    package mutating func evolve(with event: RegistryEvent) {
        switch event {
        case .personRegistered(let person): registered.insert(person.person)
        case .personDetailsRecorded, .guardiansStated: break
        case .householdComposed(let composed): composition = composed
        }
    }

    private func check(_ composed: HouseholdComposed) throws(HouseholdRefusal) {
        guard !composed.members.isEmpty else { throw .noMembers }
        guard composed.members.count <= Self.memberLimit else { throw .tooManyMembers(limit: Self.memberLimit) }
        var seen: Set<PersonReference> = []
        for member in composed.members {
            guard seen.insert(member.person).inserted else { throw .personTwice(member.person) }
            guard registered.contains(member.person) else { throw .personNotRegistered(member.person) }
            if let from = member.from, let to = member.to, from.isAfter(to) { throw .leftBeforeJoining(member.person) }
        }
        guard composed.members.filter({ $0.relation == .head }).count == 1 else { throw .notExactlyOneHead }
        for benefit in composed.benefits ?? [] where !seen.contains(benefit.person) {
            throw .notAMember(benefit.person)
        }
    }
}
