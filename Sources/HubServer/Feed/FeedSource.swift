package import CaseDesk
package import EventSourcing
package import FeedProtocol
package import FoundationEssentials

/// What the feed link asks of the hub: only sealed and checked bytes come back.
package protocol FeedSource: Sendable {
    /// The enrolled departments, their 32-byte CURVE keys and the end of their feeds.
    func subscribers() async throws(DeskError) -> [(department: DepartmentCode, transport: Data, head: UInt64)]

    /// The next entries of a feed, 1 through 64, sealed; nothing when there is none.
    func entries(for department: DepartmentCode, after sequence: UInt64, credit: Int) async throws(DeskError)
        -> FeedBatch?

    /// Takes note of a reader's place; false when its chain is not ours.
    func acknowledge(_ department: DepartmentCode, consumer: String, sequence: UInt64, chain: Data)
        async throws(DeskError) -> Bool

    /// Opens, checks and carries out a command.
    func carryOut(_ body: Data, from department: DepartmentCode) async -> LinkAnswer
}

extension FeedDesk: FeedSource {}
