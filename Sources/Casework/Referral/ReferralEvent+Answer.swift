package import EventSourcing
package import WorkingCalendar

extension ReferralEvent {
    /// A department took the referral on, or a voluntary body the offer.
    package struct Accepted: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let handlingPost: PostCode
        /// The day by which the department promises to be heard of.
        package let nextPromise: CivilDay?

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, handlingPost: PostCode,
            nextPromise: CivilDay? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.handlingPost = handlingPost
            self.nextPromise = nextPromise
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "handlingPost", "nextPromise"]
        ])
    }

    /// A voluntary body declined an offer.
    package struct Declined: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let reason: DeclineReason

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode, reason: DeclineReason) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.reason = reason
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "department", "reason"]])
    }

    /// A department disputes that the matter is its own; somebody has to rule on it.
    package struct ReturnRequested: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let reason: ReturnReason
        package let clause: String
        /// Whose matter it is instead.
        package let proposed: DepartmentCode?
        /// What was learnt only after accepting: makes it a late return (T11).
        package let newFact: LateReturnFact?

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, reason: ReturnReason, clause: String,
            proposed: DepartmentCode? = nil, newFact: LateReturnFact? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.reason = reason
            self.clause = clause
            self.proposed = proposed
            self.newFact = newFact
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"],
            .narrative: ["reason", "clause", "proposed", "newFact"],
        ])
    }

    /// The return was found right; a successor has to be dispatched.
    package struct ReturnApproved: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let clause: String
        /// The resolution, where the meeting had to rule.
        package let resolution: ResolutionID?

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, clause: String,
            resolution: ResolutionID? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.clause = clause
            self.resolution = resolution
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["clause"], .otherReferrals: ["resolution"],
        ])
    }

    /// The return was found wrong; the referral stands as before.
    package struct ReturnRefused: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let clause: String
        package let resolution: ResolutionID?

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, clause: String,
            resolution: ResolutionID? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.clause = clause
            self.resolution = resolution
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["clause"], .otherReferrals: ["resolution"],
        ])
    }

    /// A meeting or a common superior said whose matter it is; no further return.
    package struct Designated: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let authority: DesignatingAuthority

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, authority: DesignatingAuthority
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.authority = authority
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "department", "authority"]])
    }
}
