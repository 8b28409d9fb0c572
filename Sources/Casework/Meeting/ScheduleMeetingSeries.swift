package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Begins a series of regular meetings, whose agendas are collected from requests.
package struct ScheduleMeetingSeries: HubCommand {
    package static let name = "ScheduleMeetingSeries"
    package static let subjectKind = SubjectKind.none
    package static let action = Action.runMeeting

    /// Moved to the next working day when it is none.
    package var firstDay: CivilDay
    /// 1 through 250.
    package var everyWorkingDays: Int

    package init(firstDay: CivilDay, everyWorkingDays: Int) {
        self.firstDay = firstDay
        self.everyWorkingDays = everyWorkingDays
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        .tagged(.meeting(MeetingID(context.identifier(0))))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.schedule(self, context)
    }
}
