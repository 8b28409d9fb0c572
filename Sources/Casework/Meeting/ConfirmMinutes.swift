package import EventSourcing
package import RuleBook

/// Records that a body confirmed its extract, or said nothing until the limit.
package struct ConfirmMinutes: HubCommand {
    package static let name = "ConfirmMinutes"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.confirmMinutes

    /// The acting department when left out.
    package var department: DepartmentCode?
    package var isSilent: Bool?

    package init(department: DepartmentCode? = nil, isSilent: Bool? = nil) {
        self.department = department
        self.isSilent = isSilent
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    /// The openings of the extract's cases: a signed confirmation is kept under a person's key.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        guard case .meeting(let id) = context.subject, let department = department ?? context.actor.department,
            let extract = boundary.jointMeeting(id).circulated[department]
        else { return nil }
        let opened: Set<String> = [CaseFileEvent.Kind.opened.rawValue]
        return EventQuery(
            (extract.cases ?? [extract.caseFile]).map { EventQuery.Item(types: opened, tags: [.caseFile($0)]) })
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard let department = department ?? context.actor.department else {
            throw JointMeetingRefusal.unknownDepartment.told
        }
        if isSilent == true { try boundary.requireSilenceOver(department, context) }
        return try boundary.decideMeeting(
            .confirmMinutes(of: department, isSilent: isSilent ?? false, by: context.actor.department), context)
    }
}
