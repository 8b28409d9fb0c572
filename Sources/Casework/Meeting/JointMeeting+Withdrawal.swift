import EventSourcing

extension JointMeeting {
    /// Takes one item off the agenda; whoever was invited to it learns that it is not dealt with.
    ///
    /// What has been resolved stays, and so does the last item of the case that asked: the whole meeting is then
    /// cancelled, or the request refused.
    func withdraw(_ item: ItemID, _ reason: PostponementReason) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        if withdrawn.contains(item) { return [] }
        let id = try open()
        guard let entry = entry(item) else { throw .notOnAgenda }
        let own = agenda.filter { $0.caseFile == entry.caseFile }.map(\.item)
        let isGuest = requested?.caseFile != entry.caseFile && agenda.count > own.count
        guard own.count > 1 || isGuest else { throw .lastItemStays }
        guard !resolvedItems.contains(item) else { throw .resolutionsStand }
        var disclosure = Disclosure()
        var leaving: [DepartmentCode] = []
        for member in members where member.invited.contains(item) {
            if member.invited.filter(own.contains) == [item] { leaving.append(member.department) }
            if member.delivery == .feed { disclosure.add([DisclosedGroup(.reference)], for: member.department) }
        }
        let request = own.count > 1 ? nil : placedRequests.first { placedCases[$0] == entry.caseFile }
        let event = JointMeetingEvent.AgendaItemWithdrawn(
            meeting: id, caseFile: entry.caseFile, item: item, reason: reason,
            departments: leaving.isEmpty ? nil : leaving, request: request)
        return [
            Decided(
                .agendaItemWithdrawn(event),
                tags: tags(id, in: entry.caseFile, .item(item)).union(request.map { [.meeting($0)] } ?? []),
                disclosure: disclosure)
        ]
    }

    private var resolvedItems: Set<ItemID> {
        Set(
            resolutions.values.map(\.adopted).flatMap { adopted in
                adopted.actions.flatMap(\.items) + (adopted.assignments ?? []).flatMap { $0.items ?? [] }
            })
    }

    mutating func remove(_ event: JointMeetingEvent.AgendaItemWithdrawn) {
        withdrawn.insert(event.item)
        agenda.removeAll { $0.item == event.item }
        for index in members.indices {
            members[index].invited.removeAll { $0 == event.item }
            members[index].attended.removeAll { $0 == event.item }
        }
        members.removeAll(where: \.invited.isEmpty)
        opinions = opinions.filter { $0.key.item != event.item }
        if let request = event.request { placedRequests.removeAll { $0 == request } }
        // A case that was a guest here has nothing more to do with this table.
        if agenda.isEmpty, requested == nil, scheduled == nil { stage = .cancelled }
    }
}
