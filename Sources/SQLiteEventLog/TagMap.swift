import EventSourcing

/// Where each recently touched tag was last used: decides most append conditions without touching the file.
///
/// Exact above the floor: a tag that is absent has no event after the floor.
struct TagMap {
    /// A tag's local id and its last position.
    struct Entry {
        let id: UInt32
        let last: UInt64
    }

    /// About 15 MB at most; emptied when full.
    private static let bound = 100_000

    private(set) var floor: UInt64
    private var entries: [EventTag: Entry] = [:]

    /// Knows nothing about what came before `floor`.
    init(floor: UInt64) {
        self.floor = floor
    }

    subscript(tag: EventTag) -> Entry? { entries[tag] }

    /// Takes in the tags of a committed batch.
    ///
    /// - Parameter head: The head after the batch; becomes the floor when there is no more room.
    mutating func merge(_ touched: [EventTag: Entry], head: UInt64) {
        if entries.count + touched.count > Self.bound {
            entries = [:]
            floor = head
        } else {
            entries.merge(touched) { _, new in new }
        }
    }
}
