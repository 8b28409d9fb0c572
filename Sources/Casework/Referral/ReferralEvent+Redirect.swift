package import EventSourcing
package import RuleBook

extension ReferralEvent {
    /// The lead at work asks that another department goes on; the centre decides.
    package struct RedirectRequested: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let reason: RedirectReason
        /// Who should go on instead.
        package let proposed: DepartmentCode?

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, reason: RedirectReason,
            proposed: DepartmentCode? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.reason = reason
            self.proposed = proposed
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["reason", "proposed"],
        ])
    }

    /// The centre took the referral back and sent a successor in its place.
    package struct Redirected: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let lead: DepartmentCode
        package let reason: RedirectReason
        package let clause: String
        /// The referral dispatched in the same append.
        package let successor: ReferralID
        /// Which round the successor is: 2 after the first redirect or return.
        package let round: Int

        package init(
            referral: ReferralID, caseFile: CaseID, lead: DepartmentCode, reason: RedirectReason, clause: String,
            successor: ReferralID, round: Int
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.lead = lead
            self.reason = reason
            self.clause = clause
            self.successor = successor
            self.round = round
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "lead", "round"], .narrative: ["reason", "clause"],
            .otherReferrals: ["successor"],
        ])
    }

    /// After a reform another department stands in the place of one; limits and promises go on unchanged.
    package struct Superseded: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let number: EntityNumber
        /// Whose place it was.
        package let department: DepartmentCode
        package let successor: DepartmentCode
        package let role: HandlingRole
        package let task: TaskCode
        package let town: TownCode
        /// Where the successor finds it.
        package let state: ReferralState
        /// The decision that the reform rests on.
        package let basis: String

        package init(
            referral: ReferralID, caseFile: CaseID, number: EntityNumber, department: DepartmentCode,
            successor: DepartmentCode, role: HandlingRole, task: TaskCode, town: TownCode, state: ReferralState,
            basis: String
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.number = number
            self.department = department
            self.successor = successor
            self.role = role
            self.task = task
            self.town = town
            self.state = state
            self.basis = basis
        }

        package static let fieldGroups = properties([
            .reference: [
                "referral", "caseFile", "number", "department", "successor", "role", "task", "town", "state", "basis",
            ]
        ])
    }
}
