import EventSourcing

/// Where each recently touched tag was last used: decides most append conditions without touching the file.
///
/// Exact above the floor: a tag that is absent has no event after the floor. Two halves take turns, so that what is in
/// use now stays when the older half goes.
struct TagMap {
    /// A tag's local id and its last position.
    struct Entry {
        let id: UInt32
        let last: UInt64
    }

    /// Tags a half holds; both together take about 20 MB at most.
    private let bound: Int
    private(set) var floor: UInt64
    private var older: [EventTag: Entry] = [:]
    private var newer: [EventTag: Entry] = [:]
    /// The head when the newer half was begun, which is the floor once the older one goes.
    private var nextFloor: UInt64

    /// Knows nothing about what came before `floor`.
    init(floor: UInt64, bound: Int) {
        self.floor = floor
        self.bound = bound
        nextFloor = floor
    }

    subscript(tag: EventTag) -> Entry? { newer[tag] ?? older[tag] }

    /// Takes in the tags of a committed batch.
    ///
    /// - Parameter head: The head before the batch.
    mutating func merge(_ touched: [EventTag: Entry], head: UInt64) {
        if newer.count + touched.count > bound, !newer.isEmpty {
            older = newer
            newer = [:]
            floor = nextFloor
            nextFloor = head
        }
        for (tag, entry) in touched { newer[tag] = entry }
    }
}
