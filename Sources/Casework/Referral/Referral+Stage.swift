extension Referral {
    /// A state that a dispute or a request to stop leaves and may go back to.
    package enum Standing: Hashable, Sendable {
        case dispatched, received, accepted, inProgress, onHold

        /// The stage it goes back to.
        var stage: Stage {
            switch self {
            case .dispatched: .dispatched
            case .received: .received
            case .accepted: .accepted
            case .inProgress: .inProgress
            case .onHold: .onHold
            }
        }
    }

    /// Where the lead's work stands; a disputed referral remembers where it would return to.
    package enum Stage: Hashable, Sendable {
        case none, drafted, voided
        case dispatched, received, accepted, inProgress, onHold
        case returnRequested(from: Standing, reason: ReturnReason)
        case terminationRequested
        case cancellationRequested(from: Standing, reason: CancellationReason)
        case completed, failed
        case closed, returned, redirected, declined, lapsed, cancelled

        /// Whether nothing can happen to it any more (I-23), but for the reopening of a closed one.
        package var isTerminal: Bool {
            switch self {
            case .voided, .closed, .returned, .redirected, .declined, .lapsed, .cancelled: true
            case .none, .drafted, .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested,
                .terminationRequested, .cancellationRequested, .completed, .failed:
                false
            }
        }

        /// Whether a department has it and may work on it.
        package var isWithDepartment: Bool {
            switch self {
            case .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested, .terminationRequested,
                .cancellationRequested:
                true
            case .none, .drafted, .voided, .completed, .failed, .closed, .returned, .redirected, .declined, .lapsed,
                .cancelled:
                false
            }
        }

        /// What may be left for a request and gone back to; nothing elsewhere.
        var standing: Standing? {
            switch self {
            case .dispatched: .dispatched
            case .received: .received
            case .accepted: .accepted
            case .inProgress: .inProgress
            case .onHold: .onHold
            case .none, .drafted, .voided, .returnRequested, .terminationRequested, .cancellationRequested,
                .completed, .failed, .closed, .returned, .redirected, .declined, .lapsed, .cancelled:
                nil
            }
        }

        /// The state by its name in the machine; nothing before the draft.
        package var state: ReferralState? {
            switch self {
            case .none: nil
            case .drafted: .drafted
            case .voided: .voided
            case .dispatched: .dispatched
            case .received: .received
            case .accepted: .accepted
            case .inProgress: .inProgress
            case .onHold: .onHold
            case .returnRequested: .returnRequested
            case .terminationRequested: .terminationRequested
            case .cancellationRequested: .cancellationRequested
            case .completed: .completed
            case .failed: .failed
            case .closed: .closed
            case .returned: .returned
            case .redirected: .redirected
            case .declined: .declined
            case .lapsed: .lapsed
            case .cancelled: .cancelled
            }
        }
    }

    /// What stands in the way of an act in general; an act that knows better says so itself.
    var obstacle: ReferralRefusal {
        switch stage {
        case .none: .unknown
        case .drafted, .voided: .notDispatched
        case .dispatched, .received: .notAccepted
        case .accepted: .notStarted
        case .inProgress: .notOnHold
        case .onHold: .onHold
        case .returnRequested: .returnPending
        case .terminationRequested: .terminationPending
        case .cancellationRequested: .cancellationPending
        case .completed, .failed: .alreadyFinished
        case .closed, .returned, .redirected, .declined, .lapsed, .cancelled: .hasEnded
        }
    }
}
