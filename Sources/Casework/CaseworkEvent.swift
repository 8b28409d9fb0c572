package import EventSourcing

/// Everything that happens in casework: requests, cases, meetings, referrals, follow-ups, changed deadlines, the desk.
package enum CaseworkEvent: DomainEvent {
    case request(HelpRequestEvent)
    case caseFile(CaseFileEvent)
    case followUp(FollowUpEvent)
    case meeting(JointMeetingEvent)
    case referral(ReferralEvent)
    case deadline(DeadlineEvent)
    case desk(DeskEvent)

    /// The names of all sets together; no name stands in two of them.
    package enum Kind: RawRepresentable, CaseIterable, Hashable, Sendable {
        case request(HelpRequestEvent.Kind)
        case caseFile(CaseFileEvent.Kind)
        case followUp(FollowUpEvent.Kind)
        case meeting(JointMeetingEvent.Kind)
        case referral(ReferralEvent.Kind)
        case deadline(DeadlineEvent.Kind)
        case desk(DeskEvent.Kind)

        package init?(rawValue: String) {
            if let kind = HelpRequestEvent.Kind(rawValue: rawValue) {
                self = .request(kind)
            } else if let kind = CaseFileEvent.Kind(rawValue: rawValue) {
                self = .caseFile(kind)
            } else if let kind = FollowUpEvent.Kind(rawValue: rawValue) {
                self = .followUp(kind)
            } else if let kind = JointMeetingEvent.Kind(rawValue: rawValue) {
                self = .meeting(kind)
            } else if let kind = ReferralEvent.Kind(rawValue: rawValue) {
                self = .referral(kind)
            } else if let kind = DeadlineEvent.Kind(rawValue: rawValue) {
                self = .deadline(kind)
            } else if let kind = DeskEvent.Kind(rawValue: rawValue) {
                self = .desk(kind)
            } else {
                return nil
            }
        }

        package var rawValue: String {
            switch self {
            case .request(let kind): kind.rawValue
            case .caseFile(let kind): kind.rawValue
            case .followUp(let kind): kind.rawValue
            case .meeting(let kind): kind.rawValue
            case .referral(let kind): kind.rawValue
            case .deadline(let kind): kind.rawValue
            case .desk(let kind): kind.rawValue
            }
        }

        package static var allCases: [Kind] {
            HelpRequestEvent.Kind.allCases.map(Kind.request) + CaseFileEvent.Kind.allCases.map(Kind.caseFile)
                + FollowUpEvent.Kind.allCases.map(Kind.followUp) + JointMeetingEvent.Kind.allCases.map(Kind.meeting)
                + ReferralEvent.Kind.allCases.map(Kind.referral) + DeadlineEvent.Kind.allCases.map(Kind.deadline)
                + DeskEvent.Kind.allCases.map(Kind.desk)
        }
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .request(let event):
            let stored = event.stored
            return (.request(stored.kind), stored.payload)
        case .caseFile(let event):
            let stored = event.stored
            return (.caseFile(stored.kind), stored.payload)
        case .followUp(let event):
            let stored = event.stored
            return (.followUp(stored.kind), stored.payload)
        case .meeting(let event):
            let stored = event.stored
            return (.meeting(stored.kind), stored.payload)
        case .referral(let event):
            let stored = event.stored
            return (.referral(stored.kind), stored.payload)
        case .deadline(let event):
            let stored = event.stored
            return (.deadline(stored.kind), stored.payload)
        case .desk(let event):
            let stored = event.stored
            return (.desk(stored.kind), stored.payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .request(let kind): self = .request(try HelpRequestEvent(kind, from: decoder))
        case .caseFile(let kind): self = .caseFile(try CaseFileEvent(kind, from: decoder))
        case .followUp(let kind): self = .followUp(try FollowUpEvent(kind, from: decoder))
        case .meeting(let kind): self = .meeting(try JointMeetingEvent(kind, from: decoder))
        case .referral(let kind): self = .referral(try ReferralEvent(kind, from: decoder))
        case .deadline(let kind): self = .deadline(try DeadlineEvent(kind, from: decoder))
        case .desk(let kind): self = .desk(try DeskEvent(kind, from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .request(let kind): HelpRequestEvent.fieldGroups(of: kind)
        case .caseFile(let kind): CaseFileEvent.fieldGroups(of: kind)
        case .followUp(let kind): FollowUpEvent.fieldGroups(of: kind)
        case .meeting(let kind): JointMeetingEvent.fieldGroups(of: kind)
        case .referral(let kind): ReferralEvent.fieldGroups(of: kind)
        case .deadline(let kind): DeadlineEvent.fieldGroups(of: kind)
        case .desk(let kind): DeskEvent.fieldGroups(of: kind)
        }
    }
}
