package import EventSourcing
package import RuleBook

/// Ends a series with the meeting it is addressed to.
package struct EndMeetingSeries: HubCommand {
    package static let name = "EndMeetingSeries"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.endSeries, context)
    }
}
