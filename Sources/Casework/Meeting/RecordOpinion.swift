package import EventSourcing
package import RuleBook

/// Records the opinion of one body on one item; its words come sealed.
package struct RecordOpinion: HubCommand {
    package static let name = "RecordOpinion"
    package static let subjectKind = SubjectKind.meeting
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.runMeeting

    package var department: DepartmentCode
    package var item: ItemID
    package var stance: OpinionStance

    package init(department: DepartmentCode, item: ItemID, stance: OpinionStance) {
        self.department = department
        self.item = item
        self.stance = stance
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.recordOpinion(department, item: item, stance, sealed: context.sealed), context)
    }
}
