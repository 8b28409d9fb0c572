package import RuleBook

/// Whether a department is obliged or a voluntary body asked.
package enum ReferralKind: String, CaseIterable, Codable, Hashable, Sendable {
    case referral, offer
}

/// Whether a department leads or helps.
package enum HandlingRole: String, CaseIterable, Codable, Hashable, Sendable {
    case lead, coHandler
}

/// How pressing a referral is.
package enum ReferralPriority: String, CaseIterable, Codable, Hashable, Sendable {
    case routine, urgent, emergency
}

/// Why a draft was thrown away.
package enum VoidReason: String, CaseIterable, Codable, Hashable, Sendable {
    case enteredInError, solvedElsewhere, withdrawnByPerson, otherRoute
}

/// Why a voluntary body declined.
package enum DeclineReason: String, CaseIterable, Codable, Hashable, Sendable {
    case noCapacity, outOfScope, personUnsuitable, waitlist
}

/// Why a department disputes that a matter is its own.
package enum ReturnReason: String, CaseIterable, Codable, Hashable, Sendable {
    case notOurDuty, wrongArea, notOurLevel, duplicate, alreadyHandled
    /// Only a meeting may rule on it.
    case lawForbids
    case otherRoute
}

/// How far a department is.
package enum ProgressStage: String, CaseIterable, Codable, Hashable, Sendable {
    case contactMade, visited, documentsAsked, underReview, awaitingThirdParty, resultExpected
}

/// With what result a task ended.
package enum ReferralOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    case granted, partlyGranted, refused, serviceGiven
    case contacted, notFound, foundRefusesContact
    case reconciled, partlyReconciled, notReconciled
    case legalAidGranted, informed, assisted
}

/// Why a department could not do it.
package enum FailureCode: String, CaseIterable, Codable, Hashable, Sendable {
    /// Only after three tries on different days.
    case unreachable
    case personRefused, notEligibleAfterCheck, deceased, movedAway, resourceExhausted, legalObstacle
}

/// What the centre accepted.
package enum CheckedResult: String, CaseIterable, Codable, Hashable, Sendable {
    case completed, failed
}

/// The states of the referral machine (`reference/product.md` §4.6); flags such as designated or overdue are none.
package enum ReferralState: String, CaseIterable, Codable, Hashable, Sendable {
    case drafted, dispatched, received, accepted, inProgress, onHold
    case returnRequested, terminationRequested, cancellationRequested
    case completed, failed, closed, returned, redirected, declined, lapsed, cancelled, voided
}

/// What a department learnt only after it had accepted.
package enum LateReturnFact: String, CaseIterable, Codable, Hashable, Sendable {
    case personMoved, needDiffers, householdDiffers, handledElsewhere, rulesChanged
}

/// What a department promises to do (N-16).
package enum PromisedAct: String, CaseIterable, Codable, Hashable, Sendable {
    /// To be heard of again, which every hand-over promises.
    case hearAgain
    case contact, visit, documents, decision, payment, result
    /// To look again at what waits.
    case review
}

/// What a held referral waits for; a department's own leave, disputes and systems are none (I-10).
package enum HoldReason: String, CaseIterable, Codable, Hashable, Sendable {
    /// The limit is paused by the centre, after notice to the applicant; holding alone pauses nothing.
    case awaitingApplicant
    case awaitingExpert, awaitingHearing, awaitingCourt
    case awaitingThirdParty
    /// Ends by itself when the last co-handler's result is in.
    case awaitingCoHandler
}

/// Why another department should go on.
package enum RedirectReason: String, CaseIterable, Codable, Hashable, Sendable {
    case otherDuty, otherArea, otherTask, personMoved
}

/// Why a referral is no longer wanted.
package enum CancellationReason: String, CaseIterable, Codable, Hashable, Sendable {
    case withdrawn, duplicate, solvedElsewhere, consentWithdrawn

    /// Whether it is a person who no longer wants it, which never ends a child's item.
    package var isWithdrawal: Bool {
        switch self {
        case .withdrawn, .consentWithdrawn: true
        case .duplicate, .solvedElsewhere: false
        }
    }
}

/// Why a result does not do.
package enum ReworkReason: String, CaseIterable, Codable, Hashable, Sendable {
    case notMet, incomplete, evidenceMissing, wrongPerson
}

/// Why a closed referral is taken up again.
package enum ReopenReason: String, CaseIterable, Codable, Hashable, Sendable {
    case notMet
    /// At any time; the other reasons only in the window after closing.
    case appeal
    case newFact, error
}

extension HoldReason {
    /// The pause of the handling limit that follows; the applicant's is the centre's to set, after notice.
    package var pause: DeadlineRule.PauseReason? {
        switch self {
        case .awaitingExpert, .awaitingHearing: .expert
        case .awaitingCourt: .court
        case .awaitingApplicant, .awaitingThirdParty, .awaitingCoHandler: nil
        }
    }
}
