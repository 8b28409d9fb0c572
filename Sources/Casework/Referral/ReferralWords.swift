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
