package import EventSourcing
package import RuleBook

/// Records that aid reached the person.
package struct DeliverAid: HubCommand {
    package static let name = "DeliverAid"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.relieveEmergency

    package var kind: Award.Kind
    /// In fen, more than 0; nothing where it has no price.
    package var amount: Int64?
    package var attachments: [Attachment]?

    package init(kind: Award.Kind, amount: Int64? = nil, attachments: [Attachment]? = nil) {
        self.kind = kind
        self.amount = amount
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.deliver(self)), context)
    }
}
