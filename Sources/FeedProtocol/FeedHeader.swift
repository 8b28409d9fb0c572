package import EventSourcing
package import FoundationEssentials

/// Frame 1 of a feed message: 64 bytes in clear (`FORMATS.md` §6).
package struct FeedHeader: Hashable, Sendable {
    /// What frame 2 holds.
    package enum Kind: UInt8, Sendable {
        case entries = 1
        case heartbeat = 2
    }

    package static let length = 64
    package static let version: UInt8 = 1

    package var kind: Kind
    /// Whether the hub is a demo, whose civil clock is set by hand.
    package var isDemo: Bool
    /// How many entries follow; 0 for a heartbeat.
    package var count: UInt32
    /// Sequence of the first and last entry that follow; 0 for a heartbeat.
    package var firstSequence: UInt64
    package var lastSequence: UInt64
    /// End of this feed when the message was made.
    package var headSequence: UInt64
    /// End of the log then.
    package var headPosition: Position
    /// The hub's civil time then.
    package var civilTime: Instant
    package var epoch: UniqueID

    package init(
        kind: Kind, isDemo: Bool, count: UInt32, firstSequence: UInt64, lastSequence: UInt64, headSequence: UInt64,
        headPosition: Position, civilTime: Instant, epoch: UniqueID
    ) {
        self.kind = kind
        self.isDemo = isDemo
        self.count = count
        self.firstSequence = firstSequence
        self.lastSequence = lastSequence
        self.headSequence = headSequence
        self.headPosition = headPosition
        self.civilTime = civilTime
        self.epoch = epoch
    }

    /// The 64 bytes.
    package var bytes: Data {
        var writer = WireWriter(capacity: Self.length)
        writer.append(Self.version)
        writer.append(kind.rawValue)
        writer.append(UInt16(isDemo ? 1 : 0))
        writer.append(count)
        writer.append(firstSequence)
        writer.append(lastSequence)
        writer.append(headSequence)
        writer.append(headPosition.number)
        writer.append(civilTime.milliseconds)
        writer.append(epoch)
        return writer.data
    }

    /// Reads the 64 bytes; a flag or kind that version 1 does not have is refused.
    ///
    /// - Throws: ``FeedWireError`` naming the field.
    package init(bytes: Data) throws(FeedWireError) {
        var reader = WireReader(bytes)
        let version = try reader.integer(UInt8.self, "header.version")
        guard version == Self.version else { throw .unknownVersion(version) }
        guard let kind = Kind(rawValue: try reader.integer(UInt8.self, "header.kind")) else {
            throw .malformed("header.kind")
        }
        let flags = try reader.integer(UInt16.self, "header.flags")
        guard flags & ~1 == 0 else { throw .malformed("header.flags") }
        self.kind = kind
        isDemo = flags & 1 == 1
        count = try reader.integer(UInt32.self, "header.count")
        firstSequence = try reader.integer(UInt64.self, "header.first_seq")
        lastSequence = try reader.integer(UInt64.self, "header.last_seq")
        headSequence = try reader.integer(UInt64.self, "header.head_seq")
        headPosition = Position(try reader.integer(UInt64.self, "header.head_position"))
        civilTime = Instant(milliseconds: try reader.integer(Int64.self, "header.civil_time"))
        epoch = try reader.identifier("header.epoch")
        try reader.requireEnd("header")
    }
}
