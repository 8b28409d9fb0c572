/// How an application was made.
package enum ApplicationManner: String, CaseIterable, Codable, Hashable, Sendable {
    case ownBehalf, agent, assisted
}

/// What lets an agent act for the applicant.
package enum Mandate: String, CaseIterable, Codable, Hashable, Sendable {
    case written, guardianship, courtOrder
}

/// Why papers are asked for a second time in a cycle.
package enum SupplementReason: String, CaseIterable, Codable, Hashable, Sendable {
    case newFact, ruleChanged, ourMistake
}

/// Why somebody no longer asks for a thing.
package enum WithdrawalReason: String, CaseIterable, Codable, Hashable, Sendable {
    case noNeed, solvedElsewhere, ownWish
}

/// What another hub, or this one for another, came to.
package enum HubAnswer: String, CaseIterable, Codable, Hashable, Sendable {
    case settled, refused, handedBack
}

/// What a town would decide on a file it hands up.
package enum FileOpinion: String, CaseIterable, Codable, Hashable, Sendable {
    case grant, grantInPart, refuse
}
