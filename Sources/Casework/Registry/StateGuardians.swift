package import EventSourcing
package import Registry
package import RuleBook

/// Says who may act for a minor, and who of them is conflicted or cannot; a later statement replaces it.
package struct StateGuardians: HubCommand {
    package static let name = "StateGuardians"
    package static let subjectKind = SubjectKind.person
    package static let action = Action.registerPeople

    /// 1 through 8.
    package var guardians: [Guardian]

    package init(guardians: [Guardian]) {
        self.guardians = guardians
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.registryBoundary.or(CommandContext.registrations(of: guardians.map(\.person)))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        guard case .person(let child) = context.subject, let registered = boundary.registration(of: child) else {
            throw DeskRefusal.unknownPerson.told
        }
        guard registered.minor else { throw DeskRefusal.notAMinor.told }
        guard (1...8).contains(guardians.count), Set(guardians.map(\.person)).count == guardians.count,
            !guardians.contains(where: { $0.person == child })
        else { throw DeskRefusal.guardiansMalformed.told }
        guard guardians.allSatisfy({ boundary.registration(of: $0.person) != nil }) else {
            throw DeskRefusal.unknownGuardian.told
        }
        guard boundary.guardians(of: child) != guardians else { return [] }
        let stated = GuardiansStated(person: child, guardians: guardians)
        let tags = Set(guardians.map { EventTag.person($0.person) }).union([.person(child)])
        return [Decided(.registry(.guardiansStated(stated)), tags: tags)]
    }
}

extension Boundary {
    /// The guardians stated last for a child, among what was read; none when nobody stated any.
    ///
    /// What reads it covers `CommandContext.guardians(of:)`.
    package func guardians(of child: PersonReference) -> [Guardian] {
        for entry in entries.reversed() {
            if case .registry(.guardiansStated(let stated)) = entry.event, stated.person == child {
                return stated.guardians
            }
        }
        return []
    }

    /// Whether somebody may speak for a person in a withdrawal or consent: themselves when of age, else only a guardian
    /// who is neither conflicted nor unavailable, and never a parent alone against a child's item (`RULINGS.md` §3).
    package func maySpeak(_ speaker: PersonReference, for person: PersonReference) -> Bool {
        guard registration(of: person)?.minor == true else { return speaker == person }
        return guardians(of: person).contains { guardian in
            guardian.person == speaker && guardian.mayAct && guardian.relation != .parent
        }
    }
}

extension CommandContext {
    /// What tells who is a minor and who may act for one.
    package static func guardians(of child: PersonReference) -> EventQuery {
        .tagged(
            .person(child),
            types: [RegistryEvent.Kind.personRegistered.rawValue, RegistryEvent.Kind.guardiansStated.rawValue])
    }
}
