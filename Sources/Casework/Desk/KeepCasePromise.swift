package import EventSourcing
package import RuleBook

/// Says that what was promised was done, and what comes next where something does.
package struct KeepCasePromise: HubCommand {
    package static let name = "KeepCasePromise"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.assignCase

    /// The promise kept, as it was made.
    package var kept: CasePromise
    package var next: CasePromise?

    package init(kept: CasePromise, next: CasePromise? = nil) {
        self.kept = kept
        self.next = next
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        guard file.keeping.promise == kept else {
            // Sent again: the promise has made room for the next one.
            let isRepeat = file.keeping.lastKept == kept && file.keeping.promise == next
            guard isRepeat else { throw DeskRefusal.noPromise.told }
            return []
        }
        if let next {
            guard let post = file.keeping.post else { throw DeskRefusal.notAssigned.told }
            try context.require(next, by: post)
        }
        let event = DeskEvent.PromiseKept(caseFile: opened.caseFile, kept: kept, next: next)
        return [
            Decided(
                .promiseKept(event), tags: tags.union(context.sealed.map { .person($0.person) }), sealed: context.sealed
            )
        ]
    }
}
