/// Why a visit that was tried is none; unreachable is a result, not a gap.
package enum VisitOutcome: String, CaseIterable, Codable, Hashable, Sendable {
    case nobodyHome, wrongPlace, refusedEntry, unreachable
}
