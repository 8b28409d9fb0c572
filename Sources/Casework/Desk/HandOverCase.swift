package import EventSourcing
package import RuleBook

/// Passes a case to another post; a hand-over without a next promise does not exist (N-16).
package struct HandOverCase: HubCommand {
    package static let name = "HandOverCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.assignCase

    package var post: PostCode
    package var reason: HandOverReason
    package var promise: CasePromise

    package init(post: PostCode, reason: HandOverReason, promise: CasePromise) {
        self.post = post
        self.reason = reason
        self.promise = promise
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        guard let before = file.keeping.post else { throw DeskRefusal.notAssigned.told }
        guard before != post else {
            guard file.keeping.promise == promise else { throw DeskRefusal.sameHands.told }
            return []
        }
        guard context.hasPost(post) else { throw DeskRefusal.unknownPost.told }
        try context.require(promise, by: post)
        let handedOver = DeskEvent.CaseHandedOver(
            caseFile: opened.caseFile, from: before, to: post, reason: reason, promise: promise)
        return [Decided(.caseHandedOver(handedOver), tags: tags)]
    }
}
