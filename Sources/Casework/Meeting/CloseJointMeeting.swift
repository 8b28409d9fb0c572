package import EventSourcing
package import RuleBook

/// Closes a meeting of which nothing is open.
package struct CloseJointMeeting: HubCommand {
    package static let name = "CloseJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.close, context)
    }
}
