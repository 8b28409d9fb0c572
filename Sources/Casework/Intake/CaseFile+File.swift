import EventSourcing
import RuleBook

extension CaseFile {
    /// Hands items up that are complete and handled here, all of one department, which learns by reference that they wait.
    func submitFile(_ body: SubmitFile, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let named = try namedItems(body.items)
        if let clause = body.clause, !Wording.isSentence(clause) { throw CaseFileRefusal.clauseEmpty.told }
        var deciders: Set<DepartmentCode> = []
        for (id, item) in named {
            try requireComplete(id, item)
            let policy = context.rules.policyItem(item.added.policyItem, version: item.added.policyVersion)
            guard let decider = policy?.department else { throw CaseFileRefusal.unknownPolicyItem.told }
            deciders.insert(context.rules.successor(of: decider, on: context.day) ?? decider)
        }
        guard let department = deciders.first, deciders.count == 1 else { throw IntakeRefusal.severalDeciders.told }
        let submitted = IntakeEvent.FileSubmitted(
            caseFile: opened.caseFile, items: body.items, department: department, opinion: body.opinion,
            clause: body.clause, attachments: body.attachments ?? [])
        let before = named.compactMap { intake.files[$0.0] }
        if !before.isEmpty {
            guard before.count == named.count, before.allSatisfy({ $0 == submitted }) else {
                throw IntakeRefusal.fileSubmittedBefore.told
            }
            return []
        }
        let decided = recorded(.intake(.fileSubmitted(submitted)), items: body.items, opened, context)
        var disclosure = decided.disclosure
        disclosure.add([DisclosedGroup(.reference)], for: department)
        return [
            Decided(
                decided.event, tags: decided.tags.union([.department(department)]), disclosure: disclosure,
                sealed: decided.sealed)
        ]
    }

    /// A file is handed up once triage has left its item here, nothing is missing and nobody else has it.
    private func requireComplete(_ id: ItemID, _ item: Item) throws(CommandRefusal) {
        switch item.stage {
        case .added: throw CaseFileRefusal.itemNotTriaged.told
        case .triaged: break
        case .decided, .notified: throw IntakeRefusal.itemClosed.told
        case .notAccepted: throw IntakeRefusal.itemNotAccepted.told
        case .withdrawn: throw IntakeRefusal.itemWithdrawn.told
        }
        guard activeReferral(of: id) == nil else { throw CaseFileRefusal.itemWithDepartment.told }
        guard intake.withHub[id] == nil else { throw IntakeRefusal.withOtherHub.told }
        guard intake.missing[id] == nil else { throw IntakeRefusal.supplementOpen.told }
    }
}
