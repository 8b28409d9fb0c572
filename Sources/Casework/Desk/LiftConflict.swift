package import EventSourcing
import Registry
package import RuleBook

/// Answers a declared conflict: finds with its reason that it does not keep an account from a person's cases.
///
/// Never one's own (N-8). What was flagged before stays flagged, and a new declaration holds again.
package struct LiftConflict: HubCommand {
    package static let name = "LiftConflict"
    package static let subjectKind = SubjectKind.person
    package static let action = Action.liftConflict

    /// Whose conflict it is.
    package var account: AccountID
    package var reason: ConflictLiftReason
    /// What the finding rests on.
    package var basis: String

    package init(account: AccountID, reason: ConflictLiftReason, basis: String) {
        self.account = account
        self.reason = reason
        self.basis = basis
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        guard case .person(let person) = context.subject else { return context.subjectBoundary }
        return .tagged(
            .person(person),
            types: [
                RegistryEvent.Kind.personRegistered.rawValue, DeskEvent.Kind.conflictDeclared.rawValue,
                DeskEvent.Kind.conflictLifted.rawValue,
            ])
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        guard case .person(let person) = context.subject, boundary.registration(of: person) != nil else {
            throw DeskRefusal.unknownPerson.told
        }
        guard account != context.actor.account else { throw DeskRefusal.ownConflict.told }
        guard Wording.isSentence(basis) else { throw DeskRefusal.liftBasisEmpty.told }
        guard boundary.staff.conflicts(of: account).contains(person) else {
            guard boundary.wasLifted(account, person) else { throw DeskRefusal.noSuchConflict.told }
            return []
        }
        let lifted = DeskEvent.ConflictLifted(account: account, person: person, reason: reason, basis: basis)
        return [Decided(.conflictLifted(lifted), tags: [.person(person)])]
    }
}

extension Boundary {
    /// Whether a conflict of this account with this person was ever lifted.
    fileprivate func wasLifted(_ account: AccountID, _ person: PersonReference) -> Bool {
        entries.contains { entry in
            guard case .casework(.desk(.conflictLifted(let lifted))) = entry.event else { return false }
            return lifted.account == account && lifted.person == person
        }
    }
}
