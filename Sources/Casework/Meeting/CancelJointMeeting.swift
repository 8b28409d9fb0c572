package import EventSourcing
package import RuleBook

/// Calls a meeting off; what was asked for waits again, and its limit runs on.
package struct CancelJointMeeting: HubCommand {
    package static let name = "CancelJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var reason: PostponementReason

    package init(reason: PostponementReason) {
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.cancel(reason, next: try boundary.nextOfSeries(context)), context)
    }
}
