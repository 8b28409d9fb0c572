package import EventSourcing
package import RuleBook

/// Opens what goes on after the case.
package struct OpenFollowUp: HubCommand {
    package static let name = "OpenFollowUp"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.openFollowUp

    package var kind: FollowUpKind
    package var department: DepartmentCode
    package var item: ItemID?
    package var referral: ReferralID?

    package init(kind: FollowUpKind, department: DepartmentCode, item: ItemID? = nil, referral: ReferralID? = nil) {
        self.kind = kind
        self.department = department
        self.item = item
        self.referral = referral
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// The registry's parts of the people its department reads of again.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        referral.flatMap { boundary.registryOfGrants(in: $0, context) }
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.openFollowUp(self, boundary.sealed), context)
    }
}
