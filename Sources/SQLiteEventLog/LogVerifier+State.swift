import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

extension LogVerifier {
    /// What one pass over the events carries from page to page.
    struct State: Sendable {
        struct Feed: Sendable {
            var sequence: UInt64
            var chain: Data
        }

        let identity: LogIdentity
        let head: UInt64
        private(set) var reached: UInt64 = 0
        private(set) var finding: LogVerification.Finding?
        private(set) var edge = MerkleEdge()
        private(set) var feeds: [DepartmentCode: Feed] = [:]
        /// Last position by first, of the appends of the page taken last.
        private(set) var appends: [UInt64: UInt64] = [:]
        private var lastAppend: UInt64 = 0
        private var recordedAt: Instant?

        init(identity: LogIdentity, head: UInt64) {
            self.identity = identity
            self.head = head
        }

        /// Checks the next events until one does not hold.
        mutating func takePage(limit: Int, from snapshot: LogSnapshot) throws {
            appends = [:]
            let events = try snapshot.page(.all, after: Position(reached), limit: limit).events
            for event in events {
                guard event.position.number == reached + 1 else { break }
                if let fault = try fault(of: event, in: snapshot.db) {
                    finding = .init(fault.0, at: event.position, detail: fault.1)
                    return
                }
                reached += 1
            }
            if events.isEmpty || events.last?.position.number != reached {
                finding = .init(.positions, at: Position(reached + 1), detail: "this position is missing")
            }
        }

        private typealias Fault = (LogVerification.Fault, String)

        private mutating func fault(of event: RecordedEvent, in db: Database) throws -> Fault? {
            if let fault = try formFault(of: event, in: db) { return fault }
            if let fault = sealedFault(of: event) { return fault }
            guard LeafOfEvent.leaf(of: event, in: identity)?.hash == event.leaf else {
                return (.leaf, "the event does not give its leaf")
            }
            edge.append(event.leaf)
            let first = event.appendFirst.number
            guard first == event.position.number || first == lastAppend else {
                return (.appendGroup, "the events of an append do not stand together")
            }
            lastAppend = first
            appends[first] = event.position.number
            guard recordedAt.map({ $0 <= event.recordedAt }) ?? true else {
                return (.recordedAt, "recorded before the event before it")
            }
            recordedAt = event.recordedAt
            return try feedFault(of: event, in: db)
        }

        /// The stored bytes must be the one form their meaning has, since the leaf is recomputed from the meaning.
        private func formFault(of event: RecordedEvent, in db: Database) throws -> Fault? {
            let number = Int64(clamping: event.position.number)
            guard
                let row = try db.first(
                    "SELECT tag_ids, audience, disclosure, type_id FROM event WHERE position = ?", [number])
            else { return (.positions, "the event is gone") }
            let names = event.disclosure.audience.map(\.description).joined(separator: "\n")
            guard try row.blob(1) == Data(names.utf8), try row.blob(2) == event.disclosure.bytes else {
                return (.form, "audience and disclosure are not each other's")
            }
            let ids = try EventRows.tagIDs(try row.blob(0))
            guard zip(ids, ids.dropFirst()).allSatisfy({ $0 < $1 }), Set(event.tags).count == ids.count else {
                return (.form, "tag numbers are not ascending")
            }
            let type = try row.integer(3)
            for id in ids {
                let found = try db.first(
                    "SELECT 1 FROM event_tag WHERE tag_id = ? AND position = ? AND type_id = ?", [id, number, type])
                if found == nil { return (.index, "the index of tags misses the event") }
            }
            return nil
        }

        private func sealedFault(of event: RecordedEvent) -> Fault? {
            for (index, section) in event.sealed.enumerated() {
                guard Int(section.section) == index + 1 else { return (.sealedLabels, "a sealed section is missing") }
                guard let nonce = section.nonce, let ciphertext = section.ciphertext else { continue }
                guard Leaf.sectionDigest(nonce: nonce, ciphertext: ciphertext) == section.digest else {
                    return (.sealedDigest, "section \(section.section) is not what was sealed")
                }
            }
            let labels = try? EventJSON.decode(SealedLabels.self, from: event.meta)
            let stored = event.sealed.map { EventMetadata.SealedLabel(s: $0.section, g: $0.group, p: $0.person) }
            guard let labels, labels.sealed ?? [] == stored else {
                return (.sealedLabels, "the sealed sections are not those that meta names")
            }
            return nil
        }

        private mutating func feedFault(of event: RecordedEvent, in db: Database) throws -> Fault? {
            for department in event.disclosure.audience {
                var feed =
                    feeds[department]
                    ?? Feed(
                        sequence: 0,
                        chain: FeedChain.start(logID: identity.logID.bytes, department: department.description))
                feed.sequence += 1
                feed.chain = FeedChain.next(after: feed.chain, sequence: feed.sequence, leaf: event.leaf)
                feeds[department] = feed
                let entry = try db.first(
                    """
                    SELECT e.position, e.chain FROM feed f JOIN feed_entry e ON e.feed_id = f.id
                    WHERE f.name = ? AND e.seq = ?
                    """, [department.description, Int64(clamping: feed.sequence)])
                guard let entry, try entry.count(0) == event.position.number else {
                    return (.feed, "entry \(feed.sequence) of the feed of \(department) is not this event")
                }
                guard try entry.blob(1) == feed.chain else {
                    return (.feed, "entry \(feed.sequence) of the feed of \(department) breaks its chain")
                }
            }
            return nil
        }
    }

    private struct SealedLabels: Decodable {
        let sealed: [EventMetadata.SealedLabel]?
    }
}
