import FoundationEssentials

/// The columns of the events of one page, once they no longer change.
final class RecordedRows: Sendable {
    /// One event: its numbers, and where its parts end in what the page shares.
    struct Shape {
        let row: RecordedPage.Row
        let type: UInt32
        let absent: Absent
        let tagsEnd: UInt32
        let sealedEnd: UInt32
        /// Where its bytes start, then where each of its columns ends.
        let start: Int32
        let meta: Int32
        let data: Int32
        let disclosure: Int32
        let salt: Int32
        let removed: Int32
        let leaf: Int32
    }

    /// Which of the columns that an erasure empties are empty.
    struct Absent: OptionSet, Hashable {
        let rawValue: UInt8
        static let data = Absent(rawValue: 1)
        static let salt = Absent(rawValue: 2)
        static let removed = Absent(rawValue: 4)
    }

    let shapes: [Shape]
    let types: [String]
    let tags: [EventTag]
    let sealed: [SealedSection]
    /// meta, data, disclosure, salt, removed and leaf of the first event, then those of the second, and so on.
    private let bytes: Data

    init(shapes: [Shape], types: [String], tags: [EventTag], sealed: [SealedSection], bytes: Data) {
        self.shapes = shapes
        self.types = types
        self.tags = tags
        self.sealed = sealed
        self.bytes = bytes
    }

    func tagPlaces(of index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(shapes[index - 1].tagsEnd))..<Int(shapes[index].tagsEnd)
    }

    func sealedPlaces(of index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(shapes[index - 1].sealedEnd))..<Int(shapes[index].sealedEnd)
    }

    func slice(_ start: Int32, _ end: Int32) -> Data {
        bytes[(bytes.startIndex + Int(start))..<(bytes.startIndex + Int(end))]
    }
}
