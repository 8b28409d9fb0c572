package import EventSourcing
package import RuleBook

/// Asks for a joint meeting about a case.
package struct RequestJointMeeting: HubCommand {
    package static let name = "RequestJointMeeting"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.requestMeeting

    /// A joint meeting when left out.
    package var kind: MeetingKind?
    package var isUrgent: Bool?

    package init(kind: MeetingKind? = nil, isUrgent: Bool? = nil) {
        self.kind = kind
        self.isUrgent = isUrgent
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.requestMeeting(self), context)
    }
}
