import EventSourcing
import FoundationEssentials
import MerkleLog
import NIOConcurrencyHelpers

/// The audiences of stored disclosures: most events of a log share a few thousand.
final class AudienceCache: Sendable {
    /// Who learns of an event, and the form in which that is hashed.
    struct Audience: Sendable {
        let departments: [DepartmentCode]
        let joined: Data
    }

    /// About 4 MB; emptied when full, since disclosures of one time are alike.
    private static let bound = 16_384

    private let known = NIOLockedValueBox<[Data: Audience]>([:])

    /// - Returns: Nothing unless the stored bytes are the one form their meaning has, since other readers take them by it.
    func audience(of event: RecordedEvent) -> Audience? {
        let bytes = event.disclosureBytes
        if let audience = known.withLockedValue({ $0[bytes] }) { return audience }
        guard let departments = (try? event.disclosure)?.audience else { return nil }
        let audience = Audience(
            departments: departments, joined: LeafParts.joined(sorted: departments.lazy.map(\.description)))
        known.withLockedValue { known in
            if known.count >= Self.bound { known.removeAll() }
            // A copy, since the bytes of an event keep those of its whole page.
            known[Data(Array(bytes))] = audience
        }
        return audience
    }
}
