package import EventSourcing
package import RuleBook

/// Records who took part.
package struct RecordAttendance: HubCommand {
    package static let name = "RecordAttendance"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var attended: [Attendee]

    package init(attended: [Attendee]) {
        self.attended = attended
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.attend(attended), context)
    }
}
