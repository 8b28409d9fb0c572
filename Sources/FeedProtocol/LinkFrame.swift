package import FoundationEssentials

/// One frame between serve and its feed process: `u32 length ‖ u8 kind ‖ u64 correlation ‖ body` (`FORMATS.md` §9).
package struct LinkFrame: Hashable, Sendable {
    /// What a frame is; serve sends the lower numbers, feed those from 16.
    package enum Kind: UInt8, CaseIterable, Sendable {
        // serve → feed
        case config = 1
        case entries = 2
        case doorbell = 3
        case answer = 4
        case stop = 5
        // feed → serve
        case ready = 16
        case want = 17
        case acknowledge = 18
        case command = 19
    }

    /// Longest rest after the length field, in bytes.
    package static let maximumLength = 16 << 20

    package let kind: Kind
    /// Chosen by whoever asks, repeated by the answer; 0 where nothing is asked.
    package let correlation: UInt64
    package let body: Data

    /// A frame with a body of bytes, less than 16 MiB.
    package init(_ kind: Kind, correlation: UInt64 = 0, body: Data = Data()) {
        precondition(body.count <= Self.maximumLength - 9, "a link frame holds at most 16 MiB")
        self.kind = kind
        self.correlation = correlation
        self.body = body
    }

    /// A frame with a JSON body.
    package init(_ kind: Kind, correlation: UInt64 = 0, json: some Encodable) {
        self.init(kind, correlation: correlation, body: ControlJSON.encode(json))
    }

    package var bytes: Data {
        var writer = WireWriter(capacity: 13 + body.count)
        writer.append(UInt32(9 + body.count))
        writer.append(kind.rawValue)
        writer.append(correlation)
        writer.append(body)
        return writer.data
    }
}

/// Cuts a byte stream into link frames, however the stream was cut before.
package struct LinkFrameDecoder: Sendable {
    private var buffer = Data()

    package init() {}

    /// Bytes that wait for the rest of their frame.
    package var pendingCount: Int { buffer.count }

    /// Takes the next piece of the stream.
    package mutating func append(_ bytes: some Sequence<UInt8>) {
        buffer.append(contentsOf: bytes)
    }

    /// The next whole frame, or nothing until more bytes come.
    ///
    /// - Throws: ``FeedWireError`` when the stream is not this protocol; it cannot be used any further.
    package mutating func next() throws(FeedWireError) -> LinkFrame? {
        guard buffer.count >= 4 else { return nil }
        var reader = WireReader(Data(buffer.prefix(4)))
        let length = Int(try reader.integer(UInt32.self, "link.length"))
        guard length <= LinkFrame.maximumLength else { throw .tooLarge("link.length") }
        guard length >= 9 else { throw .malformed("link.length") }
        guard buffer.count >= 4 + length else { return nil }
        var rest = WireReader(Data(buffer.dropFirst(4).prefix(length)))
        buffer = Data(buffer.dropFirst(4 + length))
        guard let kind = LinkFrame.Kind(rawValue: try rest.integer(UInt8.self, "link.kind")) else {
            throw .malformed("link.kind")
        }
        let correlation = try rest.integer(UInt64.self, "link.correlation")
        return LinkFrame(kind, correlation: correlation, body: rest.takeRest())
    }
}
