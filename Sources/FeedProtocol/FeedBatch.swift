package import FoundationEssentials

/// Frames 1 and 2 of an entries message: a header, the key the entries are sealed with, and the entries.
package struct FeedBatch: Hashable, Sendable {
    package static let maximumCount = 64
    /// Length of frame 2, in bytes, unless it is one larger entry.
    package static let maximumBodyLength = 256 << 10

    package let header: FeedHeader
    package let keyBlock: KeyBlock
    /// At least one; sequences without a gap.
    package let entries: [SealedEntry]

    /// Makes a batch; first, last and count of `header` are set from the entries.
    ///
    /// - Parameter entries: 1 through 64 with consecutive sequences, within the length limit: see ``prefixCount(of:)``.
    package init(header: FeedHeader, keyBlock: KeyBlock, entries: [SealedEntry]) throws(FeedWireError) {
        guard let first = entries.first, let last = entries.last else { throw .malformed("entries") }
        var header = header
        header.kind = .entries
        header.count = UInt32(clamping: entries.count)
        header.firstSequence = first.sequence
        header.lastSequence = last.sequence
        header.headSequence = max(header.headSequence, last.sequence)
        self.header = header
        self.keyBlock = keyBlock
        self.entries = entries
        try check()
    }

    /// How many leading entries fit into one message; at least one of a list that is not empty.
    package static func prefixCount(of entries: [SealedEntry]) -> Int {
        var length = KeyBlock.length
        var count = 0
        for entry in entries.prefix(maximumCount) {
            length += entry.length
            guard count == 0 || length <= maximumBodyLength else { break }
            count += 1
        }
        return count
    }

    /// Frame 2.
    package var body: Data {
        var writer = WireWriter(capacity: entries.reduce(KeyBlock.length) { $0 + $1.length })
        writer.append(keyBlock.bytes)
        for entry in entries { entry.write(to: &writer) }
        return writer.data
    }

    /// Reads frame 2 of a message whose frame 1 is `header`.
    ///
    /// - Throws: ``FeedWireError`` when the body does not hold exactly what the header says, in order and without a gap.
    package init(header: FeedHeader, body: Data) throws(FeedWireError) {
        guard header.kind == .entries else { throw .malformed("header.kind") }
        guard header.count >= 1 else { throw .malformed("header.count") }
        guard header.count <= Self.maximumCount else { throw .tooLarge("header.count") }
        var reader = WireReader(body)
        keyBlock = try KeyBlock(bytes: reader.take(KeyBlock.length, "key block"))
        var entries: [SealedEntry] = []
        for _ in 0..<header.count { entries.append(try SealedEntry(from: &reader)) }
        try reader.requireEnd("entries")
        self.header = header
        self.entries = entries
        try check()
    }

    /// Reads frame 1 ‖ frame 2, the form of an EVENTS body and of the link between serve and feed.
    package init(joined: Data) throws(FeedWireError) {
        guard joined.count >= FeedHeader.length else { throw .malformed("header") }
        let header = try FeedHeader(bytes: Data(joined.prefix(FeedHeader.length)))
        try self.init(header: header, body: Data(joined.dropFirst(FeedHeader.length)))
    }

    /// Frame 1 ‖ frame 2.
    package var joined: Data { header.bytes + body }

    private func check() throws(FeedWireError) {
        guard entries.count <= Self.maximumCount else { throw .tooLarge("header.count") }
        guard Int(header.count) == entries.count else { throw .malformed("header.count") }
        let length = entries.reduce(KeyBlock.length) { $0 + $1.length }
        guard length <= Self.maximumBodyLength || entries.count == 1 else { throw .tooLarge("entries") }
        guard header.firstSequence >= 1, header.firstSequence == entries.first?.sequence else {
            throw .malformed("header.first_seq")
        }
        guard header.lastSequence == entries.last?.sequence else { throw .malformed("header.last_seq") }
        guard header.headSequence >= header.lastSequence else { throw .malformed("header.head_seq") }
        for (earlier, later) in zip(entries, entries.dropFirst()) {
            guard earlier.sequence < .max, later.sequence == earlier.sequence + 1 else {
                throw .malformed("entry.feed_seq")
            }
            guard later.position > earlier.position else { throw .malformed("entry.position") }
        }
    }
}
