package import EventSourcing

/// What a human did to a running limit, and that it crossed a threshold; starts and stops are never events of their own.
package enum DeadlineEvent: DomainEvent {
    case paused(Paused)
    case resumed(Resumed)
    case extended(Extended)
    case crossed(Crossed)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case paused = "DeadlinePaused"
        case resumed = "DeadlineResumed"
        case extended = "DeadlineExtended"
        case crossed = "DeadlineThresholdCrossed"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .paused(let payload): (.paused, payload)
        case .resumed(let payload): (.resumed, payload)
        case .extended(let payload): (.extended, payload)
        case .crossed(let payload): (.crossed, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .paused: self = .paused(try Paused(from: decoder))
        case .resumed: self = .resumed(try Resumed(from: decoder))
        case .extended: self = .extended(try Extended(from: decoder))
        case .crossed: self = .crossed(try Crossed(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .paused: Paused.fieldGroups
        case .resumed: Resumed.fieldGroups
        case .extended: Extended.fieldGroups
        case .crossed: Crossed.fieldGroups
        }
    }
}
