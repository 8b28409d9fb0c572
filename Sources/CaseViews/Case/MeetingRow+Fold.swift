import Casework
package import EventSourcing
import RuleBook

extension MeetingRow {
    /// Takes in one event of the meeting, of whatever case on its agenda, or of a meeting it is joined with.
    package mutating func take(_ event: ReadEvent) {
        guard case .meeting(let fact) = event.event else { return }
        guard fact.meeting == id else {
            takeOther(fact)
            return
        }
        lastTouched = event.reference
        switch fact {
        case .requested, .regularScheduled: break
        case .seriesEnded: isSeriesEnded = true
        case .refused: state = .refused
        case .requestPlaced(let placed):
            state = .placed
            placedOn = placed.joins
        case .convened(let convened):
            state = .convened
            number = convened.number
            meetsAt = convened.meetsAt
        case .postponed(let postponed): meetsAt = postponed.meetsAt
        case .cancelled: cancel()
        case .agendaItemAdded(let added):
            agenda.append(
                AgendaItem(
                    item: added.item, caseFile: added.caseFile, papers: [], invited: [], attended: [], opinions: []))
        case .agendaItemWithdrawn(let withdrawal):
            agenda.removeAll { $0.item == withdrawal.item }
            if let request = withdrawal.request { placedRequests.removeAll { $0 == request } }
        case .papersAdded(let added): change([added.item]) { $0.papers += added.papers }
        case .memberInvited(let member): change(member.items) { $0.invited.appendOnce(member.department) }
        case .memberAttended(let member):
            // Old events name no items: the body was there for all it was invited to.
            let invited = agenda.filter { $0.invited.contains(member.department) }.map(\.item)
            change(member.items ?? invited) { $0.attended.appendOnce(member.department) }
        case .opinionRecorded(let opinion):
            change([opinion.item]) {
                $0.opinions.append(Opinion(department: opinion.department, stance: opinion.stance))
            }
        case .held: state = .held
        case .closed: state = .closed
        case .resolutionAdopted, .dissentRecorded, .conditionMet, .actionAssigned, .actionDone: takeResolved(fact)
        case .minutesSigned, .minutesCirculated, .minutesConfirmed: takeMinutes(fact)
        }
    }

    private mutating func takeOther(_ fact: JointMeetingEvent) {
        if case .requestPlaced(let placed) = fact, placed.joins == id { placedRequests.appendOnce(placed.meeting) }
        if case .agendaItemWithdrawn(let withdrawal) = fact, withdrawal.request == id, state == .placed {
            state = .requested
            placedOn = nil
        }
        if case .cancelled(let cancelled) = fact, placedOn == cancelled.meeting, state == .placed {
            state = .requested
            placedOn = nil
        }
    }

    private mutating func takeResolved(_ fact: JointMeetingEvent) {
        if case .resolutionAdopted(let adopted) = fact {
            resolutions.append(
                Resolution(
                    id: adopted.resolution, caseFile: adopted.caseFile, condition: adopted.condition,
                    isInForce: adopted.condition == nil, actions: adopted.actions,
                    assignments: adopted.assignments ?? [], disputed: adopted.designates, ruling: adopted.ruling,
                    dissents: [], assigned: [], done: []))
        }
        if case .dissentRecorded(let dissent) = fact {
            change(dissent.resolution) { $0.dissents.appendOnce(dissent.department) }
        }
        if case .conditionMet(let met) = fact { change(met.resolution) { $0.isInForce = true } }
        if case .actionAssigned(let action) = fact {
            change(action.resolution) { $0.assigned.appendOnce(action.department) }
        }
        if case .actionDone(let done) = fact { change(done.resolution) { $0.done.appendOnce(done.department) } }
    }

    private mutating func takeMinutes(_ fact: JointMeetingEvent) {
        if case .minutesSigned = fact { isSigned = true }
        if case .minutesCirculated(let minutes) = fact {
            extracts.append(
                Extract(
                    department: minutes.department, delivery: minutes.delivery,
                    cases: minutes.cases ?? [minutes.caseFile], items: minutes.items ?? [], actions: minutes.actions,
                    assignments: minutes.assignments ?? [], attachments: minutes.attachments, answer: .awaited))
        }
        if case .minutesConfirmed(let minutes) = fact,
            let index = extracts.firstIndex(where: { $0.department == minutes.department })
        {
            extracts[index].answer = minutes.isSilent ? .silent : .confirmed
        }
    }

    private mutating func cancel() {
        state = requestedFor == nil ? .cancelled : .requested
        meetsAt = nil
        placedRequests = []
        agenda.removeAll { $0.caseFile != requestedFor }
        for index in agenda.indices {
            agenda[index].invited = []
            agenda[index].attended = []
            agenda[index].opinions = []
        }
    }

    private mutating func change(_ items: [ItemID], _ change: (inout AgendaItem) -> Void) {
        for index in agenda.indices where items.contains(agenda[index].item) { change(&agenda[index]) }
    }

    private mutating func change(_ id: ResolutionID, _ change: (inout Resolution) -> Void) {
        guard let index = resolutions.firstIndex(where: { $0.id == id }) else { return }
        change(&resolutions[index])
    }
}

extension ReadEvent {
    /// Every meeting it changes: its own, and those joined with it by placing a request.
    package var meetingIDs: [MeetingID] {
        guard case .meeting(let fact) = event else { return [] }
        let tagged = recorded.tags.filter { $0.kind == .meeting }.compactMap { MeetingID(String($0.name)) }
        return [fact.meeting] + tagged.filter { $0 != fact.meeting }
    }
}
