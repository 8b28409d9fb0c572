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
