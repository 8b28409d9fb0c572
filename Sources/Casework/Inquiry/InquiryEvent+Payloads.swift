package import EventSourcing
package import WorkingCalendar

extension InquiryEvent {
    /// An economic check of people was asked for, on their authorization.
    package struct CheckRequested: GroupedPayload {
        package let caseFile: CaseID
        package let inquiry: InquiryID
        /// Whose means are checked.
        package let people: [PersonReference]
        /// The items it is made for; others of the case may use it too.
        package let items: [ItemID]
        /// The check office asked.
        package let office: DepartmentCode?
        /// The referral that asks it; nothing where the centre checks by itself.
        package let referral: ReferralID?

        package init(
            caseFile: CaseID, inquiry: InquiryID, people: [PersonReference], items: [ItemID],
            office: DepartmentCode? = nil, referral: ReferralID? = nil
        ) {
            self.caseFile = caseFile
            self.inquiry = inquiry
            self.people = people
            self.items = items
            self.office = office
            self.referral = referral
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "inquiry", "items", "office", "referral"], .identity: ["people"],
        ])
    }

    /// The office asked began an economic check.
    package struct CheckStarted: GroupedPayload {
        package let caseFile: CaseID
        package let inquiry: InquiryID
        /// The checking department; nothing when the centre checks.
        package let department: DepartmentCode?

        package init(caseFile: CaseID, inquiry: InquiryID, department: DepartmentCode? = nil) {
            self.caseFile = caseFile
            self.inquiry = inquiry
            self.department = department
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "inquiry", "department"]])
    }

    /// An economic check was reported.
    package struct CheckReported: GroupedPayload {
        package let caseFile: CaseID
        package let inquiry: InquiryID
        /// The conclusion; the details are sealed.
        package let band: MeansBand
        /// The last day it may be relied on.
        package let validUntil: CivilDay?
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?
        /// The items it was made for; nothing in records from before they were named.
        package let items: [ItemID]?

        package init(
            caseFile: CaseID, inquiry: InquiryID, band: MeansBand, validUntil: CivilDay? = nil,
            department: DepartmentCode? = nil, items: [ItemID]? = nil
        ) {
            self.items = items
            self.caseFile = caseFile
            self.inquiry = inquiry
            self.band = band
            self.validUntil = validUntil
            self.department = department
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "inquiry", "validUntil", "department", "items"], .meansConclusion: ["band"],
        ])
    }

    /// Something was investigated or assessed, once for all items that need it.
    package struct Assessed: GroupedPayload {
        package let caseFile: CaseID
        package let inquiry: InquiryID
        package let kind: AssessmentKind
        /// Whom it is about.
        package let people: [PersonReference]
        /// The items it was made for; others of the case may use it too.
        package let items: [ItemID]
        package let result: AssessmentResult
        /// The referral that brought it.
        package let referral: ReferralID?
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?

        package init(
            caseFile: CaseID, inquiry: InquiryID, kind: AssessmentKind, people: [PersonReference], items: [ItemID],
            result: AssessmentResult, referral: ReferralID? = nil, department: DepartmentCode? = nil
        ) {
            self.caseFile = caseFile
            self.inquiry = inquiry
            self.kind = kind
            self.people = people
            self.items = items
            self.result = result
            self.referral = referral
            self.department = department
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "inquiry", "kind", "items", "department"], .identity: ["people"],
            .otherReferrals: ["result", "referral"],
        ])
    }
}
