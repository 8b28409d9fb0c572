package import EventSourcing

extension FollowUpEvent {
    /// Something goes on after the case: a court matter, an arbitration, a pairing, a service already begun.
    package struct Opened: GroupedPayload {
        package let caseFile: CaseID
        package let followUp: FollowUpID
        package let number: EntityNumber
        package let kind: FollowUpKind
        /// Who reports on it.
        package let department: DepartmentCode
        package let item: ItemID?
        /// The closed referral it grew out of.
        package let referral: ReferralID?

        package init(
            caseFile: CaseID, followUp: FollowUpID, number: EntityNumber, kind: FollowUpKind,
            department: DepartmentCode, item: ItemID? = nil, referral: ReferralID? = nil
        ) {
            self.caseFile = caseFile
            self.followUp = followUp
            self.number = number
            self.kind = kind
            self.department = department
            self.item = item
            self.referral = referral
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "followUp", "number", "kind", "department", "item", "referral"]
        ])
    }

    /// What a follow-up waits for moved on.
    package struct ProgressRecorded: GroupedPayload {
        package let caseFile: CaseID
        package let followUp: FollowUpID
        package let department: DepartmentCode
        package let stage: FollowUpStage
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, followUp: FollowUpID, department: DepartmentCode, stage: FollowUpStage,
            attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.followUp = followUp
            self.department = department
            self.stage = stage
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "followUp", "department", "stage", "attachments"]
        ])
    }

    /// The centre looked at an open follow-up and keeps it open.
    package struct Reviewed: GroupedPayload {
        package let caseFile: CaseID
        package let followUp: FollowUpID
        package let finding: FollowUpFinding

        package init(caseFile: CaseID, followUp: FollowUpID, finding: FollowUpFinding) {
            self.caseFile = caseFile
            self.followUp = followUp
            self.finding = finding
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "followUp", "finding"]])
    }

    /// A follow-up ended; its result was told without reopening the case.
    package struct Concluded: GroupedPayload {
        package let caseFile: CaseID
        package let followUp: FollowUpID
        package let outcome: FollowUpOutcome
        /// How the person was told.
        package let means: DeliveryMeans?
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, followUp: FollowUpID, outcome: FollowUpOutcome, means: DeliveryMeans? = nil,
            attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.followUp = followUp
            self.outcome = outcome
            self.means = means
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "followUp", "outcome", "means", "attachments"]
        ])
    }
}
