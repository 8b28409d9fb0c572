package import EventSourcing

/// What may be asked of one person's entry in the registry.
package enum PersonCommand: Hashable, Sendable {
    /// Enters a person whose key and identity row are committed already, so that `person` is the only reference there is.
    case register(PersonReference, minor: Bool, sealed: [SealedText])
    /// Adds or renews sealed parts.
    case recordDetails(PersonReference, sealed: [SealedText])
}

/// The rules a person command can break.
package enum PersonRefusal: Error, Hashable, Sendable {
    case notRegistered
    case identityMissing
    case nothingToRecord
    case anotherPersonsPart
    case groupNotAboutAPerson(FieldGroup)
    case groupTwice(FieldGroup)
}

extension PersonRefusal {
    /// Stable code for programs.
    package var code: String {
        switch self {
        case .notRegistered: "person.notRegistered"
        case .identityMissing: "person.identityMissing"
        case .nothingToRecord: "person.nothingToRecord"
        case .anotherPersonsPart: "person.anotherPersonsPart"
        case .groupNotAboutAPerson: "person.groupNotAboutAPerson"
        case .groupTwice: "person.groupTwice"
        }
    }

    /// What is wrong and how to mend it, Chinese first.
    package var sentence: (chinese: String, english: String) {
        switch self {
        case .notRegistered: ("此人尚未登记。", "The person is not registered; register the person first.")
        case .identityMissing: ("缺少身份信息。", "Send the name in a sealed part of group identity.")
        case .nothingToRecord: ("没有要登记的内容。", "Send at least one sealed part.")
        case .anotherPersonsPart: ("内容属于他人。", "A sealed part names another person; send it for that person.")
        case .groupNotAboutAPerson(let group):
            ("\(group.rawValue) 不是个人信息类别。", "\(group.rawValue) holds nothing about a person; remove it.")
        case .groupTwice(let group):
            ("\(group.rawValue) 重复。", "\(group.rawValue) is sent twice; send one part a group.")
        }
    }
}

/// One person as the registry's history tells it; the boundary is everything tagged with the person.
package struct Person: Decider {
    /// Whether the person is in the registry.
    package private(set) var isRegistered = false
    /// Whether the person was under 18 when registered.
    package private(set) var isMinor = false

    package init() {}

    package func decide(_ command: PersonCommand) throws(PersonRefusal) -> [Decided<RegistryEvent>] {
        switch command {
        case .register(let person, let minor, let sealed):
            try check(sealed, of: person)
            guard sealed.contains(where: { $0.group == .identity }) else { throw .identityMissing }
            guard isRegistered else {
                let event = RegistryEvent.personRegistered(PersonRegistered(person: person, minor: minor))
                return [Decided(event, tags: [.person(person)], sealed: sealed)]
            }
            // Another station met the same person: who it is stays, what else it learnt is added.
            let news = sealed.filter { $0.group != .identity }
            return news.isEmpty ? [] : [details(of: person, news)]
        case .recordDetails(let person, let sealed):
            guard isRegistered else { throw .notRegistered }
            guard !sealed.isEmpty else { throw .nothingToRecord }
            try check(sealed, of: person)
            return [details(of: person, sealed)]
        }
    }

    package mutating func evolve(with event: RegistryEvent) {
        switch event {
        case .personRegistered(let registered):
            isRegistered = true
            isMinor = registered.minor
        case .personDetailsRecorded, .householdComposed, .guardiansStated: break
        }
    }

    private func details(of person: PersonReference, _ sealed: [SealedText]) -> Decided<RegistryEvent> {
        let recorded = PersonDetailsRecorded(person: person, groups: sealed.map(\.group).sorted())
        return Decided(.personDetailsRecorded(recorded), tags: [.person(person)], sealed: sealed)
    }

    private func check(_ sealed: [SealedText], of person: PersonReference) throws(PersonRefusal) {
        var seen: Set<FieldGroup> = []
        for part in sealed {
            guard part.person == person else { throw .anotherPersonsPart }
            switch part.group {
            case .reference, .otherReferrals, .signedCommand: throw .groupNotAboutAPerson(part.group)
            case .identity, .contact, .household, .tags, .meansConclusion, .meansDetail, .health, .schooling,
                .employment, .housing, .familyConflict, .payment, .narrative, .capability, .alias, .traceOutcome:
                break
            }
            guard seen.insert(part.group).inserted else { throw .groupTwice(part.group) }
        }
    }
}
