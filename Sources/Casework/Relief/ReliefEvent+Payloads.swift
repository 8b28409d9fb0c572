package import EventSourcing
package import RuleBook

extension ReliefEvent {
    /// Somebody reported that a person cannot wait.
    package struct EmergencyReported: GroupedPayload {
        package let caseFile: CaseID
        package let kind: EmergencyKind
        package let channel: RequestChannel
        /// The post on duty, which acts at once.
        package let onDuty: PostCode

        package init(caseFile: CaseID, kind: EmergencyKind, channel: RequestChannel, onDuty: PostCode) {
            self.caseFile = caseFile
            self.kind = kind
            self.channel = channel
            self.onDuty = onDuty
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "kind", "channel", "onDuty"]])
    }

    /// The post on duty reached the person.
    package struct EmergencyContacted: GroupedPayload {
        package let caseFile: CaseID
        package let means: DeliveryMeans

        package init(caseFile: CaseID, means: DeliveryMeans) {
            self.caseFile = caseFile
            self.means = means
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "means"]])
    }

    /// The emergency is real.
    package struct EmergencyConfirmed: GroupedPayload {
        package let caseFile: CaseID

        package init(caseFile: CaseID) {
            self.caseFile = caseFile
        }

        package static let fieldGroups = properties([.reference: ["caseFile"]])
    }

    /// What was reported can wait and goes its usual way.
    package struct EmergencyNotUrgent: GroupedPayload {
        package let caseFile: CaseID
        package let reason: NotUrgentReason

        package init(caseFile: CaseID, reason: NotUrgentReason) {
            self.caseFile = caseFile
            self.reason = reason
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "reason"]])
    }

    /// Relief was granted before the papers.
    package struct AdvanceGranted: GroupedPayload {
        package let caseFile: CaseID
        /// The item it will be settled with, where one exists yet.
        package let item: ItemID?
        package let policyItem: PolicyItemCode
        /// The version whose cap it kept.
        package let policyVersion: Int
        package let kind: Award.Kind
        /// In fen, more than 0 and within the local cap.
        package let amount: Int64
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?

        package init(
            caseFile: CaseID, item: ItemID? = nil, policyItem: PolicyItemCode, policyVersion: Int, kind: Award.Kind,
            amount: Int64, department: DepartmentCode? = nil
        ) {
            self.caseFile = caseFile
            self.item = item
            self.policyItem = policyItem
            self.policyVersion = policyVersion
            self.kind = kind
            self.amount = amount
            self.department = department
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "policyItem", "policyVersion", "department"],
            .payment: ["kind", "amount"],
        ])
    }

    /// Aid reached the person.
    package struct AidDelivered: GroupedPayload {
        package let caseFile: CaseID
        package let kind: Award.Kind
        /// In fen, more than 0; nothing where it has no price.
        package let amount: Int64?
        /// Whether it was advance relief, which has to be regularised.
        package let advance: Bool
        /// Whether it ended an emergency.
        package let emergency: Bool
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, kind: Award.Kind, amount: Int64? = nil, advance: Bool, emergency: Bool,
            attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.kind = kind
            self.amount = amount
            self.advance = advance
            self.emergency = emergency
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "advance", "emergency", "attachments"], .payment: ["kind", "amount"],
        ])
    }

    /// The papers of advance relief are complete and it rests on a decision.
    package struct AdvanceRegularized: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let decision: DecisionID

        package init(caseFile: CaseID, item: ItemID, decision: DecisionID) {
            self.caseFile = caseFile
            self.item = item
            self.decision = decision
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "item", "decision"]])
    }

    /// Advance relief was taken back.
    package struct AdvanceRecovered: GroupedPayload {
        package let caseFile: CaseID
        /// In fen, more than 0 and not above what was given.
        package let amount: Int64
        package let reason: RecoveryReason

        package init(caseFile: CaseID, amount: Int64, reason: RecoveryReason) {
            self.caseFile = caseFile
            self.amount = amount
            self.reason = reason
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile"], .otherReferrals: ["reason"], .payment: ["amount"],
        ])
    }
}
