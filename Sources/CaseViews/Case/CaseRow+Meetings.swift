import Casework
import EventSourcing
import RuleBook

extension CaseRow {
    /// Takes in what a meeting did as far as it is about this case.
    mutating func take(_ fact: JointMeetingEvent) {
        let id = fact.meeting
        switch fact {
        case .requested: changeMeeting(id) { $0.isOwn = true }
        case .refused: changeMeeting(id) { $0.state = .refused }
        case .requestPlaced(let placed):
            changeMeeting(id) { meeting in
                meeting.state = .placed
                meeting.placedOn = placed.joins
            }
        case .convened(let convened):
            changeMeeting(id) { meeting in
                meeting.number = convened.number
                meeting.meetsAt = convened.meetsAt
                meeting.state = .convened
            }
        case .postponed(let postponed): changeMeeting(id) { $0.meetsAt = postponed.meetsAt }
        case .cancelled: cancelMeeting(id)
        case .agendaItemAdded(let added): changeMeeting(id) { $0.take(added) }
        case .agendaItemWithdrawn(let withdrawal): withdraw(withdrawal)
        case .memberInvited(let member): changeMeeting(id) { $0.invited.appendOnce(member.department) }
        case .memberAttended(let member): changeMeeting(id) { $0.attended.appendOnce(member.department) }
        case .resolutionAdopted(let adopted):
            changeMeeting(id) { meeting in
                meeting.resolutions.append(
                    Resolution(id: adopted.resolution, condition: adopted.condition, actions: adopted.actions))
            }
        case .dissentRecorded(let dissent):
            changeResolution(id, dissent.resolution) { $0.dissents.appendOnce(dissent.department) }
        case .conditionMet(let met): changeResolution(id, met.resolution) { $0.isInForce = true }
        case .actionAssigned(let action):
            changeResolution(id, action.resolution) { $0.assigned.appendOnce(action.department) }
        case .actionDone(let done): changeResolution(id, done.resolution) { $0.done.appendOnce(done.department) }
        case .held: changeMeeting(id) { $0.state = .held }
        case .minutesCirculated(let minutes): changeMeeting(id) { $0.circulated.appendOnce(minutes.department) }
        case .minutesConfirmed(let minutes): changeMeeting(id) { $0.confirmed.appendOnce(minutes.department) }
        case .closed: changeMeeting(id) { $0.state = .closed }
        case .papersAdded, .opinionRecorded, .minutesSigned, .regularScheduled, .seriesEnded: break
        }
    }

    /// A request of this case waits again, here or where it was placed; a meeting it was a guest at is over for it.
    private mutating func cancelMeeting(_ id: MeetingID) {
        changeMeeting(id) { meeting in
            meeting.state = meeting.isOwn ? .requested : .cancelled
            meeting.meetsAt = nil
            meeting.invited = []
            meeting.attended = []
        }
        for index in meetings.indices where meetings[index].placedOn == id && meetings[index].state == .placed {
            meetings[index].state = .requested
            meetings[index].placedOn = nil
        }
    }

    /// An item left the agenda: a request whose last item it was waits again, a guest's part in the meeting is over.
    private mutating func withdraw(_ withdrawal: JointMeetingEvent.AgendaItemWithdrawn) {
        let leaving = withdrawal.departments ?? []
        changeMeeting(withdrawal.meeting) { meeting in
            meeting.agenda.removeAll { $0 == withdrawal.item }
            meeting.invited.removeAll(where: leaving.contains)
            meeting.attended.removeAll(where: leaving.contains)
            if !meeting.isOwn, meeting.agenda.isEmpty { meeting.state = .cancelled }
        }
        guard let request = withdrawal.request, meetings.contains(where: { $0.id == request }) else { return }
        changeMeeting(request) { meeting in
            meeting.state = .requested
            meeting.placedOn = nil
        }
    }

    private mutating func changeMeeting(_ id: MeetingID, _ change: (inout Meeting) -> Void) {
        if !meetings.contains(where: { $0.id == id }) { meetings.append(Meeting(id: id, state: .requested)) }
        guard let index = meetings.firstIndex(where: { $0.id == id }) else { return }
        change(&meetings[index])
    }

    private mutating func changeResolution(
        _ meeting: MeetingID, _ id: ResolutionID, _ change: (inout Resolution) -> Void
    ) {
        changeMeeting(meeting) { meeting in
            guard let index = meeting.resolutions.firstIndex(where: { $0.id == id }) else { return }
            change(&meeting.resolutions[index])
        }
    }
}

extension CaseRow.Meeting {
    /// A case that came later learns number and time with its first item.
    fileprivate mutating func take(_ added: JointMeetingEvent.AgendaItemAdded) {
        agenda.appendOnce(added.item)
        guard !isOwn else { return }
        if state == .cancelled { state = .requested }
        guard let number = added.number else { return }
        self.number = number
        meetsAt = added.meetsAt
        state = .convened
    }
}
