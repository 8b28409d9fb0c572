import EventSourcing
import FoundationEssentials
import GRDB
import MerkleLog

extension LogVerifier {
    /// What ties the events together: tree, append groups, recorded time and feeds, page after page.
    struct State: Sendable {
        struct Feed: Sendable {
            var sequence: UInt64
            var chain: Data
        }

        /// The entries one page of events must have in one feed.
        private struct Expected: Sendable {
            let department: DepartmentCode
            var entries: [FeedEntry] = []
        }

        let identity: LogIdentity
        private(set) var reached: UInt64 = 0
        private(set) var finding: LogVerification.Finding?
        private(set) var edge = MerkleEdge()
        private(set) var feeds: [DepartmentCode: Feed] = [:]
        private(set) var tagRows = RowDigest()
        private(set) var typeRows = RowDigest()
        /// First and last position of every append that is complete.
        private(set) var appends = RowDigest()
        private var lastAppend: UInt64 = 0
        private var recordedAt: Instant?

        init(identity: LogIdentity) {
            self.identity = identity
        }

        /// Takes in the page after the last one, up to the first fault.
        mutating func take(_ page: Page, snapshot: LogSnapshot) throws {
            var expected: [DepartmentCode: Expected] = [:]
            for link in page.links {
                let position = reached + 1
                guard link.appendFirst == position || link.appendFirst == lastAppend else {
                    finding = .init(
                        .appendGroup, at: Position(position), detail: "the events of an append do not stand together")
                    break
                }
                guard recordedAt.map({ $0 <= link.recordedAt }) ?? true else {
                    finding = .init(.recordedAt, at: Position(position), detail: "recorded before the event before it")
                    break
                }
                if link.appendFirst == position { endAppend() }
                lastAppend = link.appendFirst
                recordedAt = link.recordedAt
                edge.append(link.leaf)
                for department in link.audience {
                    expected[department, default: Expected(department: department)].entries.append(
                        feed(link.leaf, at: position, to: department))
                }
                reached = position
            }
            tagRows.add(page.tagRows)
            typeRows.add(page.typeRows)
            // A fault of a feed stands before whatever ended the page.
            let later = finding ?? page.finding
            finding =
                try expected.values.compactMap { try Self.fault(in: $0, snapshot) }
                .min { ($0.position ?? .start) < ($1.position ?? .start) } ?? later
        }

        /// Counts the last append in; called once after the last page.
        mutating func endAppend() {
            if lastAppend > 0 { appends.add(lastAppend, reached, 0) }
        }

        private mutating func feed(_ leaf: Data, at position: UInt64, to department: DepartmentCode) -> FeedEntry {
            var feed =
                feeds[department]
                ?? Feed(
                    sequence: 0,
                    chain: FeedChain.start(logID: identity.logID.bytes, department: department.description))
            feed.sequence += 1
            feed.chain = FeedChain.next(after: feed.chain, sequence: feed.sequence, leaf: leaf)
            feeds[department] = feed
            return FeedEntry(sequence: feed.sequence, position: Position(position), chain: feed.chain)
        }

        private static func fault(in expected: Expected, _ snapshot: LogSnapshot) throws -> LogVerification.Finding? {
            guard let first = expected.entries.first else { return nil }
            var entries = expected.entries[...]
            try snapshot.walkFeed(of: expected.department, after: first.sequence - 1) { sequence, position, chain in
                guard let entry = entries.first, entry.sequence == sequence, entry.position.number == position,
                    entry.chain.withUnsafeBytes({ $0.elementsEqual(chain) })
                else { return false }
                entries.removeFirst()
                return !entries.isEmpty
            }
            guard let entry = entries.first else { return nil }
            return .init(
                .feed, at: entry.position,
                detail:
                    "entry \(entry.sequence) of the feed of \(expected.department) is not this event, or breaks its chain"
            )
        }
    }
}
