package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Takes a referral or an offer on.
package struct AcceptReferral: HubCommand {
    package static let name = "AcceptReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.takeReferral

    package var handlingPost: PostCode
    /// Left out only for offers.
    package var nextPromise: CivilDay?

    package init(handlingPost: PostCode, nextPromise: CivilDay? = nil) {
        self.handlingPost = handlingPost
        self.nextPromise = nextPromise
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// The registry's parts of the people this department may read of.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        boundary.registryOfGrant(context)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        if let department = context.rules.department(handlingPost.department), !department.posts.isEmpty,
            department.post(handlingPost) == nil
        {
            throw ReferralRefusal.postOfAnotherDepartment.told
        }
        return try boundary.decideReferral(
            .accept(handlingPost: handlingPost, nextPromise: nextPromise, try boundary.releasable(context)),
            context)
    }
}
