package import EventSourcing
package import RuleBook

/// Records the one reply that answers the whole case.
package struct TellApplicant: HubCommand {
    package static let name = "TellApplicant"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.tellApplicant

    package var means: DeliveryMeans
    /// The applicant when left out.
    package var recipient: PersonReference?
    package var attachments: [Attachment]?

    package init(means: DeliveryMeans, recipient: PersonReference? = nil, attachments: [Attachment]? = nil) {
        self.means = means
        self.recipient = recipient
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.tell(self), context)
    }
}
