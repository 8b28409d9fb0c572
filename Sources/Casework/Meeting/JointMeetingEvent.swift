package import EventSourcing

/// What has happened to one joint meeting; cases are added, never edited or removed.
package enum JointMeetingEvent: DomainEvent {
    case requested(Requested)
    case convened(Convened)
    case agendaItemAdded(AgendaItemAdded)
    case memberInvited(MemberInvited)
    case memberAttended(MemberAttended)
    case opinionRecorded(OpinionRecorded)
    case resolutionAdopted(ResolutionAdopted)
    case held(Held)
    case minutesCirculated(MinutesCirculated)
    case minutesConfirmed(MinutesConfirmed)
    case conditionMet(ConditionMet)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case requested = "JointMeetingRequested"
        case convened = "JointMeetingConvened"
        case agendaItemAdded = "AgendaItemAdded"
        case memberInvited = "MemberInvited"
        case memberAttended = "MemberAttended"
        case opinionRecorded = "OpinionRecorded"
        case resolutionAdopted = "ResolutionAdopted"
        case held = "JointMeetingHeld"
        case minutesCirculated = "MinutesCirculated"
        case minutesConfirmed = "MinutesConfirmed"
        case conditionMet = "ResolutionConditionMet"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .requested(let payload): (.requested, payload)
        case .convened(let payload): (.convened, payload)
        case .agendaItemAdded(let payload): (.agendaItemAdded, payload)
        case .memberInvited(let payload): (.memberInvited, payload)
        case .memberAttended(let payload): (.memberAttended, payload)
        case .opinionRecorded(let payload): (.opinionRecorded, payload)
        case .resolutionAdopted(let payload): (.resolutionAdopted, payload)
        case .held(let payload): (.held, payload)
        case .minutesCirculated(let payload): (.minutesCirculated, payload)
        case .minutesConfirmed(let payload): (.minutesConfirmed, payload)
        case .conditionMet(let payload): (.conditionMet, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .requested: self = .requested(try Requested(from: decoder))
        case .convened: self = .convened(try Convened(from: decoder))
        case .agendaItemAdded: self = .agendaItemAdded(try AgendaItemAdded(from: decoder))
        case .memberInvited: self = .memberInvited(try MemberInvited(from: decoder))
        case .memberAttended: self = .memberAttended(try MemberAttended(from: decoder))
        case .opinionRecorded: self = .opinionRecorded(try OpinionRecorded(from: decoder))
        case .resolutionAdopted: self = .resolutionAdopted(try ResolutionAdopted(from: decoder))
        case .held: self = .held(try Held(from: decoder))
        case .minutesCirculated: self = .minutesCirculated(try MinutesCirculated(from: decoder))
        case .minutesConfirmed: self = .minutesConfirmed(try MinutesConfirmed(from: decoder))
        case .conditionMet: self = .conditionMet(try ConditionMet(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .requested: Requested.fieldGroups
        case .convened: Convened.fieldGroups
        case .agendaItemAdded: AgendaItemAdded.fieldGroups
        case .memberInvited: MemberInvited.fieldGroups
        case .memberAttended: MemberAttended.fieldGroups
        case .opinionRecorded: OpinionRecorded.fieldGroups
        case .resolutionAdopted: ResolutionAdopted.fieldGroups
        case .held: Held.fieldGroups
        case .minutesCirculated: MinutesCirculated.fieldGroups
        case .minutesConfirmed: MinutesConfirmed.fieldGroups
        case .conditionMet: ConditionMet.fieldGroups
        }
    }
}
