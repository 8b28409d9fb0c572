package import EventSourcing

extension ReviewEvent {
    /// A person contested a decision.
    package struct AppealLodged: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let decision: DecisionID
        package let kind: AppealKind

        package init(caseFile: CaseID, item: ItemID, decision: DecisionID, kind: AppealKind) {
            self.caseFile = caseFile
            self.item = item
            self.decision = decision
            self.kind = kind
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "decision"], .otherReferrals: ["kind"],
        ])
    }

    /// An appeal ended.
    package struct AppealResolved: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let decision: DecisionID
        package let result: AppealResult
        /// The clause it rests on; only a withdrawn appeal has none.
        package let clause: String?

        package init(caseFile: CaseID, item: ItemID, decision: DecisionID, result: AppealResult, clause: String? = nil)
        {
            self.caseFile = caseFile
            self.item = item
            self.decision = decision
            self.result = result
            self.clause = clause
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "decision"], .otherReferrals: ["result", "clause"],
        ])
    }

    /// Somebody who had not handled the case asked whether help arrived.
    package struct Verified: GroupedPayload {
        package let caseFile: CaseID
        /// 1 for the first way through.
        package let cycle: Int
        package let result: VerifiedOutcome
        package let means: DeliveryMeans

        package init(caseFile: CaseID, cycle: Int, result: VerifiedOutcome, means: DeliveryMeans) {
            self.caseFile = caseFile
            self.cycle = cycle
            self.result = result
            self.means = means
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "cycle", "result", "means"]])
    }

    /// A case that had ended goes on in a new cycle; the earlier one stays as it was.
    package struct Reopened: GroupedPayload {
        package let caseFile: CaseID
        /// 2, 3 and so on.
        package let cycle: Int
        package let reason: CaseReopenReason
        /// The items that are triaged and decided anew.
        package let items: [ItemID]
        package let clause: String?

        package init(caseFile: CaseID, cycle: Int, reason: CaseReopenReason, items: [ItemID], clause: String? = nil) {
            self.caseFile = caseFile
            self.cycle = cycle
            self.reason = reason
            self.items = items
            self.clause = clause
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "cycle", "items"], .otherReferrals: ["reason", "clause"],
        ])
    }

    /// A case should never have been and ended without having given anything.
    package struct Voided: GroupedPayload {
        package let caseFile: CaseID
        package let reason: CaseVoidReason

        package init(caseFile: CaseID, reason: CaseVoidReason) {
            self.caseFile = caseFile
            self.reason = reason
        }

        package static let fieldGroups = properties([.reference: ["caseFile"], .otherReferrals: ["reason"]])
    }

    /// Somebody says that a record is wrong.
    package struct CorrectionRequested: GroupedPayload {
        package let caseFile: CaseID
        package let correction: CorrectionID
        /// The event that holds it.
        package let event: UniqueID
        /// The property or the sealed group at fault.
        package let field: String
        package let reason: CorrectionReason
        /// What a property should be; personal text comes sealed with the approval.
        package let value: CorrectedCode?

        package init(
            caseFile: CaseID, correction: CorrectionID, event: UniqueID, field: String, reason: CorrectionReason,
            value: CorrectedCode? = nil
        ) {
            self.caseFile = caseFile
            self.correction = correction
            self.event = event
            self.field = field
            self.reason = reason
            self.value = value
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "correction", "event", "field", "reason"], .otherReferrals: ["value"],
        ])
    }

    /// Another person found that the record is wrong.
    package struct CorrectionApproved: GroupedPayload {
        package let caseFile: CaseID
        package let correction: CorrectionID

        package init(caseFile: CaseID, correction: CorrectionID) {
            self.caseFile = caseFile
            self.correction = correction
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "correction"]])
    }

    /// Another person found that the record is right.
    package struct CorrectionRejected: GroupedPayload {
        package let caseFile: CaseID
        package let correction: CorrectionID
        package let clause: String

        package init(caseFile: CaseID, correction: CorrectionID, clause: String) {
            self.caseFile = caseFile
            self.correction = correction
            self.clause = clause
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "correction"], .otherReferrals: ["clause"],
        ])
    }

    /// What a record should have said; the original stays beside it.
    package struct Corrected: GroupedPayload {
        package let caseFile: CaseID
        package let correction: CorrectionID
        /// The event that holds the original.
        package let event: UniqueID
        package let field: String
        /// What the property should be; nothing where the text is sealed here.
        package let value: CorrectedCode?

        package init(
            caseFile: CaseID, correction: CorrectionID, event: UniqueID, field: String, value: CorrectedCode? = nil
        ) {
            self.caseFile = caseFile
            self.correction = correction
            self.event = event
            self.field = field
            self.value = value
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "correction", "event", "field"], .otherReferrals: ["value"],
        ])
    }
}
