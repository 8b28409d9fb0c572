import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

extension LogVerifier {
    /// Everything about a run of events that can be checked without the events before them.
    ///
    /// Pages are checked beside each other; what ties them together is ``State``'s business.
    struct Page: Sendable {
        /// One sound event, as the events after it need it.
        struct Link: Sendable {
            let leaf: Data
            let appendFirst: UInt64
            let recordedAt: Instant
            let audience: [DepartmentCode]
        }

        /// The position before its first event.
        let after: UInt64
        private(set) var links: [Link] = []
        /// What the indexes must hold of these events.
        private(set) var tagRows = RowDigest()
        private(set) var typeRows = RowDigest()
        /// The first thing that does not hold; the links end before it.
        private(set) var finding: LogVerification.Finding?

        /// Checks the events of a range.
        ///
        /// - Parameter mark: The last position the indexes hold.
        init(
            after: UInt64, through: UInt64, mark: UInt64, identity: LogIdentity, audiences: AudienceCache,
            snapshot: LogSnapshot
        ) throws {
            self.after = after
            links.reserveCapacity(Int(through - after))
            do {
                try snapshot.walk(after: after, through: through) { event, row in
                    guard event.position.number == self.after + UInt64(links.count) + 1 else { return false }
                    let audience = audiences.audience(of: event)
                    if let fault = try Self.fault(of: event, audience, row: row, identity: identity) {
                        finding = .init(fault.0, at: event.position, detail: fault.1)
                        return false
                    }
                    guard try snapshot.isFound(event) else {
                        finding = .init(.index, at: event.position, detail: "the event is not found by its id")
                        return false
                    }
                    if event.position.number <= mark { try takeIndexRows(of: event, row: row) }
                    links.append(
                        Link(
                            leaf: event.leaf, appendFirst: event.appendFirst.number, recordedAt: event.recordedAt,
                            audience: audience?.departments ?? []))
                    return true
                }
            } catch {
                let reason = EventLogError.from(error)
                guard reason.code == .unreadableRow || reason.code == .damaged else { throw reason }
                let next = Position(after + UInt64(links.count) + 1)
                // A row that took a later number leaves its own missing, which is told below.
                if reason.position.map({ $0 <= next }) ?? true {
                    finding = .init(.unreadable, at: reason.position ?? next, detail: reason.detail)
                }
            }
            let reached = after + UInt64(links.count)
            if finding == nil, reached < through {
                finding = .init(.positions, at: Position(reached + 1), detail: "this position is missing")
            }
        }

        private mutating func takeIndexRows(of event: RecordedEvent, row: PreparedStatement) throws {
            let type = UInt64(try row.count(Int32(EventRows.typeColumn)))
            typeRows.add(type, event.position.number, 0)
            try row.withBlob(Int32(EventRows.tagColumn)) { bytes in
                for tag in EventRows.tagIDs(in: bytes) { tagRows.add(UInt64(tag), event.position.number, type) }
            }
        }

        typealias Fault = (LogVerification.Fault, String)

        private static func fault(
            of event: RecordedEvent, _ audience: AudienceCache.Audience?, row: PreparedStatement, identity: LogIdentity
        ) throws -> Fault? {
            guard let audience, try row.holds(audience.joined, in: Int32(EventRows.audienceColumn)) else {
                return (.form, "audience and disclosure are not each other's")
            }
            let tags = event.tags
            guard try isAscending(tagsOf: row), (1..<max(1, tags.count)).allSatisfy({ tags[$0 - 1] < tags[$0] })
            else { return (.form, "tag numbers are not ascending") }
            if let fault = sealedFault(of: event) { return fault }
            let parts = LeafParts(
                meta: event.meta, data: event.data, tags: LeafParts.joined(sorted: tags.lazy.map(\.description)),
                audience: audience.joined, disclosure: event.disclosureBytes)
            guard LeafOfEvent.leaf(of: event, parts: parts, in: identity)?.hash == event.leaf else {
                return (.leaf, "the event does not give its leaf")
            }
            return nil
        }

        private static func isAscending(tagsOf row: PreparedStatement) throws -> Bool {
            let bytes = try row.bytes(Int32(EventRows.tagColumn))
            var last: UInt32?
            return (0..<(bytes.count / 4)).allSatisfy { index in
                let id = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
                defer { last = id }
                return last.map { $0 < id } ?? true
            }
        }

        private static func sealedFault(of event: RecordedEvent) -> Fault? {
            for (index, section) in event.sealed.enumerated() {
                guard Int(section.section) == index + 1 else { return (.sealedLabels, "a sealed section is missing") }
                guard let nonce = section.nonce, let ciphertext = section.ciphertext else { continue }
                guard Leaf.sectionDigest(nonce: nonce, ciphertext: ciphertext) == section.digest else {
                    return (.sealedDigest, "section \(section.section) is not what was sealed")
                }
            }
            guard AppendLimits.labels(in: event.meta, are: event.sealed) else {
                return (.sealedLabels, "the sealed sections are not those that meta names")
            }
            return nil
        }
    }
}

/// A digest of a set of index rows that does not depend on their order.
///
/// Each row is hashed under a key that is new in every run, so rows cannot be made to cancel each other out.
struct RowDigest: Hashable, Sendable {
    private var sum: UInt64 = 0
    private var count: UInt64 = 0

    mutating func add(_ first: UInt64, _ second: UInt64, _ third: UInt64) {
        var hasher = Hasher()
        hasher.combine(first)
        hasher.combine(second)
        hasher.combine(third)
        sum &+= UInt64(bitPattern: Int64(hasher.finalize()))
        count += 1
    }

    mutating func add(_ other: RowDigest) {
        sum &+= other.sum
        count += other.count
    }
}
