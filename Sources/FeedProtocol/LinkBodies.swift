package import EventSourcing
package import FoundationEssentials

/// Frame 1, config: all that feed knows; sent again when departments or their keys change.
package struct LinkConfig: Codable, Hashable, Sendable {
    package static let version = 1

    /// One department that has a feed.
    ///
    /// Judicial bodies are not listed: their feed is empty by rule.
    package struct Department: Codable, Hashable, Sendable {
        package var code: DepartmentCode
        /// CURVE public keys that may read this feed, 32 bytes each.
        package var curveKeys: [HexBytes]
        /// Port of its PUB socket; 0 takes a free one.
        package var port: UInt16
        /// End of its feed now.
        package var headSeq: UInt64

        package init(code: DepartmentCode, curveKeys: [HexBytes], port: UInt16, headSeq: UInt64) {
            self.code = code
            self.curveKeys = curveKeys
            self.port = port
            self.headSeq = headSeq
        }
    }

    package var version: Int
    package var logId: UniqueID
    package var epoch: UniqueID
    package var demo: Bool
    /// Address to bind, `127.0.0.1` or `0.0.0.0`.
    package var bindAddress: String
    /// Host under which departments reach the hub.
    package var announcedHost: String
    /// Port of the shared ROUTER; 0 takes a free one.
    package var controlPort: UInt16
    package var departments: [Department]
    package var headPosition: Position
    package var civilTime: Instant

    package init(
        version: Int = LinkConfig.version, logId: UniqueID, epoch: UniqueID, demo: Bool, bindAddress: String,
        announcedHost: String, controlPort: UInt16, departments: [Department], headPosition: Position,
        civilTime: Instant
    ) {
        self.version = version
        self.logId = logId
        self.epoch = epoch
        self.demo = demo
        self.bindAddress = bindAddress
        self.announcedHost = announcedHost
        self.controlPort = controlPort
        self.departments = departments
        self.headPosition = headPosition
        self.civilTime = civilTime
    }
}

/// Frame 3, doorbell: the end of the log and of the feeds; sent after commits and once a second.
package struct LinkDoorbell: Codable, Hashable, Sendable {
    package var headPosition: Position
    package var civilTime: Instant
    /// End of each feed that moved, by department code.
    package var heads: [String: UInt64]

    /// A doorbell for the feeds that moved.
    package init(headPosition: Position, civilTime: Instant, heads: [DepartmentCode: UInt64]) {
        self.headPosition = headPosition
        self.civilTime = civilTime
        self.heads = Dictionary(uniqueKeysWithValues: heads.map { ($0.key.description, $0.value) })
    }

    /// The end of a feed; nothing when it did not move.
    package func head(of department: DepartmentCode) -> UInt64? {
        heads[department.description]
    }
}

/// Frame 16, ready: every socket is bound and the self-test passed.
package struct LinkReady: Codable, Hashable, Sendable {
    package var version: Int
    /// CURVE public key of the hub, 32 bytes: for the hand-over sheets.
    package var serverKey: HexBytes
    /// Where departments reach the ROUTER.
    package var controlEndpoint: String
    /// Where each department's feed is, by code.
    package var feedEndpoints: [String: String]

    package init(
        version: Int = LinkConfig.version, serverKey: HexBytes, controlEndpoint: String,
        feedEndpoints: [String: String]
    ) {
        self.version = version
        self.serverKey = serverKey
        self.controlEndpoint = controlEndpoint
        self.feedEndpoints = feedEndpoints
    }
}

/// Frame 17, want: entries of one feed after a sequence; answered by one entries frame.
package struct LinkWant: Codable, Hashable, Sendable {
    package var feed: DepartmentCode
    package var after: UInt64
    /// At most this many, 1 through 64.
    package var credit: Int

    package init(feed: DepartmentCode, after: UInt64, credit: Int) {
        self.feed = feed
        self.after = after
        self.credit = credit
    }
}

/// Frame 18, acknowledge: a reader says how far its copy goes; answered by ``LinkAnswer``.
package struct LinkAcknowledge: Codable, Hashable, Sendable {
    package var feed: DepartmentCode
    package var consumer: String
    package var seq: UInt64
    package var chain: HexBytes

    package init(feed: DepartmentCode, consumer: String, seq: UInt64, chain: HexBytes) {
        self.feed = feed
        self.consumer = consumer
        self.seq = seq
        self.chain = chain
    }
}

/// Frame 19, command: lp8(department) ‖ COMMAND body as the department sealed it.
package struct LinkCommand: Hashable, Sendable {
    package let department: DepartmentCode
    package let body: Data

    package init(department: DepartmentCode, body: Data) {
        self.department = department
        self.body = body
    }

    /// Reads a frame body.
    package init(bytes: Data) throws(FeedWireError) {
        var reader = WireReader(bytes)
        let length = Int(try reader.integer(UInt8.self, "command.department"))
        let name = String(decoding: try reader.take(length, "command.department"), as: UTF8.self)
        guard let department = DepartmentCode(name) else { throw .malformed("command.department") }
        self.department = department
        body = reader.takeRest()
    }

    package var bytes: Data {
        var writer = WireWriter(capacity: 32 + body.count)
        writer.append(lengthPrefixed8: department.description)
        writer.append(body)
        return writer.data
    }
}

/// Frame 4, answer: what serve says to an acknowledgement or a command: u8 tag ‖ rest.
package enum LinkAnswer: Hashable, Sendable {
    /// 1: the sealed ANSWER body, passed on as it is.
    case sealed(Data)
    /// 2: nothing was done; try after so many milliseconds.
    case busy(retryMilliseconds: UInt32)
    /// 3: the acknowledgement stands.
    case acknowledged
    /// 4: refuse the reader.
    case refused(RefuseCode)

    package var bytes: Data {
        var writer = WireWriter()
        switch self {
        case .sealed(let body):
            writer.append(UInt8(1))
            writer.append(body)
        case .busy(let milliseconds):
            writer.append(UInt8(2))
            writer.append(milliseconds)
        case .acknowledged:
            writer.append(UInt8(3))
        case .refused(let code):
            writer.append(UInt8(4))
            writer.append(code.rawValue.utf8)
        }
        return writer.data
    }

    /// Reads a frame body.
    package init(bytes: Data) throws(FeedWireError) {
        var reader = WireReader(bytes)
        switch try reader.integer(UInt8.self, "answer.tag") {
        case 1: self = .sealed(reader.takeRest())
        case 2:
            self = .busy(retryMilliseconds: try reader.integer(UInt32.self, "answer.retry"))
            try reader.requireEnd("answer.retry")
        case 3:
            self = .acknowledged
            try reader.requireEnd("answer")
        case 4:
            guard let code = RefuseCode(rawValue: String(decoding: reader.takeRest(), as: UTF8.self)) else {
                throw .malformed("answer.code")
            }
            self = .refused(code)
        default: throw .malformed("answer.tag")
        }
    }
}
