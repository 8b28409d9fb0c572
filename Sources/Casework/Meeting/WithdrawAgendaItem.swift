package import EventSourcing
package import RuleBook

/// Takes one item off the agenda of a meeting that has not been held.
package struct WithdrawAgendaItem: HubCommand {
    package static let name = "WithdrawAgendaItem"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    package var item: ItemID
    package var reason: PostponementReason

    package init(item: ItemID, reason: PostponementReason) {
        self.item = item
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.meetingBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideMeeting(.withdraw(item, reason), context)
    }
}
