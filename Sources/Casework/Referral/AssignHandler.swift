package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Hands a referral to another post of the same department.
package struct AssignHandler: HubCommand {
    package static let name = "AssignHandler"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.handleReferral

    package var handlingPost: PostCode
    /// May be left out while a promise stands.
    package var nextPromise: CivilDay?

    package init(handlingPost: PostCode, nextPromise: CivilDay? = nil) {
        self.handlingPost = handlingPost
        self.nextPromise = nextPromise
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        if let department = context.rules.department(handlingPost.department), !department.posts.isEmpty,
            department.post(handlingPost) == nil
        {
            throw ReferralRefusal.postOfAnotherDepartment.told
        }
        return try boundary.decideReferral(.assign(handlingPost, nextPromise: nextPromise), context)
    }
}
