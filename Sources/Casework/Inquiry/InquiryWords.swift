/// What an economic check concluded, as a band without an amount.
package enum MeansBand: String, CaseIterable, Codable, Hashable, Sendable {
    case withinStandard, marginal, aboveStandard, unclear
}

/// What was assessed.
package enum AssessmentKind: String, CaseIterable, Codable, Hashable, Sendable {
    case householdInvestigation, labourCapacity, careNeed, guardianship, housing
}

/// What an assessment found.
package enum AssessmentResult: String, CaseIterable, Codable, Hashable, Sendable {
    case confirmed, partlyConfirmed, notConfirmed
}

/// What a body that owes no answer is asked, as a courtesy.
package enum InformationQuestion: String, CaseIterable, Codable, Hashable, Sendable {
    /// Whether somebody stands in its registers: household, prison list, membership.
    case register
    /// How far a matter before it is: a filing, a trial, a mediation.
    case proceedings
    /// What it has given or pays already.
    case aidGiven
    /// What it could give.
    case capacity
    /// A bill or a meter: arrears, relief of a fee.
    case account
}

/// What came of a courtesy request.
package enum InformationAnswer: String, CaseIterable, Codable, Hashable, Sendable {
    /// It answered; what it said of people is sealed.
    case given
    /// It looked and holds nothing.
    case nothingHeld
    /// It does not say; a courtesy may be declined.
    case declined
}
