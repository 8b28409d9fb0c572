/// One REPLAY under way: how much may still be sent before the reader has applied what it got.
package struct ReplayWindow: Sendable {
    package let request: UInt64
    /// Next entry to send.
    package private(set) var next: UInt64
    /// Last entry asked for; nothing means the head.
    package let last: UInt64?
    private var credit: Int
    /// Messages sent and not yet credited: entries still owed, and bytes.
    private var underWay: [(count: Int, bytes: Int)] = []
    private var bytesUnderWay = 0
    private let limits: FeedLimits

    package init(request: UInt64, from: UInt64, to last: UInt64?, credit: Int, limits: FeedLimits) {
        self.request = request
        next = from
        self.last = last
        self.credit = credit
        self.limits = limits
    }

    /// Whether everything asked for has been sent.
    package func isComplete(head: UInt64) -> Bool {
        next > min(last ?? head, head)
    }

    /// How many entries to fetch now; 0 while the window is full.
    package var allowance: Int {
        guard bytesUnderWay < limits.windowBytes else { return 0 }
        let asked = last.map { Int(clamping: $0 - next + 1) } ?? FeedBatch.maximumCount
        return min(FeedBatch.maximumCount, credit, asked)
    }

    /// Notes a message that goes out.
    package mutating func sent(through sequence: UInt64, count: Int, bytes: Int) {
        next = sequence + 1
        credit -= count
        underWay.append((count, bytes))
        bytesUnderWay += bytes
    }

    /// Takes `count` entries as applied.
    ///
    /// - Returns: False when that is more than was under way: the reader breaks the protocol.
    package mutating func grant(_ count: Int) -> Bool {
        guard count >= 1, count <= underWay.reduce(0, { $0 + $1.count }) else { return false }
        credit += count
        var left = count
        while left > 0, let oldest = underWay.first {
            let taken = min(left, oldest.count)
            left -= taken
            if taken == oldest.count {
                bytesUnderWay -= oldest.bytes
                underWay.removeFirst()
            } else {
                underWay[0].count -= taken
            }
        }
        return true
    }

}
