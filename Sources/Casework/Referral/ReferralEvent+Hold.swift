package import EventSourcing
package import WorkingCalendar

extension ReferralEvent {
    /// The lead waits for something; it looks at it again on a day it names.
    package struct Held: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let reason: HoldReason
        /// Counts as its next promise.
        package let reviewOn: CivilDay

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, reason: HoldReason, reviewOn: CivilDay
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.reason = reason
            self.reviewOn = reviewOn
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "reviewOn"], .narrative: ["reason"],
        ])
    }

    /// Work goes on after a hold.
    package struct Resumed: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// The day by which the department promises to be heard of.
        package let nextPromise: CivilDay?
        /// Whether what was awaited arrived, rather than the department saying so.
        package let automatic: Bool

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, nextPromise: CivilDay? = nil,
            automatic: Bool
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.nextPromise = nextPromise
            self.automatic = automatic
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "nextPromise", "automatic"]
        ])
    }
}
