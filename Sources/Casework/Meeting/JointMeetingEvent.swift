package import EventSourcing

/// What has happened to one joint meeting; cases are added, never edited or removed.
package enum JointMeetingEvent: DomainEvent {
    case requested(Requested)
    case refused(Refused)
    case requestPlaced(RequestPlaced)
    case regularScheduled(RegularScheduled)
    case seriesEnded(SeriesEnded)
    case convened(Convened)
    case postponed(Postponed)
    case cancelled(Cancelled)
    case agendaItemAdded(AgendaItemAdded)
    case agendaItemWithdrawn(AgendaItemWithdrawn)
    case papersAdded(PapersAdded)
    case memberInvited(MemberInvited)
    case memberAttended(MemberAttended)
    case opinionRecorded(OpinionRecorded)
    case resolutionAdopted(ResolutionAdopted)
    case dissentRecorded(DissentRecorded)
    case held(Held)
    case minutesSigned(MinutesSigned)
    case minutesCirculated(MinutesCirculated)
    case minutesConfirmed(MinutesConfirmed)
    case conditionMet(ConditionMet)
    case actionAssigned(ActionAssigned)
    case actionDone(ActionDone)
    case closed(Closed)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case requested = "JointMeetingRequested"
        case refused = "JointMeetingRefused"
        case requestPlaced = "MeetingRequestPlaced"
        case regularScheduled = "RegularMeetingScheduled"
        case seriesEnded = "MeetingSeriesEnded"
        case convened = "JointMeetingConvened"
        case postponed = "JointMeetingPostponed"
        case cancelled = "JointMeetingCancelled"
        case agendaItemAdded = "AgendaItemAdded"
        case agendaItemWithdrawn = "AgendaItemWithdrawn"
        case papersAdded = "AgendaPapersAdded"
        case memberInvited = "MemberInvited"
        case memberAttended = "MemberAttended"
        case opinionRecorded = "OpinionRecorded"
        case resolutionAdopted = "ResolutionAdopted"
        case dissentRecorded = "DissentRecorded"
        case held = "JointMeetingHeld"
        case minutesSigned = "MinutesSigned"
        case minutesCirculated = "MinutesCirculated"
        case minutesConfirmed = "MinutesConfirmed"
        case conditionMet = "ResolutionConditionMet"
        case actionAssigned = "ResolutionActionAssigned"
        case actionDone = "ActionDone"
        case closed = "JointMeetingClosed"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .requested(let payload): (.requested, payload)
        case .refused(let payload): (.refused, payload)
        case .requestPlaced(let payload): (.requestPlaced, payload)
        case .regularScheduled(let payload): (.regularScheduled, payload)
        case .seriesEnded(let payload): (.seriesEnded, payload)
        case .convened(let payload): (.convened, payload)
        case .postponed(let payload): (.postponed, payload)
        case .cancelled(let payload): (.cancelled, payload)
        case .agendaItemAdded(let payload): (.agendaItemAdded, payload)
        case .agendaItemWithdrawn(let payload): (.agendaItemWithdrawn, payload)
        case .papersAdded(let payload): (.papersAdded, payload)
        case .memberInvited(let payload): (.memberInvited, payload)
        case .memberAttended(let payload): (.memberAttended, payload)
        case .opinionRecorded(let payload): (.opinionRecorded, payload)
        case .resolutionAdopted(let payload): (.resolutionAdopted, payload)
        case .dissentRecorded(let payload): (.dissentRecorded, payload)
        case .held(let payload): (.held, payload)
        case .minutesSigned(let payload): (.minutesSigned, payload)
        case .minutesCirculated(let payload): (.minutesCirculated, payload)
        case .minutesConfirmed(let payload): (.minutesConfirmed, payload)
        case .conditionMet(let payload): (.conditionMet, payload)
        case .actionAssigned(let payload): (.actionAssigned, payload)
        case .actionDone(let payload): (.actionDone, payload)
        case .closed(let payload): (.closed, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .requested: self = .requested(try Requested(from: decoder))
        case .refused: self = .refused(try Refused(from: decoder))
        case .requestPlaced: self = .requestPlaced(try RequestPlaced(from: decoder))
        case .regularScheduled: self = .regularScheduled(try RegularScheduled(from: decoder))
        case .seriesEnded: self = .seriesEnded(try SeriesEnded(from: decoder))
        case .convened: self = .convened(try Convened(from: decoder))
        case .postponed: self = .postponed(try Postponed(from: decoder))
        case .cancelled: self = .cancelled(try Cancelled(from: decoder))
        case .agendaItemAdded: self = .agendaItemAdded(try AgendaItemAdded(from: decoder))
        case .agendaItemWithdrawn: self = .agendaItemWithdrawn(try AgendaItemWithdrawn(from: decoder))
        case .papersAdded: self = .papersAdded(try PapersAdded(from: decoder))
        case .memberInvited: self = .memberInvited(try MemberInvited(from: decoder))
        case .memberAttended: self = .memberAttended(try MemberAttended(from: decoder))
        case .opinionRecorded: self = .opinionRecorded(try OpinionRecorded(from: decoder))
        case .resolutionAdopted: self = .resolutionAdopted(try ResolutionAdopted(from: decoder))
        case .dissentRecorded: self = .dissentRecorded(try DissentRecorded(from: decoder))
        case .held: self = .held(try Held(from: decoder))
        case .minutesSigned: self = .minutesSigned(try MinutesSigned(from: decoder))
        case .minutesCirculated: self = .minutesCirculated(try MinutesCirculated(from: decoder))
        case .minutesConfirmed: self = .minutesConfirmed(try MinutesConfirmed(from: decoder))
        case .conditionMet: self = .conditionMet(try ConditionMet(from: decoder))
        case .actionAssigned: self = .actionAssigned(try ActionAssigned(from: decoder))
        case .actionDone: self = .actionDone(try ActionDone(from: decoder))
        case .closed: self = .closed(try Closed(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .requested: Requested.fieldGroups
        case .refused: Refused.fieldGroups
        case .requestPlaced: RequestPlaced.fieldGroups
        case .regularScheduled: RegularScheduled.fieldGroups
        case .seriesEnded: SeriesEnded.fieldGroups
        case .convened: Convened.fieldGroups
        case .postponed: Postponed.fieldGroups
        case .cancelled: Cancelled.fieldGroups
        case .agendaItemAdded: AgendaItemAdded.fieldGroups
        case .agendaItemWithdrawn: AgendaItemWithdrawn.fieldGroups
        case .papersAdded: PapersAdded.fieldGroups
        case .memberInvited: MemberInvited.fieldGroups
        case .memberAttended: MemberAttended.fieldGroups
        case .opinionRecorded: OpinionRecorded.fieldGroups
        case .resolutionAdopted: ResolutionAdopted.fieldGroups
        case .dissentRecorded: DissentRecorded.fieldGroups
        case .held: Held.fieldGroups
        case .minutesSigned: MinutesSigned.fieldGroups
        case .minutesCirculated: MinutesCirculated.fieldGroups
        case .minutesConfirmed: MinutesConfirmed.fieldGroups
        case .conditionMet: ConditionMet.fieldGroups
        case .actionAssigned: ActionAssigned.fieldGroups
        case .actionDone: ActionDone.fieldGroups
        case .closed: Closed.fieldGroups
        }
    }

    /// The meeting it is about; of a placed request, the request.
    package var meeting: MeetingID {
        switch self {
        case .requested(let payload): payload.meeting
        case .refused(let payload): payload.meeting
        case .requestPlaced(let payload): payload.meeting
        case .regularScheduled(let payload): payload.meeting
        case .seriesEnded(let payload): payload.meeting
        case .convened(let payload): payload.meeting
        case .postponed(let payload): payload.meeting
        case .cancelled(let payload): payload.meeting
        case .agendaItemAdded(let payload): payload.meeting
        case .agendaItemWithdrawn(let payload): payload.meeting
        case .papersAdded(let payload): payload.meeting
        case .memberInvited(let payload): payload.meeting
        case .memberAttended(let payload): payload.meeting
        case .opinionRecorded(let payload): payload.meeting
        case .resolutionAdopted(let payload): payload.meeting
        case .dissentRecorded(let payload): payload.meeting
        case .held(let payload): payload.meeting
        case .minutesSigned(let payload): payload.meeting
        case .minutesCirculated(let payload): payload.meeting
        case .minutesConfirmed(let payload): payload.meeting
        case .conditionMet(let payload): payload.meeting
        case .actionAssigned(let payload): payload.meeting
        case .actionDone(let payload): payload.meeting
        case .closed(let payload): payload.meeting
        }
    }
}
