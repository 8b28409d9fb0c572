import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

extension CommandContext {
    /// A meeting is one boundary: everything that carries its tag, of whatever case.
    var meetingBoundary: EventQuery { subjectBoundary }
}

extension Boundary {
    /// One meeting as its own tag tells it, with all cases on its agenda.
    func jointMeeting(_ id: MeetingID) -> JointMeeting {
        JointMeeting(
            replaying: casework(tagged: .meeting(id)).compactMap { event in
                guard case .meeting(let event) = event else { return nil }
                return event
            }.drop { $0.meeting != id })
    }

    /// The meeting the command is addressed to.
    func meeting(_ context: CommandContext) throws(CommandRefusal) -> (MeetingID, JointMeeting) {
        guard case .meeting(let id) = context.subject else { throw JointMeetingRefusal.unknown.told }
        let meeting = jointMeeting(id)
        guard meeting.id == id else { throw JointMeetingRefusal.unknown.told }
        return (id, meeting)
    }

    /// Decides on the meeting the command is addressed to.
    func decideMeeting(_ command: JointMeetingCommand, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<HubEvent>]
    {
        let (id, meeting) = try meeting(context)
        try requireTime(sinceMeeting: id, context)
        return try telling { () throws(JointMeetingRefusal) in
            try meeting.decide(command)
        }.map { $0.lifted { HubEvent.casework(.meeting($0)) } }
    }

    /// Decides on the resolution the command is addressed to, within its case.
    func decideResolution(_ command: JointMeetingCommand, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<HubEvent>]
    {
        guard case .resolution(let id) = context.subject, let meeting = meetingOfResolution(context) else {
            throw JointMeetingRefusal.noSuchResolution.told
        }
        let adopted = first(.meeting(.resolutionAdopted), tagged: .resolution(id))
        try context.requireTime(notBefore: adopted?.recorded.occurredAt)
        // The case tells what concerns it; the meeting's own tag, where it was read, tells everything.
        let whole = jointMeeting(meeting)
        let known =
            whole.resolutions[id] == nil
            ? context.caseID.flatMap { caseFile($0).meetings[meeting] } ?? whole : whole
        return try telling { () throws(JointMeetingRefusal) in
            try known.decide(command)
        }.map { $0.lifted { HubEvent.casework(.meeting($0)) } }
    }

    /// The meeting that adopted the resolution the command is addressed to.
    func meetingOfResolution(_ context: CommandContext) -> MeetingID? {
        guard case .resolution(let id) = context.subject, let caseID = context.caseID else { return nil }
        return caseFile(caseID).resolution(id)?.meeting
    }

    /// Calls the meeting; a regular one has no case of its own, only what was placed on its agenda.
    func convene(_ meeting: JointMeeting, _ body: ConveneJointMeeting, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<HubEvent>]
    {
        guard let id = meeting.id else { throw JointMeetingRefusal.unknown.told }
        guard meeting.requested == nil else {
            return try decide(
                .convene(meeting, body), context, notBefore: .meeting(.requested), of: .meeting(id))
        }
        let members = try context.rules.bodies(body.members)
        return try decideMeeting(
            .convene(
                number: context.proposedMeetingNumber, meetsAt: body.meetsAt, items: body.items ?? [],
                members: members), context)
    }

    /// Places the request the command is addressed to on the agenda of another meeting.
    func place(_ body: PlaceOnAgenda, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (id, request) = try meeting(context)
        let target = jointMeeting(body.agendaOf)
        guard target.id != nil else { throw JointMeetingRefusal.unknown.told }
        guard request.requested != nil else { throw JointMeetingRefusal.onlyRequestsAreRefused.told }
        return try decide(
            .place(request, on: target, items: body.items), context, notBefore: .meeting(.requested), of: .meeting(id))
    }

    /// Adopts a resolution on one of the cases on the agenda.
    func adopt(_ body: AdoptResolution, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (id, meeting) = try meeting(context)
        try requireTime(sinceMeeting: id, context)
        guard let caseID = body.caseFile ?? meeting.requested?.caseFile ?? meeting.cases.first,
            first(.caseFile(.opened), tagged: .caseFile(caseID)) != nil
        else { throw CaseFileRefusal.unknown.told }
        return try caseFile(caseID).decide(CaseFileCommand(.adopt(meeting, body), context)).map {
            $0.lifted(HubEvent.casework)
        }
    }

    /// Begins a series with its first meeting.
    func schedule(_ body: ScheduleMeetingSeries, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<HubEvent>]
    {
        let id = MeetingID(context.identifier(0))
        let regular = JointMeetingEvent.RegularScheduled(
            meeting: id, series: id, kind: .jointMeeting,
            meetsOn: try context.workingDay { () throws(CalendarError) in
                try context.calendar.firstWorkingDay(from: body.firstDay)
            }, everyWorkingDays: body.everyWorkingDays)
        return try telling { () throws(JointMeetingRefusal) in
            try JointMeeting().decide(.schedule(regular))
        }.map { $0.lifted { HubEvent.casework(.meeting($0)) } }
    }

    /// The meeting that follows in the series: so many working days after the later of its day and today.
    func nextOfSeries(_ context: CommandContext) throws(CommandRefusal) -> JointMeetingEvent.RegularScheduled? {
        let (_, meeting) = try meeting(context)
        guard let scheduled = meeting.scheduled, !meeting.isSeriesEnded else { return nil }
        let day = try context.workingDay { () throws(CalendarError) in
            try context.calendar.workingDay(scheduled.everyWorkingDays, after: max(scheduled.meetsOn, context.day))
        }
        return JointMeetingEvent.RegularScheduled(
            meeting: MeetingID(context.identifier(1)), series: scheduled.series, kind: scheduled.kind, meetsOn: day,
            everyWorkingDays: scheduled.everyWorkingDays)
    }

    /// Silence is recorded once the limit for confirming has passed, not before.
    func requireSilenceOver(_ department: DepartmentCode, _ context: CommandContext) throws(CommandRefusal) {
        let (id, meeting) = try meeting(context)
        guard !meeting.confirmed.contains(department), let name = DeadlineRuleID("meeting.confirm"),
            let circulated = entries.last(where: { entry in
                guard case .casework(.meeting(.minutesCirculated(let extract))) = entry.event else { return false }
                return extract.meeting == id && extract.department == department
            }),
            let rule = context.rules.deadlineRule(
                name, on: CivilDay(containing: circulated.recorded.occurredAt.milliseconds))
        else { return }
        let due = try? DeadlineEvaluation.evaluate(
            terms: rule.terms, start: circulated.recorded.occurredAt, calendar: context.calendar)
        guard let dueAt = due?.dueAt, context.occurredAt < dueAt else { return }
        throw JointMeetingRefusal.silenceTooEarly.told
    }

    private func requireTime(sinceMeeting id: MeetingID, _ context: CommandContext) throws(CommandRefusal) {
        let start =
            first(.meeting(.requested), tagged: .meeting(id))
            ?? first(.meeting(.regularScheduled), tagged: .meeting(id))
        try context.requireTime(notBefore: start?.recorded.occurredAt)
    }
}

extension CommandContext {
    fileprivate func workingDay(_ find: () throws(CalendarError) -> CivilDay) throws(CommandRefusal) -> CivilDay {
        do throws(CalendarError) {
            return try find()
        } catch {
            throw JointMeetingRefusal.dayUnknown.told
        }
    }
}
