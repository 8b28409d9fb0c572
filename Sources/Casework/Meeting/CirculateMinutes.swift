package import EventSourcing
package import RuleBook

/// Sends every body its own extract of the minutes.
package struct CirculateMinutes: HubCommand {
    package static let name = "CirculateMinutes"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var attachments: [Attachment]?

    package init(attachments: [Attachment]? = nil) {
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(
            .circulateMinutes(judicial: context.rules.judicialBodies, attachments: attachments ?? []), context)
    }
}
