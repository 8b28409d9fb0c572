package import EventSourcing
package import WorkingCalendar

extension ReferralEvent {
    /// Inside the department the referral went to another post.
    package struct HandlerAssigned: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let handlingPost: PostCode
        /// The day by which the new post promises to be heard of.
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

    /// A department said what it will do, and by when (N-16).
    package struct PromiseMade: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let what: PromisedAct
        /// The last day on which it is kept.
        package let nextPromise: CivilDay

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, what: PromisedAct, nextPromise: CivilDay
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.what = what
            self.nextPromise = nextPromise
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "what", "nextPromise"]
        ])
    }

    /// A department did what it had promised.
    package struct PromiseKept: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let what: PromisedAct
        /// The day it was promised for.
        package let promised: CivilDay

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, what: PromisedAct, promised: CivilDay
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.what = what
            self.promised = promised
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "what", "promised"]
        ])
    }

    /// A promise was not kept: its day passed, or the department said so itself.
    package struct PromiseBroken: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let what: PromisedAct
        /// The day it was promised for.
        package let promised: CivilDay

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, what: PromisedAct, promised: CivilDay
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.what = what
            self.promised = promised
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "what", "promised"]
        ])
    }
}
