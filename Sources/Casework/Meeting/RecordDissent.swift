package import EventSourcing
package import RuleBook

/// Records that a body disagrees with a resolution; its words come sealed.
package struct RecordDissent: HubCommand {
    package static let name = "RecordDissent"
    package static let subjectKind = SubjectKind.resolution
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.runMeeting

    package var department: DepartmentCode

    package init(department: DepartmentCode) {
        self.department = department
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        boundary.meetingOfResolution(context).map { .tagged(.meeting($0)) }
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .resolution(let id) = context.subject else { throw JointMeetingRefusal.noSuchResolution.told }
        return try boundary.decideResolution(.dissent(id, department, sealed: context.sealed), context)
    }
}
