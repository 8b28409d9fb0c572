package import EventSourcing
package import RuleBook

/// Gives a case to a post, which says what comes next.
package struct AssignCase: HubCommand {
    package static let name = "AssignCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.assignCase

    package var post: PostCode
    package var promise: CasePromise

    package init(post: PostCode, promise: CasePromise) {
        self.post = post
        self.promise = promise
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        if let before = file.keeping.post {
            guard before == post, file.keeping.promise == promise else { throw DeskRefusal.alreadyAssigned.told }
            return []
        }
        guard context.hasPost(post) else { throw DeskRefusal.unknownPost.told }
        try context.require(promise, by: post)
        let assigned = DeskEvent.CaseAssigned(caseFile: opened.caseFile, post: post, promise: promise)
        return [Decided(.caseAssigned(assigned), tags: tags)]
    }
}
