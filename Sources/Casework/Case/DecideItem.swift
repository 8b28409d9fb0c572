package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Gives an item its official answer.
package struct DecideItem: HubCommand {
    package static let name = "DecideItem"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative, .payment]
    package static let action = Action.decideItem

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var result: DecisionResult
    package var clause: String?
    package var referral: ReferralID?
    package var award: Award?
    package var reviewDueBy: CivilDay?
    /// Checks and assessments it rests on; one serves several items.
    package var inquiries: [InquiryID]?
    package var attachments: [Attachment]?

    package init(
        item: ItemID? = nil, result: DecisionResult, clause: String? = nil, referral: ReferralID? = nil,
        award: Award? = nil, reviewDueBy: CivilDay? = nil, inquiries: [InquiryID]? = nil,
        attachments: [Attachment]? = nil
    ) {
        self.item = item
        self.result = result
        self.clause = clause
        self.referral = referral
        self.award = award
        self.reviewDueBy = reviewDueBy
        self.inquiries = inquiries
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.decide(self, context.addressedItem), context)
    }
}
