package import FoundationEssentials

/// The words of the control connection (`FORMATS.md` §7); reserved ones are not spoken yet.
package enum ControlVerb: String, CaseIterable, Sendable {
    case hello = "HELLO"
    case welcome = "WELCOME"
    case refuse = "REFUSE"
    case replay = "REPLAY"
    case events = "EVENTS"
    case done = "DONE"
    case credit = "CREDIT"
    case acknowledge = "ACK"
    case acknowledged = "ACKED"
    case ping = "PING"
    case pong = "PONG"
    case bye = "BYE"
    case command = "COMMAND"
    case answer = "ANSWER"
    case busy = "BUSY"
}

/// One message between a department and the hub: three frames, whoever sends it.
package struct ControlMessage: Hashable, Sendable {
    /// Longest body a department may send; its connection refuses longer messages altogether.
    package static let maximumRequestLength = 60 << 10

    package let verb: ControlVerb
    /// Chosen by the department, repeated in the answer.
    package let request: UInt64
    package let body: Data

    package init(_ verb: ControlVerb, request: UInt64, body: Data = Data()) {
        self.verb = verb
        self.request = request
        self.body = body
    }

    /// Verb, request number, body.
    package var frames: [Data] {
        var number = WireWriter(capacity: 8)
        number.append(request)
        return [Data(verb.rawValue.utf8), number.data, body]
    }

    /// Reads three frames.
    ///
    /// - Throws: ``FeedWireError/malformed(_:)`` for another number of frames or an unknown or reserved verb.
    package init(frames: [Data]) throws(FeedWireError) {
        guard frames.count == 3 else { throw .malformed("frames") }
        guard let verb = ControlVerb(rawValue: String(decoding: frames[0], as: UTF8.self)) else {
            throw .malformed("verb")
        }
        var reader = WireReader(frames[1])
        request = try reader.integer(UInt64.self, "request")
        try reader.requireEnd("request")
        self.verb = verb
        body = frames[2]
    }

    /// A message with a JSON body.
    package init(_ verb: ControlVerb, request: UInt64, json: some Encodable) {
        self.init(verb, request: request, body: ControlJSON.encode(json))
    }
}
