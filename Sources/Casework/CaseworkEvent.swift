package import EventSourcing

/// Everything that happens in casework: requests, cases from door to review, meetings, referrals, follow-ups, limits,
/// and the desk.
package enum CaseworkEvent: DomainEvent {
    case request(HelpRequestEvent)
    case caseFile(CaseFileEvent)
    case intake(IntakeEvent)
    case relief(ReliefEvent)
    case inquiry(InquiryEvent)
    case visit(VisitEvent)
    case review(ReviewEvent)
    case followUp(FollowUpEvent)
    case meeting(JointMeetingEvent)
    case referral(ReferralEvent)
    case deadline(DeadlineEvent)
    case desk(DeskEvent)

    /// The names of all sets together; no name stands in two of them.
    package enum Kind: RawRepresentable, CaseIterable, Hashable, Sendable {
        case request(HelpRequestEvent.Kind)
        case caseFile(CaseFileEvent.Kind)
        case intake(IntakeEvent.Kind)
        case relief(ReliefEvent.Kind)
        case inquiry(InquiryEvent.Kind)
        case visit(VisitEvent.Kind)
        case review(ReviewEvent.Kind)
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
            } else if let kind = IntakeEvent.Kind(rawValue: rawValue) {
                self = .intake(kind)
            } else if let kind = ReliefEvent.Kind(rawValue: rawValue) {
                self = .relief(kind)
            } else if let kind = InquiryEvent.Kind(rawValue: rawValue) {
                self = .inquiry(kind)
            } else if let kind = VisitEvent.Kind(rawValue: rawValue) {
                self = .visit(kind)
            } else if let kind = ReviewEvent.Kind(rawValue: rawValue) {
                self = .review(kind)
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
            case .intake(let kind): kind.rawValue
            case .relief(let kind): kind.rawValue
            case .inquiry(let kind): kind.rawValue
            case .visit(let kind): kind.rawValue
            case .review(let kind): kind.rawValue
            case .followUp(let kind): kind.rawValue
            case .meeting(let kind): kind.rawValue
            case .referral(let kind): kind.rawValue
            case .deadline(let kind): kind.rawValue
            case .desk(let kind): kind.rawValue
            }
        }

        package static var allCases: [Kind] {
            HelpRequestEvent.Kind.allCases.map(Kind.request) + CaseFileEvent.Kind.allCases.map(Kind.caseFile)
                + IntakeEvent.Kind.allCases.map(Kind.intake)
                + ReliefEvent.Kind.allCases.map(Kind.relief)
                + InquiryEvent.Kind.allCases.map(Kind.inquiry)
                + VisitEvent.Kind.allCases.map(Kind.visit)
                + ReviewEvent.Kind.allCases.map(Kind.review)
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
        case .intake(let event):
            let stored = event.stored
            return (.intake(stored.kind), stored.payload)
        case .relief(let event):
            let stored = event.stored
            return (.relief(stored.kind), stored.payload)
        case .inquiry(let event):
            let stored = event.stored
            return (.inquiry(stored.kind), stored.payload)
        case .visit(let event):
            let stored = event.stored
            return (.visit(stored.kind), stored.payload)
        case .review(let event):
            let stored = event.stored
            return (.review(stored.kind), stored.payload)
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
        case .intake(let kind): self = .intake(try IntakeEvent(kind, from: decoder))
        case .relief(let kind): self = .relief(try ReliefEvent(kind, from: decoder))
        case .inquiry(let kind): self = .inquiry(try InquiryEvent(kind, from: decoder))
        case .visit(let kind): self = .visit(try VisitEvent(kind, from: decoder))
        case .review(let kind): self = .review(try ReviewEvent(kind, from: decoder))
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
        case .intake(let kind): IntakeEvent.fieldGroups(of: kind)
        case .relief(let kind): ReliefEvent.fieldGroups(of: kind)
        case .inquiry(let kind): InquiryEvent.fieldGroups(of: kind)
        case .visit(let kind): VisitEvent.fieldGroups(of: kind)
        case .review(let kind): ReviewEvent.fieldGroups(of: kind)
        case .followUp(let kind): FollowUpEvent.fieldGroups(of: kind)
        case .meeting(let kind): JointMeetingEvent.fieldGroups(of: kind)
        case .referral(let kind): ReferralEvent.fieldGroups(of: kind)
        case .deadline(let kind): DeadlineEvent.fieldGroups(of: kind)
        case .desk(let kind): DeskEvent.fieldGroups(of: kind)
        }
    }
}
