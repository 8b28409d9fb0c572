package import EventSourcing
package import RuleBook

/// Lays papers before the meeting for one item.
package struct AddAgendaPapers: HubCommand {
    package static let name = "AddAgendaPapers"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var item: ItemID
    package var papers: [Attachment]

    package init(item: ItemID, papers: [Attachment]) {
        self.item = item
        self.papers = papers
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.addPapers(item, papers), context)
    }
}
