package import Deadlines
package import EventSourcing

extension ReferralEvent {
    /// The result does not do; the lead works on in a new cycle with a limit of its own.
    package struct ReturnedForRework: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Only a referral has a limit for handling; an offer runs under none.
        package let kind: ReferralKind
        package let reason: ReworkReason
        /// 2, 3 …; the cycles before stay visible.
        package let cycle: Int
        /// How long the rework may take.
        package let limit: DeadlineLimit

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, kind: ReferralKind,
            reason: ReworkReason, cycle: Int, limit: DeadlineLimit
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.kind = kind
            self.reason = reason
            self.cycle = cycle
            self.limit = limit
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "kind", "cycle", "limit"], .narrative: ["reason"],
        ])
    }

    /// A closed referral is taken up again in a new cycle.
    package struct Reopened: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Only a referral has a limit for handling; an offer runs under none.
        package let kind: ReferralKind
        package let reason: ReopenReason
        /// 2, 3 …; the cycles before stay visible.
        package let cycle: Int
        /// How long the new cycle may take.
        package let limit: DeadlineLimit

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, kind: ReferralKind,
            reason: ReopenReason, cycle: Int, limit: DeadlineLimit
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.kind = kind
            self.reason = reason
            self.cycle = cycle
            self.limit = limit
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "kind", "cycle", "limit"], .narrative: ["reason"],
        ])
    }
}

extension ReferralEvent {
    /// Whether a new cycle of an old referral begins with it.
    var beginsCycle: Bool {
        switch stored.kind {
        case .returnedForRework, .reopened: true
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .designated, .handlingStarted,
            .progressReported, .coResultSubmitted, .completed, .failed, .completionAccepted, .handlerAssigned,
            .promiseMade, .promiseKept, .promiseBroken, .held, .resumed, .redirectRequested, .redirected, .superseded,
            .offerLapsed, .terminationRequested, .terminationApproved, .terminationRefused, .cancellationRequested,
            .cancellationConfirmed, .cancellationOvertaken, .cancellationWithdrawn:
            false
        }
    }
}
