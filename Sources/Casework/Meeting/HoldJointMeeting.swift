package import EventSourcing
package import RuleBook

/// Records that the meeting took place; of a series, the next one is put on the calendar.
package struct HoldJointMeeting: HubCommand {
    package static let name = "HoldJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var attachments: [Attachment]?

    package init(attachments: [Attachment]? = nil) {
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(
            .hold(attachments: attachments ?? [], next: try boundary.nextOfSeries(context)), context)
    }
}
