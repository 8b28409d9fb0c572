package import EventSourcing
package import RuleBook

/// Signs the minutes as a whole, which stay at the office.
package struct SignMinutes: HubCommand {
    package static let name = "SignMinutes"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var attachments: [Attachment]?

    package init(attachments: [Attachment]? = nil) {
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.sign(context.actingPost, attachments: attachments ?? []), context)
    }
}
