package import EventSourcing

/// What a human did to a running limit, and that it crossed a threshold; starts and stops are never events of their own.
package enum DeadlineEvent: DomainEvent {
    case paused(Paused)
    case resumed(Resumed)
    case extended(Extended)
    case crossed(Crossed)
    case reminded(Reminded)
    case noticesRead(NoticesRead)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case paused = "DeadlinePaused"
        case resumed = "DeadlineResumed"
        case extended = "DeadlineExtended"
        case crossed = "DeadlineThresholdCrossed"
        case reminded = "DeadlineReminded"
        case noticesRead = "NoticesRead"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .paused(let payload): (.paused, payload)
        case .resumed(let payload): (.resumed, payload)
        case .extended(let payload): (.extended, payload)
        case .crossed(let payload): (.crossed, payload)
        case .reminded(let payload): (.reminded, payload)
        case .noticesRead(let payload): (.noticesRead, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .paused: self = .paused(try Paused(from: decoder))
        case .resumed: self = .resumed(try Resumed(from: decoder))
        case .extended: self = .extended(try Extended(from: decoder))
        case .crossed: self = .crossed(try Crossed(from: decoder))
        case .reminded: self = .reminded(try Reminded(from: decoder))
        case .noticesRead: self = .noticesRead(try NoticesRead(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .paused: Paused.fieldGroups
        case .resumed: Resumed.fieldGroups
        case .extended: Extended.fieldGroups
        case .crossed: Crossed.fieldGroups
        case .reminded: Reminded.fieldGroups
        case .noticesRead: NoticesRead.fieldGroups
        }
    }
}
