package import EventSourcing

extension ReferralEvent {
    /// The centre wants the work stopped, and the department has to confirm.
    package struct CancellationRequested: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let lead: DepartmentCode
        package let reason: CancellationReason

        package init(referral: ReferralID, caseFile: CaseID, lead: DepartmentCode, reason: CancellationReason) {
            self.referral = referral
            self.caseFile = caseFile
            self.lead = lead
            self.reason = reason
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "lead"], .narrative: ["reason"],
        ])
    }

    /// The work was stopped.
    package struct CancellationConfirmed: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let lead: DepartmentCode
        package let reason: CancellationReason
        /// Whether the department said nothing for two working days.
        package let automatic: Bool

        package init(
            referral: ReferralID, caseFile: CaseID, lead: DepartmentCode, reason: CancellationReason, automatic: Bool
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.lead = lead
            self.reason = reason
            self.automatic = automatic
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "lead", "automatic"], .narrative: ["reason"],
        ])
    }

    /// Help had arrived before the cancellation; the result follows in the same append.
    package struct CancellationOvertaken: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let lead: DepartmentCode

        package init(referral: ReferralID, caseFile: CaseID, lead: DepartmentCode) {
            self.referral = referral
            self.caseFile = caseFile
            self.lead = lead
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "lead"]])
    }

    /// The centre took its request to stop back; the referral stands as before.
    package struct CancellationWithdrawn: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let lead: DepartmentCode

        package init(referral: ReferralID, caseFile: CaseID, lead: DepartmentCode) {
            self.referral = referral
            self.caseFile = caseFile
            self.lead = lead
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "lead"]])
    }
}
