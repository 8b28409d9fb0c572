/// How a decision was contested.
package enum AppealKind: String, CaseIterable, Codable, Hashable, Sendable {
    case reconsideration, lawsuit, complaint
}

/// What became of an appeal.
package enum AppealResult: String, CaseIterable, Codable, Hashable, Sendable {
    case upheld, overturned, withdrawn
}

/// What the person said when asked whether help arrived.
package enum VerifiedOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    case needMet, partly, notMet, unreachable
}

/// Why a case that had ended goes on.
package enum CaseReopenReason: String, CaseIterable, Codable, Hashable, Sendable {
    case verification, appeal, newFact, error
}

/// Why a case should never have been.
package enum CaseVoidReason: String, CaseIterable, Codable, Hashable, Sendable {
    case enteredInError, wrongPerson, trialEntry
}

/// What is wrong with a record.
package enum CorrectionReason: String, CaseIterable, Codable, Hashable, Sendable {
    case misspelt, wrongPerson, wrongDate, wrongCode, outdatedSource
}
