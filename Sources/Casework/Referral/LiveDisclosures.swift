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

    /// What an event said.
    private var ends: [Key: Instant] = [:]
    /// What follows where a log was written before ends were said: the end of the referral is the end of reading.
    private var implied: [Key: Instant] = [:]
    private var granted: [ReferralID: Set<DepartmentCode>] = [:]
    private var followUps: [FollowUpID: Key] = [:]

    package init() {}

    /// The events it is folded from; each carries the tag of its referral.
    package static let types = Set(
        [
            ReferralEvent.Kind.disclosureGranted, .disclosureEnded, .declined, .offerLapsed, .returnApproved,
            .redirected,
            .cancellationConfirmed, .superseded, .completionAccepted, .reopened,
        ].map(\.rawValue)
    ).union([FollowUpEvent.Kind.opened, .concluded].map(\.rawValue))

    /// Takes in one event, in the order of the log; others change nothing.
    package mutating func take(_ event: CaseworkEvent, at occurredAt: Instant) {
        switch event {
        case .referral(let event): take(event, at: occurredAt)
        case .followUp(let event): take(event, at: occurredAt)
        case .request, .caseFile, .intake, .relief, .inquiry, .visit, .review, .meeting, .deadline, .desk: break
        }
    }

    private mutating func take(_ event: ReferralEvent, at occurredAt: Instant) {
        switch event {
        case .disclosureGranted(let grant):
            let key = Key(referral: grant.referral, department: grant.department)
            granted[grant.referral, default: []].insert(grant.department)
            ends[key] = nil
            implied[key] = nil
        case .disclosureEnded(let ended):
            ends[Key(referral: ended.referral, department: ended.department)] = ended.end(saidAt: occurredAt)
        case .completionAccepted(let closed): end(closed.referral, at: Self.graceEnd(after: occurredAt))
        case .declined, .offerLapsed, .returnApproved, .redirected, .cancellationConfirmed:
            end(event.referral, at: occurredAt)
        case .superseded(let superseded):
            implied[Key(referral: superseded.referral, department: superseded.department)] = occurredAt
        case .reopened(let reopened): implied = implied.filter { $0.key.referral != reopened.referral }
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .received, .sliceReleased, .accepted,
            .returnRequested, .returnRefused, .designated, .handlingStarted, .progressReported, .coResultSubmitted,
            .completed, .failed, .handlerAssigned, .promiseMade, .promiseKept, .promiseBroken, .held, .resumed,
            .redirectRequested, .terminationRequested, .terminationApproved, .terminationRefused,
            .cancellationRequested, .cancellationOvertaken, .cancellationWithdrawn, .returnedForRework:
            break
        }
    }

    /// A department reads on for as long as it reports on what grew out of its referral.
    private mutating func take(_ event: FollowUpEvent, at occurredAt: Instant) {
        switch event {
        case .opened(let opened):
            guard let referral = opened.referral else { return }
            let key = Key(referral: referral, department: opened.department)
            followUps[opened.followUp] = key
            implied[key] = nil
        case .concluded(let concluded):
            guard let key = followUps.removeValue(forKey: concluded.followUp), !followUps.values.contains(key) else {
                return
            }
            implied[key] = Self.graceEnd(after: occurredAt)
        case .progressRecorded, .reviewed: break
        }
    }

    private mutating func end(_ referral: ReferralID, at instant: Instant) {
        for department in granted[referral] ?? [] {
            let key = Key(referral: referral, department: department)
            implied[key] = implied[key] ?? instant
        }
    }

    private static func graceEnd(after instant: Instant) -> Instant {
        Instant(milliseconds: Referral.graceEnd(from: CivilDay(containing: instant.milliseconds)).endMilliseconds)
    }

    /// From when on the department may not read; nothing while no end is known.
    package func end(of referral: ReferralID, for department: DepartmentCode) -> Instant? {
        let key = Key(referral: referral, department: department)
        return ends[key] ?? implied[key]
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
