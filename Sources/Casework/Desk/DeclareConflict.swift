package import EventSourcing
import Registry
package import RuleBook

/// Says whom a member of staff may not judge; from then on neither account nor post acts on or reads that person's cases.
///
/// What they did on such a case before is flagged, once a case (N-8).
package struct DeclareConflict: HubCommand {
    package static let name = "DeclareConflict"
    package static let subjectKind = SubjectKind.person
    package static let action = Action.declareConflict

    package var relation: ConflictRelation
    /// Whose conflict it is; the sender's own when left out.
    package var account: AccountID?
    package var post: PostCode?

    package init(relation: ConflictRelation, account: AccountID? = nil, post: PostCode? = nil) {
        self.relation = relation
        self.account = account
        self.post = post
    }

    /// All that carries the person's tag: who is registered, and which cases are about them.
    package func boundary(_ context: CommandContext) -> EventQuery { context.subjectBoundary }

    /// And all of those cases, the newest twelve.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        let cases = boundary.casesTouched.suffix(12)
        return cases.isEmpty ? nil : EventQuery(cases.map { .init(tags: [.caseFile($0)]) })
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try context.requireTime(notBefore: nil)
        guard case .person(let person) = context.subject, boundary.registration(of: person) != nil else {
            throw DeskRefusal.unknownPerson.told
        }
        let owner = account ?? context.actor.account
        guard owner == context.actor.account || context.isSupervisor else { throw DeskRefusal.conflictOfAnother.told }
        let ownPost = owner == context.actor.account ? context.actor.post : nil
        guard post == nil || post == ownPost || context.isSupervisor else { throw DeskRefusal.conflictOfAnother.told }
        let declared = DeskEvent.ConflictDeclared(
            account: owner, post: post ?? ownPost, person: person, relation: relation)
        var isKnown = false
        for entry in boundary.entries {
            guard case .casework(.desk(let event)) = entry.event else { continue }
            if case .conflictDeclared(let before) = event, before == declared { isKnown = true }
            // What was lifted can be declared anew.
            if case .conflictLifted(let lifted) = event, lifted.account == owner, lifted.person == person {
                isKnown = false
            }
        }
        if isKnown { return [] }
        return [Decided(.conflictDeclared(declared), tags: [.person(person)])]
            + boundary.casesTouched.compactMap { boundary.detection(owner, person, in: $0) }
    }
}

extension Boundary {
    /// The cases whose events were read, in order.
    fileprivate var casesTouched: [CaseID] {
        var cases: [CaseID] = []
        for entry in entries {
            guard
                let id = entry.recorded.tags.first(where: { $0.kind == .caseFile }).flatMap({ CaseID(String($0.name)) }
                ),
                !cases.contains(id)
            else { continue }
            cases.append(id)
        }
        return cases
    }

    /// What an account had done on a case of a person before the conflict was declared.
    fileprivate func detection(_ account: AccountID, _ person: PersonReference, in id: CaseID) -> Decided<HubEvent>? {
        let acts = entries.filter { entry in
            entry.recorded.tags.contains(.caseFile(id)) && entry.metadata.actor.account == account
        }
        guard let first = acts.first, let last = acts.last else { return nil }
        let detected = DeskEvent.ConflictDetected(
            caseFile: id, account: account, person: person, acts: acts.count,
            firstActAt: first.recorded.recordedAt, lastActAt: last.recorded.recordedAt)
        return Decided(.conflictDetected(detected), tags: [.caseFile(id), .person(person)])
    }
}
