package import EventSourcing
package import RuleBook

/// Records that a body did what a resolution gave it to do beside referrals.
package struct CompleteMeetingAction: HubCommand {
    package static let name = "CompleteMeetingAction"
    package static let subjectKind = SubjectKind.resolution
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.completeMeetingAction

    /// The acting department when left out.
    package var department: DepartmentCode?
    package var attachments: [Attachment]?

    package init(department: DepartmentCode? = nil, attachments: [Attachment]? = nil) {
        self.department = department
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .resolution(let id) = context.subject else { throw JointMeetingRefusal.noSuchResolution.told }
        guard let department = department ?? context.actor.department else {
            throw JointMeetingRefusal.unknownDepartment.told
        }
        return try boundary.decideResolution(
            .complete(
                id, department, by: context.actor.department, attachments: attachments ?? [], sealed: context.sealed),
            context)
    }
}
