package import EventSourcing
package import FoundationEssentials

/// Decides what one department's PUB socket sends next: entries as they come, else a heartbeat a second.
///
/// It knows neither keys nor texts: entries arrive sealed and leave as they are.
package struct FeedPublisherMachine: Sendable {
    /// What can happen to it.
    package enum Input: Sendable {
        /// The end of the feed and of the log as serve told it.
        case doorbell(head: UInt64, position: Position, civilTime: Instant)
        /// Frames 1 ‖ 2 asked for by ``Effect/want(after:credit:)``; empty when serve had nothing.
        case entries(Data)
        /// Time passes.
        case tick
    }

    /// What it wants done.
    package enum Effect: Hashable, Sendable {
        case want(after: UInt64, credit: Int)
        /// Frames 1 and 2; the topic is the department's.
        case publish(header: Data, body: Data)
        /// Serve sent what nobody asked for: for the log.
        case discarded(String)
    }

    /// Monotonic milliseconds without a message after which a heartbeat goes out.
    package static let heartbeatInterval: Int64 = 1000
    /// Serve always answers; should it not, the question is asked again.
    private static let wantTimeout: Int64 = 10_000

    private let epoch: UniqueID
    private let isDemo: Bool
    private var published: UInt64
    private var head: UInt64
    private var position: Position
    private var civilTime: Instant
    private var wantedAt: Int64?
    private var lastSentAt: Int64?

    /// Starts at the end of the feed: what was before comes by replay.
    package init(epoch: UniqueID, isDemo: Bool, head: UInt64, position: Position, civilTime: Instant) {
        self.epoch = epoch
        self.isDemo = isDemo
        published = head
        self.head = head
        self.position = position
        self.civilTime = civilTime
    }

    /// End of the feed as far as is known.
    package var headSequence: UInt64 { head }

    /// Takes one input.
    ///
    /// - Parameter now: Monotonic milliseconds.
    package mutating func step(_ input: Input, now: Int64) -> [Effect] {
        var effects: [Effect] = []
        switch input {
        case .doorbell(let head, let position, let civilTime):
            self.head = max(self.head, head)
            self.position = max(self.position, position)
            self.civilTime = civilTime
        case .entries(let joined):
            effects += take(joined, now: now)
        case .tick:
            if let asked = wantedAt, now - asked >= Self.wantTimeout { wantedAt = nil }
            effects += heartbeat(now: now)
        }
        if published < head, wantedAt == nil {
            wantedAt = now
            effects.append(.want(after: published, credit: FeedBatch.maximumCount))
        }
        return effects
    }

    private mutating func take(_ joined: Data, now: Int64) -> [Effect] {
        guard wantedAt != nil else { return [.discarded("entries without a question")] }
        guard !joined.isEmpty else {
            // Nothing to give although the head moved: ask again after a second, not in a circle.
            wantedAt = now - Self.wantTimeout + 1000
            return []
        }
        wantedAt = nil
        guard let header = try? FeedHeader(bytes: Data(joined.prefix(FeedHeader.length))), header.kind == .entries,
            header.firstSequence == published + 1, header.lastSequence >= header.firstSequence,
            header.epoch == epoch
        else {
            wantedAt = now - Self.wantTimeout + 1000
            return [.discarded("entries that do not continue the feed")]
        }
        published = header.lastSequence
        head = max(head, header.headSequence)
        lastSentAt = now
        return [.publish(header: header.bytes, body: Data(joined.dropFirst(FeedHeader.length)))]
    }

    private mutating func heartbeat(now: Int64) -> [Effect] {
        if let sent = lastSentAt, now - sent < Self.heartbeatInterval { return [] }
        lastSentAt = now
        let header = FeedHeader(
            kind: .heartbeat, isDemo: isDemo, count: 0, firstSequence: 0, lastSequence: 0, headSequence: head,
            headPosition: position, civilTime: civilTime, epoch: epoch)
        return [.publish(header: header.bytes, body: Data())]
    }
}
