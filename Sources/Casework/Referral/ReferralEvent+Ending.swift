package import EventSourcing

extension ReferralEvent {
    /// A voluntary body did not answer in time; the matter is the centre's again.
    package struct OfferLapsed: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "department"]])
    }

    /// The lead finds that it cannot be done; the centre has to agree.
    package struct TerminationRequested: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let code: FailureCode

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode, code: FailureCode) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.code = code
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["code"],
        ])
    }

    /// The centre agreed that it cannot be done, and the person was told.
    package struct TerminationApproved: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let code: FailureCode
        package let clause: String
        /// How the person was told.
        package let told: DeliveryMeans

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, code: FailureCode, clause: String,
            told: DeliveryMeans
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.code = code
            self.clause = clause
            self.told = told
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "told"], .narrative: ["code", "clause"],
        ])
    }

    /// The centre finds that it can be done; work goes on.
    package struct TerminationRefused: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let clause: String

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode, clause: String) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.clause = clause
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["clause"],
        ])
    }
}
