package import EventSourcing

/// A referral as this department sees it: only what came in its slice.
package struct InboxReferral: Codable, Hashable, Sendable {
    /// What the department is in it.
    package enum Role: String, Codable, Hashable, Sendable {
        case lead, coHandler, offer
    }

    /// How far it is, as the department's own feed tells.
    package enum State: String, Codable, Hashable, Sendable {
        case dispatched, received, returnRequested, accepted, inProgress, completed, failed
        case closed, returned, redirected, declined, lapsed, cancelled
        case onHold, terminationRequested, cancellationRequested
        /// A reform put another department in this one's place.
        case superseded
    }

    /// A personal part that was released to this department.
    package struct Part: Codable, Hashable, Sendable {
        package let group: FieldGroup
        package let person: PersonReference
        /// Nothing once the person has been erased.
        package let value: JSONValue?

        package init(group: FieldGroup, person: PersonReference, value: JSONValue?) {
            self.group = group
            self.person = person
            self.value = value
        }
    }

    package var referral: ReferralID
    package var number: String?
    /// What is asked for: an entry of the dispatch catalogue.
    package var task: String?
    /// The policy item it serves.
    package var item: String?
    package var town: String?
    package var role: Role
    package var state: State
    /// Where a refused return puts it back; nothing unless a return is asked for.
    package var stateBefore: State?
    /// How far the lead is, where this department helps; of the lead's work it sees no more.
    package var leadState: State?
    /// The day by which this department promised to be heard of.
    package var nextPromise: String?
    /// The day a promise of this department's came to nothing; until it promises anew or finishes (N-16).
    package var brokenPromise: String?
    package var dispatchedAt: Instant?
    /// Due dates by deadline rule (`referral.receive`), as shown in the slice at its own place in the log.
    package var due: [String: String]
    /// The rules among them whose date a later notice about holidays can still move (暂定), sorted; nothing for none.
    package var provisional: [String]?
    /// The highest rung of the ladder a limit of it has reached, 1 due soon to 5 late by five working days; nothing for none.
    package var ladderLevel: Int?
    /// Number of the supervision (督办) it stands under, within the case.
    package var supervision: Int?
    /// Type of the last event about it, `ReferralAccepted`.
    package var lastEvent: String
    package var lastAt: Instant
    package var lastSequence: UInt64
    /// The last day on which this department may read the parts; nothing while no end is known.
    package var readableThrough: String?
    /// Sorted by person and group; empty once they may not be read any more.
    package var parts: [Part]

    /// A row as its first event makes it.
    package init(
        referral: ReferralID, role: Role, state: State, lastEvent: String, lastAt: Instant, lastSequence: UInt64
    ) {
        self.referral = referral
        self.role = role
        self.state = state
        self.lastEvent = lastEvent
        self.lastAt = lastAt
        self.lastSequence = lastSequence
        due = [:]
        parts = []
    }
}

/// A follow-up this department reports on.
package struct InboxFollowUp: Codable, Hashable, Sendable {
    /// Whether the department still reports on it.
    package enum State: String, Codable, Hashable, Sendable {
        case open, concluded
    }

    package var followUp: FollowUpID
    package var number: String?
    package var state: State
    package var lastEvent: String
    package var lastAt: Instant
    package var lastSequence: UInt64

    package init(followUp: FollowUpID, state: State, lastEvent: String, lastAt: Instant, lastSequence: UInt64) {
        self.followUp = followUp
        self.state = state
        self.lastEvent = lastEvent
        self.lastAt = lastAt
        self.lastSequence = lastSequence
    }
}

/// The department's own extract of a joint meeting, or its invitation.
package struct InboxExtract: Codable, Hashable, Sendable {
    package var meeting: MeetingID
    package var number: String?
    package var lastEvent: String
    package var lastAt: Instant
    package var lastSequence: UInt64
    /// The open properties of the last event about it.
    package var open: JSONValue

    package init(
        meeting: MeetingID, number: String?, lastEvent: String, lastAt: Instant, lastSequence: UInt64, open: JSONValue
    ) {
        self.meeting = meeting
        self.number = number
        self.lastEvent = lastEvent
        self.lastAt = lastAt
        self.lastSequence = lastSequence
        self.open = open
    }
}
