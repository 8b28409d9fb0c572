package import EventSourcing
import WorkingCalendar

/// Which department may still read what it was shown with which referral.
///
/// The one rule of list, detail, feed, export and replay (I-19): each asks it, as of its own time.
package struct LiveDisclosures: Sendable {
    private struct Key: Hashable {
        let referral: ReferralID
        let department: DepartmentCode
    }

    private var ends: [Key: Instant] = [:]

    package init() {}

    /// The events it is folded from.
    package static let types: Set<String> = [
        ReferralEvent.Kind.disclosureGranted.rawValue, ReferralEvent.Kind.disclosureEnded.rawValue,
    ]

    /// Takes in one event, in the order of the log; others change nothing.
    package mutating func take(_ event: ReferralEvent, at occurredAt: Instant) {
        if case .disclosureGranted(let granted) = event {
            ends[Key(referral: granted.referral, department: granted.department)] = nil
        } else if case .disclosureEnded(let ended) = event {
            ends[Key(referral: ended.referral, department: ended.department)] = ended.end(saidAt: occurredAt)
        }
    }

    /// From when on the department may not read; nothing while no end is known.
    package func end(of referral: ReferralID, for department: DepartmentCode) -> Instant? {
        ends[Key(referral: referral, department: department)]
    }

    /// The same for an event about several referrals: one that is live keeps it readable; about none it never ends.
    package func end(ofAll referrals: [ReferralID], for department: DepartmentCode) -> Instant? {
        let ends = referrals.map { end(of: $0, for: department) }
        guard !ends.contains(nil) else { return nil }
        return ends.compactMap(\.self).max()
    }

    /// Whether the department may read at that time what it was shown with these referrals.
    package func isLive(_ referrals: [ReferralID], for department: DepartmentCode, at now: Instant) -> Bool {
        end(ofAll: referrals, for: department).map { now < $0 } ?? true
    }
}

extension ReferralEvent.DisclosureEnded {
    /// The first instant at which the department may not read.
    package func end(saidAt occurredAt: Instant) -> Instant {
        readableThrough.map { Instant(milliseconds: $0.endMilliseconds) } ?? occurredAt
    }
}
