import EventSourcing
import RuleBook

extension JointMeeting {
    /// Calls the meeting; called again, only new items and members are added.
    func convene(number: EntityNumber, meetsAt: Instant?, items: [ItemID], members invited: [Department])
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        let id = try open()
        let newItems = items.filter { entry($0) == nil }
        guard !(agenda.isEmpty && newItems.isEmpty) else { throw .agendaEmpty }
        guard !(members.isEmpty && invited.isEmpty) || cases.count > 1 else { throw .membersMissing }
        var whole = self
        var decided: [Decided<JointMeetingEvent>] = []
        if stage != .convened {
            whole.number = self.number ?? number
            whole.meetsAt = meetsAt
        }
        if let home = requested?.caseFile {
            whole.agenda += newItems.map { AgendaEntry(item: $0, caseFile: home) }
        } else if !newItems.isEmpty {
            throw .notOnAgenda
        }
        guard let concern = whole.wholeConcern, let called = whole.number else { throw .agendaEmpty }
        if stage != .convened {
            let convened = JointMeetingEvent.Convened(
                meeting: id, caseFile: concern.first, number: called, kind: requested?.kind ?? .jointMeeting,
                meetsAt: whole.meetsAt, cases: concern.all)
            decided.append(Decided(.convened(convened), tags: tags(id, concern, .number(called))))
        }
        for item in newItems {
            decided.append(
                Decided(
                    .agendaItemAdded(.init(meeting: id, caseFile: concern.first, item: item)),
                    tags: tags(id, in: concern.first, .item(item))))
        }
        for department in invited { decided += try whole.invitation(of: department, to: nil, id, called) }
        return decided
    }

    func invite(_ department: Department, _ items: [ItemID]?) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        let id = try sitting()
        guard let number else { throw .notConvened }
        return try invitation(of: department, to: items, id, number)
    }

    /// Invites a body to what it is not invited to yet.
    ///
    /// With several cases on the agenda nobody is invited to all of them by leaving the items out: an invitation
    /// tells a body which cases there are.
    private func invitation(of department: Department, to items: [ItemID]?, _ id: MeetingID, _ number: EntityNumber)
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        guard items != nil || cases.count == 1 else { throw .itemsMissing }
        let wanted = items ?? agenda.map(\.item)
        guard wanted.allSatisfy({ entry($0) != nil }) else { throw .notOnAgenda }
        let known = membership(department.code)?.invited ?? []
        let new = wanted.filter { !known.contains($0) }
        guard !new.isEmpty, let concern = concern(of: new) else { return [] }
        let papers = agenda.filter { new.contains($0.item) }.flatMap { entry in
            entry.papers.map { AgendaPaper(item: entry.item, paper: $0) }
        }
        let onPaper = department.kind.isServedOnPaper
        let invitation = JointMeetingEvent.MemberInvited(
            meeting: id, caseFile: concern.first, number: number, department: department.code, items: new,
            meetsAt: meetsAt, delivery: onPaper ? .paper : .feed, cases: concern.all,
            papers: papers.isEmpty ? nil : papers)
        return [
            Decided(
                .memberInvited(invitation), tags: tags(id, concern, .department(department.code)),
                disclosure: onPaper ? .none : Disclosure([department.code: [DisclosedGroup(.reference)]]))
        ]
    }

    /// Lays papers before the meeting for one item; who is invited to the item learns of them, nobody else.
    func addPapers(_ item: ItemID, _ papers: [Attachment]) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        let id = try open()
        guard let entry = entry(item) else { throw .notOnAgenda }
        let new = papers.filter { !entry.papers.contains($0) }
        guard !papers.isEmpty else { throw .papersMissing }
        guard !new.isEmpty else { return [] }
        var disclosure = Disclosure()
        for member in members where member.delivery == .feed && member.invited.contains(item) {
            disclosure.add([DisclosedGroup(.reference)], for: member.department)
        }
        return [
            Decided(
                .papersAdded(.init(meeting: id, caseFile: entry.caseFile, item: item, papers: new)),
                tags: tags(id, in: entry.caseFile, .item(item)), disclosure: disclosure)
        ]
    }

    /// Records who was there, for which items; a body is there only for what it was invited to.
    func attend(_ attendees: [Attendee]) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        let id = try sitting()
        var decided: [Decided<JointMeetingEvent>] = []
        for attendee in attendees {
            guard let member = membership(attendee.department) else { throw .notInvited }
            if let post = attendee.post, post.department != attendee.department { throw .postOfAnotherDepartment }
            let items = attendee.items ?? member.invited
            guard items.allSatisfy({ entry($0) != nil }) else { throw .notOnAgenda }
            guard items.allSatisfy(member.invited.contains) else { throw .notInvited }
            let new = items.filter { !member.attended.contains($0) }
            guard !new.isEmpty, let concern = concern(of: new) else { continue }
            let attendance = JointMeetingEvent.MemberAttended(
                meeting: id, caseFile: concern.first, department: attendee.department, post: attendee.post,
                items: new, cases: concern.all)
            decided.append(
                Decided(.memberAttended(attendance), tags: tags(id, concern, .department(attendee.department))))
        }
        return decided
    }

    func recordOpinion(
        _ department: DepartmentCode, _ item: ItemID, _ stance: OpinionStance, _ sealed: [SealedText]
    ) throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>] {
        let id = try sitting()
        guard let member = membership(department), !member.attended.isEmpty else { throw .notAttended }
        guard let entry = entry(item) else { throw .notOnAgenda }
        guard member.attended.contains(item) else { throw .notAttended }
        if let before = opinions[OpinionKey(department: department, item: item)] {
            guard before == stance else { throw .opinionDiffers }
            return []
        }
        let opinion = JointMeetingEvent.OpinionRecorded(
            meeting: id, caseFile: entry.caseFile, department: department, item: item, stance: stance)
        return [
            Decided(
                .opinionRecorded(opinion),
                tags: tags(id, in: entry.caseFile, .department(department), .item(item))
                    .union(sealed.map { .person($0.person) }),
                sealed: sealed)
        ]
    }
}
