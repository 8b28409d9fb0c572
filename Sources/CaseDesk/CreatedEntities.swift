import EventSourcing

/// Which entity each event brings into being; a test holds this table against the event types.
enum CreatedEntities {
    static let kinds: [String: EventTag.Kind] = [
        "PersonRegistered": .person, "HouseholdComposed": .household, "HelpRequestRecorded": .request,
        "CaseOpened": .caseFile, "ApplicationItemAdded": .item, "VisitCompleted": .visit, "VisitPlanned": .visit,
        "VisitAttempted": .visit,
        "JointMeetingRequested": .meeting, "RegularMeetingScheduled": .meeting,
        "ResolutionAdopted": .resolution,
        "ReferralDrafted": .referral, "FollowUpOpened": .followup,
    ]

    /// What has an identifier of its own but no tag: the property of the data that holds it.
    static let untagged: [String: String] = [
        "EconomicCheckRequested": "inquiry", "AssessmentRecorded": "inquiry", "InformationRequested": "inquiry",
        "CorrectionRequested": "correction",
    ]

    static func of(_ event: RecordedEvent) -> [CommandReceipt.Created] {
        if let property = untagged[event.type] {
            let data = event.data.flatMap { try? EventJSON.decode(JSONValue.self, from: $0) }
            guard let id = data?[property]?.text.flatMap({ UniqueID($0) }) else { return [] }
            return [CommandReceipt.Created(kind: property, id: id, number: nil)]
        }
        guard let kind = kinds[event.type],
            let id = event.tags.first(where: { $0.kind == kind }).flatMap({ UniqueID($0.name) })
        else { return [] }
        let number = event.tags.first { $0.kind == .number }.flatMap { EntityNumber(String($0.name)) }
        return [CommandReceipt.Created(kind: kind.rawValue, id: id, number: number)]
    }
}
