import EventSourcing
import RuleBook

extension JointMeeting {
    /// Adopts a resolution on one case; a judicial body bears nothing, an item gets one lead (I-8), and a body has at
    /// most one action of a resolution that is no referral.
    func adopt(
        _ resolution: JointMeetingEvent.ResolutionAdopted, _ judicial: Set<DepartmentCode>, _ sealed: [SealedText]
    ) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        guard id != nil, stage != .none else { throw .unknown }
        // The same words are the same resolution, whatever identifier came with them.
        if resolutions.values.contains(where: { isSame($0.adopted, resolution) }) { return [] }
        let id = try sitting()
        let assignments = resolution.assignments ?? []
        guard isAttended(resolution) else { throw .nobodyAttended }
        guard !resolution.actions.isEmpty || !assignments.isEmpty || resolution.designates != nil else {
            throw .actionsMissing
        }
        guard resolution.ruling == nil || resolution.designates != nil else { throw .disputeMissing }
        var led = Set(resolutions.values.flatMap(\.adopted.actions).flatMap(\.items))
        for action in resolution.actions {
            guard judicial.isDisjoint(with: [action.lead] + action.coHandlers) else { throw .judicialBearsNothing }
            for item in action.items {
                try requireAttended(item, of: resolution.caseFile)
                guard led.insert(item).inserted else { throw .itemHasLead }
            }
        }
        var bodies: Set<DepartmentCode> = []
        for assignment in assignments {
            let named = [assignment.department] + (assignment.coHandlers ?? [])
            guard judicial.isDisjoint(with: named) else { throw .judicialBearsNothing }
            guard bodies.insert(assignment.department).inserted else { throw .bodyHasAction }
            for item in assignment.items ?? [] { try requireAttended(item, of: resolution.caseFile) }
        }
        let items = resolution.actions.flatMap(\.items) + assignments.flatMap { $0.items ?? [] }
        let tags = tags(id, in: resolution.caseFile, .resolution(resolution.resolution))
            .union(items.map(EventTag.item)).union(resolution.designates.map { [.referral($0)] } ?? [])
            .union(sealed.map { .person($0.person) })
        let adopted = Decided(JointMeetingEvent.resolutionAdopted(resolution), tags: tags, sealed: sealed)
        return [adopted] + (resolution.condition == nil ? assigned(by: resolution, id) : [])
    }

    private func isAttended(_ resolution: JointMeetingEvent.ResolutionAdopted) -> Bool {
        let items = agenda.filter { $0.caseFile == resolution.caseFile }.map(\.item)
        return members.contains { !$0.attended.filter(items.contains).isEmpty }
    }

    private func requireAttended(_ item: ItemID, of caseFile: CaseID) throws(JointMeetingRefusal) {
        guard entry(item)?.caseFile == caseFile else { throw .notOnAgenda }
        guard members.contains(where: { $0.attended.contains(item) }) else { throw .itemUnattended }
    }

    private func isSame(
        _ left: JointMeetingEvent.ResolutionAdopted, _ right: JointMeetingEvent.ResolutionAdopted
    ) -> Bool {
        left.caseFile == right.caseFile && left.condition == right.condition && left.actions == right.actions
            && left.designates == right.designates && left.ruling == right.ruling
            && left.assignments == right.assignments
    }

    /// What bodies shall do that is no referral, once the resolution holds; each learns of its own part.
    private func assigned(by resolution: JointMeetingEvent.ResolutionAdopted, _ id: MeetingID)
        -> [Decided<JointMeetingEvent>]
    {
        (resolution.assignments ?? []).map { assignment in
            let action = JointMeetingEvent.ActionAssigned(
                meeting: id, caseFile: resolution.caseFile, resolution: resolution.resolution, assignment: assignment)
            var tags = tags(id, in: resolution.caseFile, .resolution(resolution.resolution))
            var disclosure = Disclosure()
            for department in [assignment.department] + (assignment.coHandlers ?? []) {
                tags.insert(.department(department))
                disclosure.add([DisclosedGroup(.reference)], for: department)
            }
            return Decided(.actionAssigned(action), tags: tags, disclosure: disclosure)
        }
    }

    /// A body that attended the case's items may have its dissent recorded until the meeting is closed.
    func dissent(_ resolution: ResolutionID, _ department: DepartmentCode, _ sealed: [SealedText])
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        guard let id, let known = resolutions[resolution] else { throw .noSuchResolution }
        if known.dissents.contains(department) { return [] }
        guard stage != .closed else { throw .alreadyClosed }
        let caseFile = known.adopted.caseFile
        let items = agenda.filter { $0.caseFile == caseFile }.map(\.item)
        guard membership(department)?.attended.contains(where: items.contains) == true else { throw .notAttended }
        let dissent = JointMeetingEvent.DissentRecorded(
            meeting: id, caseFile: caseFile, resolution: resolution, department: department)
        return [
            Decided(
                .dissentRecorded(dissent),
                tags: tags(id, in: caseFile, .resolution(resolution), .department(department))
                    .union(sealed.map { .person($0.person) }),
                sealed: sealed)
        ]
    }

    /// A conditional resolution takes effect; the case has checked the evidence.
    func meetCondition(_ resolution: ResolutionID, _ evidence: ReferralID?) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        guard let id, stage != .none else { throw .unknown }
        guard let known = resolutions[resolution] else { throw .noSuchResolution }
        guard known.adopted.condition != nil else { throw .resolutionHasNoCondition }
        if known.isConditionMet { return [] }
        let caseFile = known.adopted.caseFile
        let met = JointMeetingEvent.ConditionMet(
            meeting: id, caseFile: caseFile, resolution: resolution, evidence: evidence)
        return [
            Decided(
                .conditionMet(met),
                tags: tags(id, in: caseFile, .resolution(resolution))
                    .union(evidence.map { [.referral($0)] } ?? []))
        ] + assigned(by: known.adopted, id)
    }

    /// The body did what the meeting had given it to do; the centre may record it for one.
    func complete(
        _ resolution: ResolutionID, _ department: DepartmentCode, by actor: DepartmentCode?,
        _ attachments: [Attachment], _ sealed: [SealedText]
    ) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        guard let id, let known = resolutions[resolution] else { throw .noSuchResolution }
        guard actor == nil || actor == department else { throw .notTheirs }
        guard known.assigned.contains(department) else {
            throw known.isInForce ? .noSuchAction : .resolutionWaits
        }
        if known.done.contains(department) { return [] }
        let caseFile = known.adopted.caseFile
        let done = JointMeetingEvent.ActionDone(
            meeting: id, caseFile: caseFile, resolution: resolution, department: department, attachments: attachments)
        return [
            Decided(
                .actionDone(done),
                tags: tags(id, in: caseFile, .resolution(resolution), .department(department))
                    .union(sealed.map { .person($0.person) }),
                disclosure: Disclosure([department: [DisclosedGroup(.reference)]]), sealed: sealed)
        ]
    }
}
