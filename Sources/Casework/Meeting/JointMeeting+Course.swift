import EventSourcing
import RuleBook

extension JointMeeting {
    /// Asks for a meeting; a department that asks learns its number and what becomes of it.
    func ask(_ request: JointMeetingEvent.Requested, _ sealed: [SealedText]) -> Decided<JointMeetingEvent> {
        var tags = tags(request.meeting, in: request.caseFile)
        var disclosure = Disclosure()
        if let department = request.department {
            tags.insert(.department(department))
            disclosure.add([DisclosedGroup(.reference)], for: department)
        }
        if let referral = request.disputes { tags.insert(.referral(referral)) }
        tags.formUnion((request.items ?? []).map(EventTag.item))
        return Decided(.requested(request), tags: tags, disclosure: disclosure, sealed: sealed)
    }

    func schedule(_ regular: JointMeetingEvent.RegularScheduled) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        guard stage == .none else { throw .alreadyRequested }
        guard (1...250).contains(regular.everyWorkingDays) else { throw .intervalOutOfRange }
        return [Decided(.regularScheduled(regular), tags: tags(regular.meeting, nil))]
    }

    /// Ends a series with this meeting, which may still take place.
    func endSeries() throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        guard let scheduled else { throw .notRegular }
        if isSeriesEnded { return [] }
        let id = try open()
        return [
            Decided(
                .seriesEnded(.init(meeting: id, series: scheduled.series)), tags: tags(id, wholeConcern))
        ]
    }

    /// Says no to a request that has not been called, with its reason.
    func refuse(_ reason: MeetingRefusalReason) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        if stage == .refused { return [] }
        let id = try open()
        guard let requested else { throw .onlyRequestsAreRefused }
        guard stage == .awaiting else { throw .alreadyConvened }
        guard placedRequests.isEmpty else { throw .othersPlacedHere }
        var tags = tags(id, in: requested.caseFile)
        var disclosure = Disclosure()
        if let department = requested.department {
            tags.insert(.department(department))
            disclosure.add([DisclosedGroup(.reference)], for: department)
        }
        let refused = JointMeetingEvent.Refused(
            meeting: id, caseFile: requested.caseFile, reason: reason, department: requested.department)
        return [Decided(.refused(refused), tags: tags, disclosure: disclosure)]
    }

    /// Takes the request of another case on this agenda: several cases at one table, each with its own items.
    func place(_ request: JointMeetingEvent.Requested, _ items: [ItemID]) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        if placedRequests.contains(request.meeting) { return [] }
        let id = try open()
        guard request.meeting != id else { throw .sameMeeting }
        guard !items.isEmpty else { throw .agendaEmpty }
        guard cases.contains(request.caseFile) || cases.count < Self.mostCases else { throw .agendaFull }
        let placed = JointMeetingEvent.RequestPlaced(
            meeting: request.meeting, caseFile: request.caseFile, joins: id)
        let isCalled = stage == .convened
        return [
            Decided(
                .requestPlaced(placed), tags: tags(id, in: request.caseFile, .meeting(request.meeting)))
        ]
            + items.filter { entry($0) == nil }.map { item in
                let added = JointMeetingEvent.AgendaItemAdded(
                    meeting: id, caseFile: request.caseFile, item: item, number: isCalled ? number : nil,
                    meetsAt: isCalled ? meetsAt : nil)
                return Decided(.agendaItemAdded(added), tags: tags(id, in: request.caseFile, .item(item)))
            }
    }

    func postpone(_ meetsAt: Instant, _ reason: PostponementReason) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        let id = try sitting()
        if self.meetsAt == meetsAt { return [] }
        let concern = wholeConcern
        return [
            Decided(
                .postponed(
                    .init(
                        meeting: id, caseFile: concern?.first, meetsAt: meetsAt, reason: reason, cases: concern?.all)),
                tags: tags(id, concern), disclosure: disclosureToMembers())
        ]
    }

    /// Takes back the call: requests wait again while their limit runs on; a regular meeting falls out.
    func cancel(_ reason: PostponementReason, _ next: JointMeetingEvent.RegularScheduled?)
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        if stage == .cancelled { return [] }
        let id = try open()
        if stage == .awaiting, requested != nil {
            // Called off before, and asked again: the request waits already.
            guard number != nil else { throw .notConvened }
            return []
        }
        guard resolutions.isEmpty else { throw .resolutionsStand }
        let concern = wholeConcern
        let cancelled = JointMeetingEvent.Cancelled(
            meeting: id, caseFile: concern?.first, reason: reason, cases: concern?.all)
        return [
            Decided(
                .cancelled(cancelled), tags: tags(id, concern).union(placedRequests.map(EventTag.meeting)),
                disclosure: disclosureToMembers())
        ] + followed(by: next)
    }

    func hold(_ attachments: [Attachment], _ next: JointMeetingEvent.RegularScheduled?)
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        if isHeld { return [] }
        let id = try sitting()
        guard members.contains(where: { !$0.attended.isEmpty }) else { throw .nobodyAttended }
        guard agenda.allSatisfy({ entry in members.contains { $0.attended.contains(entry.item) } }) else {
            throw .itemUnattended
        }
        guard let concern = wholeConcern else { throw .agendaEmpty }
        let held = JointMeetingEvent.Held(
            meeting: id, caseFile: concern.first, attachments: attachments, cases: concern.all)
        return [
            Decided(.held(held), tags: tags(id, concern).union(placedRequests.map(EventTag.meeting)))
        ] + followed(by: next)
    }

    /// The next meeting of the series, which is not about any case yet.
    private func followed(by next: JointMeetingEvent.RegularScheduled?) -> [Decided<JointMeetingEvent>] {
        guard let next, scheduled != nil, !isSeriesEnded else { return [] }
        return [Decided(.regularScheduled(next), tags: tags(next.meeting, nil))]
    }

    /// Closes the meeting once nothing of it is open.
    func close() throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        if stage == .closed { return [] }
        let id = try afterwards()
        guard isSigned else { throw .notSigned }
        let bodies = bodiesOfMinutes
        guard bodies.allSatisfy({ circulated[$0] != nil }) else { throw .extractsMissing }
        guard bodies.allSatisfy(confirmed.contains) else { throw .confirmationsMissing }
        guard !resolutions.values.contains(where: \.hasOpenAction) else { throw .actionsOpen }
        guard let concern = wholeConcern else { throw .agendaEmpty }
        return [
            Decided(
                .closed(.init(meeting: id, caseFile: concern.first, cases: concern.all)), tags: tags(id, concern))
        ]
    }
}
