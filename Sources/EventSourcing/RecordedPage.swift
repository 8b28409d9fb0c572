import FoundationEssentials

/// Rows of a log on their way to being events, collected in a few pieces of memory for the whole page.
///
/// Readers of the whole log do little else than this: an event that owned its columns would cost five allocations, and
/// making and freeing those took longer than SQLite took to find the row.
package struct RecordedPage: ~Copyable {
    /// The columns of an event that are numbers.
    package struct Row {
        package var position: Position
        package var eventID: UniqueID
        package var appendFirst: Position
        package var schemaVersion: UInt16
        package var occurredAt: Instant
        package var recordedAt: Instant

        package init(
            position: Position, eventID: UniqueID, appendFirst: Position, schemaVersion: UInt16, occurredAt: Instant,
            recordedAt: Instant
        ) {
            self.position = position
            self.eventID = eventID
            self.appendFirst = appendFirst
            self.schemaVersion = schemaVersion
            self.occurredAt = occurredAt
            self.recordedAt = recordedAt
        }
    }

    /// The columns of an event that are bytes, as they lie in a row: valid only while the row is.
    package struct Bytes {
        package var meta: UnsafeRawBufferPointer
        package var data: UnsafeRawBufferPointer?
        package var disclosure: UnsafeRawBufferPointer
        package var salt: UnsafeRawBufferPointer?
        package var removed: UnsafeRawBufferPointer?
        package var leaf: UnsafeRawBufferPointer

        package init(
            meta: UnsafeRawBufferPointer, data: UnsafeRawBufferPointer?, disclosure: UnsafeRawBufferPointer,
            salt: UnsafeRawBufferPointer?, removed: UnsafeRawBufferPointer?, leaf: UnsafeRawBufferPointer
        ) {
            self.meta = meta
            self.data = data
            self.disclosure = disclosure
            self.salt = salt
            self.removed = removed
            self.leaf = leaf
        }

        /// The sum of their lengths.
        package var size: Int {
            var size = meta.count + disclosure.count + leaf.count
            size += (data?.count ?? 0) + (salt?.count ?? 0) + (removed?.count ?? 0)
            return size
        }
    }

    /// What a page may hold; its columns' places are 32 bits wide.
    private static let largest = Int(Int32.max)

    private var shapes: [RecordedRows.Shape] = []
    private var types: [String] = []
    private var tags: [EventTag] = []
    private var sealed: [SealedSection] = []
    // Raw, so that the bytes can go on as Data without another copy.
    private var memory: UnsafeMutableRawPointer?
    private var capacity = 0
    private var used = 0

    /// An empty page.
    ///
    /// - Parameter capacity: How many rows are likely.
    package init(capacity: Int) {
        shapes.reserveCapacity(capacity)
        tags.reserveCapacity(capacity * 4)
    }

    deinit {
        memory?.deallocate()
    }

    /// How many rows it has.
    package var count: Int { shapes.count }

    /// Adds a tag of the next row, in any order.
    package mutating func add(_ tag: EventTag) {
        tags.append(tag)
    }

    /// Adds a sealed section of the next row, ascending by number.
    package mutating func add(_ section: SealedSection) {
        sealed.append(section)
    }

    /// Adds a row with the tags and sections added since the one before.
    ///
    /// - Parameters:
    ///   - type: Name of the event type.
    ///   - parts: Copied.
    package mutating func add(_ row: Row, type: String, copying parts: Bytes) {
        sortTags(from: Int(shapes.last?.tagsEnd ?? 0))
        let size = parts.size
        reserve(size)
        let start = used
        put(parts.meta)
        let meta = used
        put(parts.data)
        let data = used
        put(parts.disclosure)
        let disclosure = used
        put(parts.salt)
        let salt = used
        put(parts.removed)
        let removed = used
        put(parts.leaf)
        var absent: RecordedRows.Absent = []
        if parts.data == nil { absent.insert(.data) }
        if parts.salt == nil { absent.insert(.salt) }
        if parts.removed == nil { absent.insert(.removed) }
        shapes.append(
            RecordedRows.Shape(
                row: row, type: UInt32(place(of: type)), absent: absent, tagsEnd: UInt32(tags.count),
                sealedEnd: UInt32(sealed.count), start: Int32(start), meta: Int32(meta), data: Int32(data),
                disclosure: Int32(disclosure), salt: Int32(salt), removed: Int32(removed), leaf: Int32(used)))
    }

    /// The rows as events, in the order in which they were added.
    package consuming func events() -> [RecordedEvent] {
        let count = shapes.count
        let rows = RecordedRows(
            shapes: shapes, types: types, tags: tags, sealed: sealed, bytes: takeBytes())
        return (0..<count).map { RecordedEvent(rows, at: $0) }
    }

    private mutating func takeBytes() -> Data {
        guard let memory else { return Data() }
        self.memory = nil
        return Data(bytesNoCopy: memory, count: used, deallocator: .custom { memory, _ in memory.deallocate() })
    }

    // MARK: Parts

    private mutating func reserve(_ size: Int) {
        precondition(used + size <= Self.largest, "a page fits its budget")
        guard used + size > capacity else { return }
        capacity = max(used + size, capacity * 2, 4096)
        let grown = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
        if let memory {
            grown.copyMemory(from: memory, byteCount: used)
            memory.deallocate()
        }
        memory = grown
    }

    private mutating func put(_ part: UnsafeRawBufferPointer?) {
        guard let part, let start = part.baseAddress, !part.isEmpty else { return }
        memory?.advanced(by: used).copyMemory(from: start, byteCount: part.count)
        used += part.count
    }

    /// Insertion, since a row has a handful of tags.
    private mutating func sortTags(from start: Int) {
        guard tags.count - start > 1 else { return }
        for next in (start + 1)..<tags.count {
            var place = next
            while place > start, tags[place] < tags[place - 1] {
                tags.swapAt(place, place - 1)
                place -= 1
            }
        }
    }

    /// Some dozens of types make up a log.
    private mutating func place(of type: String) -> Int {
        if let known = types.firstIndex(of: type) { return known }
        types.append(type)
        return types.count - 1
    }
}
