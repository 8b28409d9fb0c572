import EventSourcing

extension JointMeeting {
    package mutating func evolve(with event: JointMeetingEvent) {
        if id == nil { id = event.meeting }
        guard event.meeting == id else {
            evolve(withOther: event)
            return
        }
        switch event {
        case .requested(let requested):
            self.requested = requested
            stage = .awaiting
        case .regularScheduled(let scheduled):
            self.scheduled = scheduled
            stage = .awaiting
        case .seriesEnded: isSeriesEnded = true
        case .refused: stage = .refused
        case .requestPlaced(let placed): stage = .placed(on: placed.joins)
        case .convened(let convened):
            number = convened.number
            meetsAt = convened.meetsAt
            stage = .convened
        case .postponed(let postponed): meetsAt = postponed.meetsAt
        case .cancelled: cancelled()
        case .agendaItemAdded(let added): put(added)
        case .agendaItemWithdrawn(let withdrawal): remove(withdrawal)
        case .papersAdded(let added):
            if let index = agenda.firstIndex(where: { $0.item == added.item }) {
                agenda[index].papers += added.papers
            }
        case .memberInvited(let invited): seat(invited)
        case .memberAttended(let attendance): attended(attendance)
        case .opinionRecorded(let opinion):
            opinions[OpinionKey(department: opinion.department, item: opinion.item)] = opinion.stance
        case .held: stage = .held
        case .minutesSigned: isSigned = true
        case .minutesCirculated(let circulation): circulated[circulation.department] = circulation
        case .minutesConfirmed(let confirmation): confirmed.insert(confirmation.department)
        case .closed: stage = .closed
        case .resolutionAdopted(let adopted):
            resolutions[adopted.resolution] = Resolution(adopted: adopted)
            resolutionOrder.append(adopted.resolution)
        case .dissentRecorded(let dissent): resolutions[dissent.resolution]?.dissents.append(dissent.department)
        case .conditionMet(let met): resolutions[met.resolution]?.isConditionMet = true
        case .actionAssigned(let action): resolutions[action.resolution]?.assigned.append(action.department)
        case .actionDone(let done): resolutions[done.resolution]?.done.append(done.department)
        }
    }

    /// What another meeting means for this one: it takes a request, or gives back what was placed on it.
    private mutating func evolve(withOther event: JointMeetingEvent) {
        switch event {
        case .requestPlaced(let placed):
            guard placed.joins == id else { return }
            placedRequests.append(placed.meeting)
            placedCases[placed.meeting] = placed.caseFile
        case .agendaItemWithdrawn(let withdrawal):
            if withdrawal.request == id { stage = .awaiting }
        case .cancelled(let cancelled):
            if stage == .placed(on: cancelled.meeting) { stage = .awaiting }
        case .requested, .refused, .regularScheduled, .seriesEnded, .convened, .postponed, .agendaItemAdded,
            .papersAdded, .memberInvited, .memberAttended, .opinionRecorded, .resolutionAdopted, .dissentRecorded,
            .held, .minutesSigned, .minutesCirculated, .minutesConfirmed, .conditionMet, .actionAssigned, .actionDone,
            .closed:
            break
        }
    }

    /// A request of one's own waits again with its own items; what was placed here goes back to its requests.
    private mutating func cancelled() {
        members = []
        opinions = [:]
        placedRequests = []
        meetsAt = nil
        agenda.removeAll { $0.caseFile != requested?.caseFile }
        stage = requested == nil ? .cancelled : .awaiting
    }

    private mutating func put(_ added: JointMeetingEvent.AgendaItemAdded) {
        withdrawn.remove(added.item)
        agenda.append(AgendaEntry(item: added.item, caseFile: added.caseFile))
        if let number = added.number { self.number = number }
        if let meetsAt = added.meetsAt { self.meetsAt = meetsAt }
        // A case that came later sees the meeting from its first item on.
        guard requested == nil, scheduled == nil, stage == .none || stage == .cancelled else { return }
        stage = added.number == nil ? .awaiting : .convened
    }

    private mutating func seat(_ invited: JointMeetingEvent.MemberInvited) {
        guard let index = members.firstIndex(where: { $0.department == invited.department }) else {
            members.append(
                Membership(department: invited.department, delivery: invited.delivery, invited: invited.items))
            return
        }
        members[index].invited += invited.items.filter { !members[index].invited.contains($0) }
    }

    private mutating func attended(_ attendance: JointMeetingEvent.MemberAttended) {
        guard let index = members.firstIndex(where: { $0.department == attendance.department }) else { return }
        let items = attendance.items ?? members[index].invited
        members[index].attended += items.filter { !members[index].attended.contains($0) }
    }
}

extension JointMeeting {
    /// What an event says of the cases it concerns: one by name, all of them where there are several.
    typealias Concern = (first: CaseID, all: [CaseID]?)

    /// All cases on the agenda; nothing for a meeting that has none yet.
    var wholeConcern: Concern? { concern(cases) }

    /// The cases of some items, in the agenda's order.
    func concern(of items: [ItemID], and more: [CaseID] = []) -> Concern? {
        let touched = Set(items.compactMap { entry($0)?.caseFile }).union(more)
        return concern(cases.filter(touched.contains))
    }

    private func concern(_ cases: [CaseID]) -> Concern? {
        cases.first.map { ($0, cases.count > 1 ? cases : nil) }
    }

    /// Tags of an event about this meeting: itself, the cases it concerns, and what else it names.
    func tags(_ meeting: MeetingID, _ concern: Concern?, _ more: EventTag...) -> Set<EventTag> {
        let cases = concern.map { $0.all ?? [$0.first] } ?? []
        return Set([.meeting(meeting)] + cases.map(EventTag.caseFile) + more)
    }

    /// Tags of an event about this meeting and one case.
    func tags(_ meeting: MeetingID, in caseFile: CaseID, _ more: EventTag...) -> Set<EventTag> {
        Set([.meeting(meeting), .caseFile(caseFile)] + more)
    }

    /// Tells the bodies at the table that have a feed; a judicial body is written to on paper.
    func disclosureToMembers() -> Disclosure {
        var disclosure = Disclosure()
        for member in members where member.delivery == .feed {
            disclosure.add([DisclosedGroup(.reference)], for: member.department)
        }
        return disclosure
    }

    /// The meeting while it can still be prepared and held.
    func sitting() throws(JointMeetingRefusal) -> MeetingID {
        let id = try open()
        guard stage == .convened else { throw .notConvened }
        return id
    }

    /// The meeting before it takes place, called or not.
    func open() throws(JointMeetingRefusal) -> MeetingID {
        guard let id, stage != .none else { throw .unknown }
        switch stage {
        case .none, .awaiting, .convened: return id
        case .held, .closed: throw .alreadyHeld
        case .refused: throw .wasRefused
        case .cancelled: throw .wasCancelled
        case .placed: throw .placedElsewhere
        }
    }

    /// The meeting once it took place.
    func afterwards() throws(JointMeetingRefusal) -> MeetingID {
        guard let id, stage != .none else { throw .unknown }
        guard isHeld else { throw .notHeld }
        return id
    }
}
