/// What sort of emergency was reported.
package enum EmergencyKind: String, CaseIterable, Codable, Hashable, Sendable {
    case accident, suddenIllness, childAlone, noShelter, disaster, other
}

/// Why a reported emergency is none.
package enum NotUrgentReason: String, CaseIterable, Codable, Hashable, Sendable {
    case safeNow, handledByOthers, noSuchSituation
}

/// Why advance relief is taken back.
package enum RecoveryReason: String, CaseIterable, Codable, Hashable, Sendable {
    case notEntitled, paidTwice, returnedByOwnWish
}
