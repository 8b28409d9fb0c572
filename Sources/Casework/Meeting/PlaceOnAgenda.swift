package import EventSourcing
package import RuleBook

/// Places the request it is addressed to on the agenda of another meeting, regular or called for another case.
package struct PlaceOnAgenda: HubCommand {
    package static let name = "PlaceOnAgenda"
    package static let subjectKind = SubjectKind.meeting
    package static let action = Action.runMeeting

    /// The meeting that shall deal with it.
    package var agendaOf: MeetingID
    /// What was asked for when left out, else everything triaged to a meeting.
    package var items: [ItemID]?

    package init(agendaOf: MeetingID, items: [ItemID]? = nil) {
        self.agendaOf = agendaOf
        self.items = items
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        context.meetingBoundary.or(context.caseBoundary).or(.tagged(.meeting(agendaOf)))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.place(self, context)
    }
}
