package import EventSourcing

/// What is said of a case and its records afterwards.
package struct CaseReview: Hashable, Sendable {
    /// One contested decision.
    package struct Appeal: Hashable, Sendable {
        package let lodged: ReviewEvent.AppealLodged
        package internal(set) var resolved: ReviewEvent.AppealResolved?
    }

    /// One record said to be wrong.
    package struct Correction: Hashable, Sendable {
        package let requested: ReviewEvent.CorrectionRequested
        /// Whether the record was found to be wrong; nothing while nobody has ruled.
        package internal(set) var isApproved: Bool?
    }

    /// The last appeal against each item's decisions.
    package internal(set) var appeals: [ItemID: Appeal] = [:]
    package internal(set) var corrections: [CorrectionID: Correction] = [:]
    /// What the person said in this cycle.
    package internal(set) var verified: ReviewEvent.Verified?
    package internal(set) var lastReopening: ReviewEvent.Reopened?
    package internal(set) var voided: ReviewEvent.Voided?

    mutating func evolve(with event: ReviewEvent) {
        switch event {
        case .appealLodged(let lodged): appeals[lodged.item] = Appeal(lodged: lodged)
        case .appealResolved(let resolved): appeals[resolved.item]?.resolved = resolved
        case .verified(let verified): self.verified = verified
        case .reopened(let reopened):
            lastReopening = reopened
            verified = nil
        case .voided(let voided): self.voided = voided
        case .correctionRequested(let requested):
            corrections[requested.correction] = Correction(requested: requested)
        case .correctionApproved(let approved): corrections[approved.correction]?.isApproved = true
        case .correctionRejected(let rejected): corrections[rejected.correction]?.isApproved = false
        case .corrected: break
        }
    }
}

/// What may be asked of a case afterwards; values beside a command are facts the desk found in the history.
package enum ReviewAct: Sendable {
    case lodgeAppeal(LodgeAppeal, ItemID?)
    /// `decidedBy`: who made the contested decision.
    case resolveAppeal(RecordAppealResult, ItemID?, decidedBy: AccountID?)
    /// `handlers`: everybody who has acted in the case.
    case verify(VerifyOutcome, handlers: Set<AccountID>)
    case reopen(ReopenCase)
    case void(VoidCase)
    /// `target`: what can be wrong with the record; nothing when the case has no such record.
    case requestCorrection(RequestCorrection, target: CorrectionTarget?)
    /// `requestedBy`: who said that the record is wrong.
    case approveCorrection(ApproveCorrection, requestedBy: AccountID?)
    case rejectCorrection(RejectCorrection, requestedBy: AccountID?)
}

/// What of a record can be wrong: its open properties and its sealed groups.
package struct CorrectionTarget: Hashable, Sendable {
    package let properties: Set<String>
    package let groups: Set<FieldGroup>

    package init(properties: Set<String>, groups: Set<FieldGroup>) {
        self.properties = properties
        self.groups = groups
    }
}
