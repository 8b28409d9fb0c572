import EventSourcing

/// Which entity each event brings into being; a test holds this table against the event types.
enum CreatedEntities {
    static let kinds: [String: EventTag.Kind] = [
        "PersonRegistered": .person, "HouseholdComposed": .household, "HelpRequestRecorded": .request,
        "CaseOpened": .caseFile, "ApplicationItemAdded": .item, "VisitCompleted": .visit,
        "JointMeetingRequested": .meeting, "RegularMeetingScheduled": .meeting,
        "ResolutionAdopted": .resolution,
        "ReferralDrafted": .referral, "FollowUpOpened": .followup,
    ]

    static func of(_ event: RecordedEvent) -> [CommandReceipt.Created] {
        guard let kind = kinds[event.type],
            let id = event.tags.first(where: { $0.kind == kind }).flatMap({ UniqueID($0.name) })
        else { return [] }
        let number = event.tags.first { $0.kind == .number }.flatMap { EntityNumber(String($0.name)) }
        return [CommandReceipt.Created(kind: kind.rawValue, id: id, number: number)]
    }
}
