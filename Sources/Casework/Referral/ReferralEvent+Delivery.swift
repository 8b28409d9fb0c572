package import EventSourcing

extension ReferralEvent {
    /// The hub's technical word that a referral lies in a department's own system; it moves no state.
    package struct Delivered: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Which cycle arrived: 1, then one more with each rework and reopening.
        package let cycle: Int

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode, cycle: Int) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.cycle = cycle
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "department", "cycle"]])
    }
}
