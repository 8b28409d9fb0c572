package import EventSourcing
package import FoundationEssentials

/// JSON of control bodies: sorted keys out, unknown fields refused coming in.
package enum ControlJSON {
    /// The bytes of a body.
    package static func encode(_ value: some Encodable) -> Data {
        // Our bodies hold texts and whole numbers only, which always encode; an empty body would be refused as malformed.
        (try? EventJSON.encode(value)) ?? Data()
    }

    /// Reads a body.
    ///
    /// - Throws: ``FeedWireError/malformed(_:)`` naming the field that is missing, unknown or of another type.
    package static func decode<Value: Codable>(_ type: Value.Type, from body: Data) throws(FeedWireError) -> Value {
        do {
            return try BodyReader.read(type, from: body)
        } catch {
            throw .malformed(error.field.isEmpty ? "body" : error.field)
        }
    }
}

/// HELLO: who speaks, and how far its copy of the feed goes.
package struct HelloBody: Codable, Hashable, Sendable {
    package var versions: [Int]
    /// The department whose feed it wants.
    package var feed: DepartmentCode
    /// Name of this reader within the department, at most 64 bytes.
    package var consumer: String
    package var epoch: UniqueID?
    /// Last applied entry, 0 before the first.
    package var seq: UInt64
    /// `chain_seq`, 32 bytes.
    package var chain: HexBytes?

    package init(
        versions: [Int] = [1], feed: DepartmentCode, consumer: String, epoch: UniqueID?, seq: UInt64, chain: HexBytes?
    ) {
        self.versions = versions
        self.feed = feed
        self.consumer = consumer
        self.epoch = epoch
        self.seq = seq
        self.chain = chain
    }

    // Written out because an absent epoch or chain travels as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(versions, forKey: .versions)
        try container.encode(feed, forKey: .feed)
        try container.encode(consumer, forKey: .consumer)
        try container.encode(epoch, forKey: .epoch)
        try container.encode(seq, forKey: .seq)
        try container.encode(chain, forKey: .chain)
    }
}

/// What the hub allows on one control connection.
package struct FeedLimits: Codable, Hashable, Sendable {
    /// Entries under way at most.
    package var credit: Int
    /// Bytes of entries under way at most, unless it is one message.
    package var windowBytes: Int
    /// Longest body of a request, in bytes.
    package var requestBytes: Int
    /// Silence after which a heartbeat is due, in milliseconds.
    package var heartbeatMs: Int

    package init(credit: Int, windowBytes: Int, requestBytes: Int, heartbeatMs: Int) {
        self.credit = credit
        self.windowBytes = windowBytes
        self.requestBytes = requestBytes
        self.heartbeatMs = heartbeatMs
    }

    package static let standard = FeedLimits(
        credit: 256, windowBytes: 1 << 20, requestBytes: ControlMessage.maximumRequestLength, heartbeatMs: 1000)
}

/// WELCOME: the hub knows this department and where its copy ends.
package struct WelcomeBody: Codable, Hashable, Sendable {
    package var version: Int
    package var logId: UniqueID
    package var epoch: UniqueID
    package var headSeq: UInt64
    package var demo: Bool
    /// Where to connect the SUB socket, `tcp://host:port`.
    package var feedEndpoint: String
    package var limits: FeedLimits

    package init(
        version: Int = 1, logId: UniqueID, epoch: UniqueID, headSeq: UInt64, demo: Bool, feedEndpoint: String,
        limits: FeedLimits = .standard
    ) {
        self.version = version
        self.logId = logId
        self.epoch = epoch
        self.headSeq = headSeq
        self.demo = demo
        self.feedEndpoint = feedEndpoint
        self.limits = limits
    }
}

/// Why the hub ended or did not begin what a department asked for.
package enum RefuseCode: String, Codable, CaseIterable, Sendable {
    /// No common version.
    case version
    /// Not this department's feed, or it has none.
    case feed
    /// The reader's copy is not a beginning of this feed: it must stop, a person must look.
    case forked
    /// Not the time for this message: HELLO comes first, one replay at a time.
    case order
    /// More credit than the window holds.
    case credit
    /// Longer than allowed.
    case size
    /// Not the protocol's form.
    case malformed
    /// Too often: wait.
    case rate
}

/// REFUSE.
package struct RefuseBody: Codable, Hashable, Sendable {
    package var code: RefuseCode

    package init(code: RefuseCode) {
        self.code = code
    }
}

/// REPLAY: send entries `from` through `to` (or the head), at most `credit` of them before more credit comes.
package struct ReplayBody: Codable, Hashable, Sendable {
    package var from: UInt64
    package var to: UInt64?
    package var credit: Int

    package init(from: UInt64, to: UInt64?, credit: Int) {
        self.from = from
        self.to = to
        self.credit = credit
    }

    // Written out because an open end travels as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(from, forKey: .from)
        try container.encode(to, forKey: .to)
        try container.encode(credit, forKey: .credit)
    }
}

/// CREDIT: `n` entries have been applied.
package struct CreditBody: Codable, Hashable, Sendable {
    package var n: Int

    package init(n: Int) {
        self.n = n
    }
}

/// DONE and PONG: the end of the feed.
package struct HeadBody: Codable, Hashable, Sendable {
    package var headSeq: UInt64

    package init(headSeq: UInt64) {
        self.headSeq = headSeq
    }
}

/// ACK: everything up to `seq` is applied, and the chain there is `chain`.
package struct AcknowledgeBody: Codable, Hashable, Sendable {
    package var seq: UInt64
    package var chain: HexBytes

    package init(seq: UInt64, chain: HexBytes) {
        self.seq = seq
        self.chain = chain
    }
}

/// ACKED.
package struct AcknowledgedBody: Codable, Hashable, Sendable {
    package var seq: UInt64

    package init(seq: UInt64) {
        self.seq = seq
    }
}

/// BUSY: nobody vouches for it, so it means only "try later".
package struct BusyBody: Codable, Hashable, Sendable {
    package var retryMs: Int

    package init(retryMs: Int) {
        self.retryMs = retryMs
    }
}
