package import EventSourcing
package import RuleBook

/// Refuses a meeting that was asked for, with the reason.
package struct RefuseJointMeeting: HubCommand {
    package static let name = "RefuseJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var reason: MeetingRefusalReason

    package init(reason: MeetingRefusalReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.refuse(reason), context)
    }
}
