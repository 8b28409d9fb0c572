package import EventSourcing
package import WorkingCalendar

extension ReferralEvent {
    /// Work on the referral began.
    package struct HandlingStarted: GroupedPayload {
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

    /// A department said how far it is; its words are sealed.
    package struct ProgressReported: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let stage: ProgressStage
        package let nextPromise: CivilDay?
        package let attachments: [Attachment]

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, stage: ProgressStage,
            nextPromise: CivilDay? = nil, attachments: [Attachment] = []
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.stage = stage
            self.nextPromise = nextPromise
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "stage", "nextPromise", "attachments"]
        ])
    }

    /// A co-handler finished its own task.
    package struct CoResultSubmitted: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let outcome: ReferralOutcome
        package let attachments: [Attachment]

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, outcome: ReferralOutcome,
            attachments: [Attachment] = []
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.outcome = outcome
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["outcome", "attachments"],
        ])
    }

    /// The lead finished and said with what result.
    package struct Completed: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let outcome: ReferralOutcome
        /// What the person gets.
        package let award: Award?
        /// Co-handlers whose result was not waited for.
        package let excused: [ExcusedCoHandler]
        package let attachments: [Attachment]

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, outcome: ReferralOutcome,
            award: Award? = nil, excused: [ExcusedCoHandler], attachments: [Attachment] = []
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.outcome = outcome
            self.award = award
            self.excused = excused
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["outcome", "attachments"],
            .payment: ["award"], .otherReferrals: ["excused"],
        ])
    }

    /// The lead tried and could not.
    package struct Failed: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let code: FailureCode
        /// Days on which contact was tried.
        package let attemptedOn: [CivilDay]
        package let attachments: [Attachment]

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, code: FailureCode,
            attemptedOn: [CivilDay], attachments: [Attachment] = []
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.code = code
            self.attemptedOn = attemptedOn
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .narrative: ["code", "attemptedOn", "attachments"],
        ])
    }

    /// The centre checked the result and closed the referral.
    package struct CompletionAccepted: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let lead: DepartmentCode
        package let result: CheckedResult

        package init(referral: ReferralID, caseFile: CaseID, lead: DepartmentCode, result: CheckedResult) {
            self.referral = referral
            self.caseFile = caseFile
            self.lead = lead
            self.result = result
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "lead", "result"]])
    }
}
