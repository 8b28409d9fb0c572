import EventSourcing
import GRDB

/// Writes one generation of the tail into the derived indexes, sorted, a little with each commit.
///
/// Sorted, each page of an index is written once a generation rather than once an event; spread over the commits, no
/// append waits for the whole of it. The watermark moves with the last row.
struct IndexFlush {
    private let generation: IndexTail.Generation

    /// Where the watermark stands once it is done.
    var through: UInt64 { generation.last }

    private let tags: [UInt32]
    private let types: [UInt32]
    private var nextTag = 0
    private var nextType = 0

    init(_ generation: IndexTail.Generation) {
        self.generation = generation
        tags = generation.byTag.keys.sorted()
        types = generation.byType.keys.sorted()
    }

    /// Writes rows in the order of the indexes.
    ///
    /// - Parameter rows: About how many; whole tags are written.
    /// - Returns: Whether it is done and the watermark stands at the generation's last event.
    mutating func write(about rows: Int, with statements: WriterStatements) throws -> Bool {
        var rest = rows
        while rest > 0, nextTag < tags.count {
            let tag = tags[nextTag]
            for position in generation.byTag[tag] ?? [] {
                try statements.insertTagRow(tag: tag, position: position, type: generation.type(at: position))
                rest -= 1
            }
            nextTag += 1
        }
        while rest > 0, nextType < types.count {
            let type = types[nextType]
            for position in generation.byType[type] ?? [] {
                try statements.insertTypeRow(type: type, position: position)
                rest -= 1
            }
            nextType += 1
        }
        guard nextTag == tags.count, nextType == types.count else { return false }
        try statements.setMark(generation.last)
        return true
    }
}
