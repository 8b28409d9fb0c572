import EventSourcing
import RuleBook

extension JointMeeting {
    /// Calls the meeting; called again, only new items and members are added.
    func convene(number: EntityNumber, meetsAt: Instant?, items: [ItemID], members invited: [Department])
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        guard let requested else { throw .unknown }
        guard !isHeld else { throw .alreadyHeld }
        let meeting = requested.meeting
        let caseFile = requested.caseFile
        let newItems = items.filter { !agenda.contains($0) }
        guard !(agenda.isEmpty && newItems.isEmpty) else { throw .agendaEmpty }
        guard !(members.isEmpty && invited.isEmpty) else { throw .membersMissing }
        let number = convened?.number ?? number
        let meetsAt = convened.map(\.meetsAt) ?? meetsAt
        var decided: [Decided<JointMeetingEvent>] = []
        if convened == nil {
            decided.append(
                Decided(
                    .convened(
                        .init(
                            meeting: meeting, caseFile: caseFile, number: number, kind: requested.kind,
                            meetsAt: meetsAt)),
                    tags: tags(requested, .number(number))))
        }
        for item in newItems {
            decided.append(
                Decided(
                    .agendaItemAdded(.init(meeting: meeting, caseFile: caseFile, item: item)),
                    tags: tags(requested, .item(item))))
        }
        for department in invited where !members.contains(department.code) {
            let onPaper = department.kind.isServedOnPaper
            let invitation = JointMeetingEvent.MemberInvited(
                meeting: meeting, caseFile: caseFile, number: number, department: department.code,
                items: agenda + newItems, meetsAt: meetsAt, delivery: onPaper ? .paper : .feed)
            decided.append(
                Decided(
                    .memberInvited(invitation), tags: tags(requested, .department(department.code)),
                    disclosure: onPaper ? .none : Disclosure([department.code: [DisclosedGroup(.reference)]])))
        }
        return decided
    }

    func attend(_ attendees: [Attendee]) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        let requested = try sitting()
        for attendee in attendees {
            guard members.contains(attendee.department) else { throw .notInvited }
            if let post = attendee.post, post.department != attendee.department { throw .postOfAnotherDepartment }
        }
        return attendees.filter { !attended.contains($0.department) }.map { attendee in
            Decided(
                .memberAttended(
                    .init(
                        meeting: requested.meeting, caseFile: requested.caseFile, department: attendee.department,
                        post: attendee.post)),
                tags: tags(requested, .department(attendee.department)))
        }
    }

    func recordOpinion(
        _ department: DepartmentCode, _ item: ItemID, _ stance: OpinionStance, _ sealed: [SealedText]
    ) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        let requested = try sitting()
        guard attended.contains(department) else { throw .notAttended }
        guard agenda.contains(item) else { throw .notOnAgenda }
        if let before = opinions[OpinionKey(department: department, item: item)] {
            guard before == stance else { throw .opinionDiffers }
            return []
        }
        return [
            Decided(
                .opinionRecorded(
                    .init(
                        meeting: requested.meeting, caseFile: requested.caseFile, department: department, item: item,
                        stance: stance)),
                tags: tags(requested, .department(department), .item(item)).union(sealed.map { .person($0.person) }),
                sealed: sealed)
        ]
    }

    /// Adopts a resolution; a judicial body bears no action, and an item gets one lead (I-8).
    func adopt(_ resolution: JointMeetingEvent.ResolutionAdopted, _ judicial: Set<DepartmentCode>)
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        guard requested != nil else { throw .unknown }
        // The same words are the same resolution, whatever identifier came with them.
        if resolutions.values.contains(where: { isSame($0.adopted, resolution) }) { return [] }
        let requested = try sitting()
        guard !attended.isEmpty else { throw .nobodyAttended }
        guard !resolution.actions.isEmpty || resolution.designates != nil else { throw .actionsMissing }
        var led = Set(resolutions.values.flatMap(\.adopted.actions).flatMap(\.items))
        for action in resolution.actions {
            guard judicial.isDisjoint(with: [action.lead] + action.coHandlers) else { throw .judicialBearsNothing }
            for item in action.items {
                guard agenda.contains(item) else { throw .notOnAgenda }
                guard led.insert(item).inserted else { throw .itemHasLead }
            }
        }
        let items = resolution.actions.flatMap(\.items).map(EventTag.item)
        let referral = resolution.designates.map { [EventTag.referral($0)] } ?? []
        return [
            Decided(
                .resolutionAdopted(resolution),
                tags: tags(requested, .resolution(resolution.resolution)).union(items).union(referral))
        ]
    }

    private func isSame(
        _ left: JointMeetingEvent.ResolutionAdopted, _ right: JointMeetingEvent.ResolutionAdopted
    ) -> Bool {
        left.condition == right.condition && left.actions == right.actions && left.designates == right.designates
    }

    func hold(_ attachments: [Attachment]) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        if isHeld { return [] }
        let requested = try sitting()
        guard !attended.isEmpty else { throw .nobodyAttended }
        return [
            Decided(
                .held(.init(meeting: requested.meeting, caseFile: requested.caseFile, attachments: attachments)),
                tags: tags(requested))
        ]
    }
}
