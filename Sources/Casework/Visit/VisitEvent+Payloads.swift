package import EventSourcing
package import WorkingCalendar

extension VisitEvent {
    /// A visit was planned.
    package struct Planned: GroupedPayload {
        package let caseFile: CaseID
        package let visit: VisitID
        package let purpose: VisitPurpose
        package let plannedFor: CivilDay
        /// How many people will go; a verification needs two.
        package let visitors: Int

        package init(caseFile: CaseID, visit: VisitID, purpose: VisitPurpose, plannedFor: CivilDay, visitors: Int) {
            self.caseFile = caseFile
            self.visit = visit
            self.purpose = purpose
            self.plannedFor = plannedFor
            self.visitors = visitors
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "visit", "purpose", "plannedFor", "visitors"]
        ])
    }

    /// Somebody went and did not see the household; no limit stops for it.
    package struct Attempted: GroupedPayload {
        package let caseFile: CaseID
        package let visit: VisitID
        package let purpose: VisitPurpose
        package let outcome: VisitOutcome
        package let visitors: Int
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, visit: VisitID, purpose: VisitPurpose, outcome: VisitOutcome, visitors: Int,
            attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.visit = visit
            self.purpose = purpose
            self.outcome = outcome
            self.visitors = visitors
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "visit", "purpose", "outcome", "visitors", "attachments"]
        ])
    }

    /// The form of a visit was filled in.
    package struct FormRecorded: GroupedPayload {
        package let caseFile: CaseID
        package let visit: VisitID
        /// Which form of the local list.
        package let form: PaperCode
        package let formVersion: Int
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, visit: VisitID, form: PaperCode, formVersion: Int, attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.visit = visit
            self.form = form
            self.formVersion = formVersion
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "visit", "form", "formVersion", "attachments"]
        ])
    }
}
