package import EventSourcing
package import RuleBook

/// Records that the decision on an item reached the person.
package struct NotifyDecision: HubCommand {
    package static let name = "NotifyDecision"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let action = Action.notifyDecision

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var means: DeliveryMeans
    /// The applicant when left out.
    package var recipient: PersonReference?
    package var attachments: [Attachment]?

    package init(
        item: ItemID? = nil, means: DeliveryMeans, recipient: PersonReference? = nil, attachments: [Attachment]? = nil
    ) {
        self.item = item
        self.means = means
        self.recipient = recipient
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.notify(self, context.addressedItem), context)
    }
}
