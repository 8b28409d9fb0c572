package import EventSourcing

/// The kinds of thing a command can be addressed to, by the word in a path or subject text.
package enum SubjectKind: String, CaseIterable, Hashable, Sendable {
    case none = ""
    case caseFile = "case"
    case referral, meeting, request, item, resolution, followup, person, household
}

/// What a command is addressed to, written `referral/<uuid>`; empty for what begins something.
package enum Subject: Hashable, Sendable {
    case none
    case caseFile(CaseID)
    case referral(ReferralID)
    case meeting(MeetingID)
    case request(HelpRequestID)
    case item(ItemID)
    case resolution(ResolutionID)
    case followUp(FollowUpID)
    case person(PersonReference)
    case household(HouseholdID)

    /// Reads the written form; nothing for an unknown kind or a malformed identifier.
    package init?(_ text: String) {
        if text.isEmpty {
            self = .none
            return
        }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let kind = SubjectKind(rawValue: String(parts[0])), let id = UniqueID(parts[1]) else {
            return nil
        }
        self.init(kind, id)
    }

    /// One thing of a kind; nothing for ``SubjectKind/none``, which has no identifier.
    package init?(_ kind: SubjectKind, _ id: UniqueID) {
        switch kind {
        case .none: return nil
        case .caseFile: self = .caseFile(CaseID(id))
        case .referral: self = .referral(ReferralID(id))
        case .meeting: self = .meeting(MeetingID(id))
        case .request: self = .request(HelpRequestID(id))
        case .item: self = .item(ItemID(id))
        case .resolution: self = .resolution(ResolutionID(id))
        case .followup: self = .followUp(FollowUpID(id))
        case .person: self = .person(PersonReference(id))
        case .household: self = .household(HouseholdID(id))
        }
    }

    /// What a tag names; nothing for tags of what no command is addressed to.
    package init?(of tag: EventTag) {
        guard let id = UniqueID(tag.name), let kind = tag.kind.flatMap({ SubjectKind(rawValue: $0.rawValue) }) else {
            return nil
        }
        self.init(kind, id)
    }

    package var kind: SubjectKind {
        switch self {
        case .none: .none
        case .caseFile: .caseFile
        case .referral: .referral
        case .meeting: .meeting
        case .request: .request
        case .item: .item
        case .resolution: .resolution
        case .followUp: .followup
        case .person: .person
        case .household: .household
        }
    }

    /// The identifier alone; nothing for ``Subject/none``.
    package var id: UniqueID? {
        switch self {
        case .none: nil
        case .caseFile(let id): id.unique
        case .referral(let id): id.unique
        case .meeting(let id): id.unique
        case .request(let id): id.unique
        case .item(let id): id.unique
        case .resolution(let id): id.unique
        case .followUp(let id): id.unique
        case .person(let id): id.unique
        case .household(let id): id.unique
        }
    }

    /// The tag that its events carry; the first event with it names its case.
    package var tag: EventTag? {
        switch self {
        case .none: nil
        case .caseFile(let id): .caseFile(id)
        case .referral(let id): .referral(id)
        case .meeting(let id): .meeting(id)
        case .request(let id): .request(id)
        case .item(let id): .item(id)
        case .resolution(let id): .resolution(id)
        case .followUp(let id): .followUp(id)
        case .person(let id): .person(id)
        case .household(let id): .household(id)
        }
    }

    /// The written form that ``init(_:)-(String)`` reads.
    package var text: String {
        id.map { "\(kind.rawValue)/\($0)" } ?? ""
    }
}
