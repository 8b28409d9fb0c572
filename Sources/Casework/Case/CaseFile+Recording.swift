import EventSourcing

extension CaseFile {
    /// An event of the case, tagged with what it is about; a department that acts, and one that leads on an item it
    /// is about, learn of it by reference.
    func recorded(
        _ event: CaseworkEvent, items named: [ItemID] = [], people: [PersonReference] = [],
        tags more: Set<EventTag> = [], _ opened: CaseFileEvent.Opened, _ context: CommandContext,
        sealed: [SealedText]? = nil
    ) -> Decided<CaseworkEvent> {
        let sealed = sealed ?? context.sealed
        var tags = tags(opened).union(more).union(people.map(EventTag.person))
            .union(sealed.map { .person($0.person) })
        var departments: Set<DepartmentCode> = Set([context.actor.department].compactMap { $0 })
        for id in named {
            tags.insert(.item(id))
            if let item = items[id] { tags.insert(.person(item.added.person)) }
            if let referral = activeReferral(of: id).flatMap({ referrals[$0] }), referral.stage.isWithDepartment,
                let lead = referral.order?.lead
            {
                departments.insert(lead)
            }
        }
        var disclosure = Disclosure()
        for department in departments {
            tags.insert(.department(department))
            disclosure.add([DisclosedGroup(.reference)], for: department)
        }
        return Decided(event, tags: tags, disclosure: disclosure, sealed: sealed)
    }

    /// Items a command names: 1 to 8 different ones of this case, so that an event's tags have room.
    func namedItems(_ ids: [ItemID]) throws(CommandRefusal) -> [(ItemID, Item)] {
        guard (1...8).contains(ids.count) else { throw IntakeRefusal.tooMany.told }
        guard Set(ids).count == ids.count else { throw CaseFileRefusal.itemTwice.told }
        var named: [(ItemID, Item)] = []
        for id in ids {
            guard let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
            named.append((id, item))
        }
        return named
    }
}
