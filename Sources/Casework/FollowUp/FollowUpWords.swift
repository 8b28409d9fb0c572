/// What may go on after a case: nothing else, and never an unfinished statutory referral.
package enum FollowUpKind: String, CaseIterable, Codable, Hashable, Sendable {
    case court, arbitration, pairing, serviceBegun
}

/// How far the matter of a follow-up is.
package enum FollowUpStage: String, CaseIterable, Codable, Hashable, Sendable {
    case submitted, filed, hearing, judged, settled, underway, ended
}

/// What the centre found when it reviewed a follow-up.
package enum FollowUpFinding: String, CaseIterable, Codable, Hashable, Sendable {
    case waiting, onTrack, stalled
}

/// How a follow-up ended.
package enum FollowUpOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    case achieved, partlyAchieved, notAchieved, withdrawn
}
