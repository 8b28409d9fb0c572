package import EventSourcing
package import RuleBook

/// Moves a called meeting to another time; no limit stops for it.
package struct PostponeJointMeeting: HubCommand {
    package static let name = "PostponeJointMeeting"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var meetsAt: Instant
    package var reason: PostponementReason

    package init(meetsAt: Instant, reason: PostponementReason) {
        self.meetsAt = meetsAt
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.postpone(meetsAt, reason), context)
    }
}
