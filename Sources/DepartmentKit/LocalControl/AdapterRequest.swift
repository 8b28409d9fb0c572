package import EventSourcing
package import FeedProtocol

/// One line to a running adapter: an act of ``AdapterAct``, or `inbox`, `show`, `status`.
package struct AdapterRequest: Codable, Hashable, Sendable {
    package var act: String
    /// Id or number of the referral.
    package var referral: String?
    /// Id or number of the follow-up.
    package var followUp: String?
    /// UUID of the command: the same one again is the same act, nothing makes a new one.
    package var command: UniqueID?
    /// When it happened; nothing means now, by the hub's clock in a demo.
    package var occurredAt: Instant?
    /// The post that acts; nothing means the adapter's own.
    package var post: PostCode?
    /// The department's own file number.
    package var externalReference: String?
    /// The command's own fields, as the hub's API names them; an object.
    package var open: JSONValue?
    /// A note in words; sealed under `person`, or under the only person of the slice.
    package var note: String?
    package var person: PersonReference?
    /// Other personal text.
    package var sealed: [CommandPayload.Part]?
    /// How long to wait for the hub's answer, 0 through 120 seconds; nothing means 10.
    package var waitSeconds: Int?

    package init(act: String) {
        self.act = act
    }

    package init(_ act: AdapterAct) {
        self.act = act.rawValue
    }
}

/// The answer to one line.
package struct AdapterReply: Codable, Hashable, Sendable {
    /// What became of the request.
    package enum Result: String, Codable, Hashable, Sendable {
        /// In the log.
        case accepted
        /// Refused by a rule of the hub.
        case refused
        /// Stored here; goes out once the hub can be reached.
        case waiting
        /// A question answered.
        case ok
        /// Not done, and nothing stored.
        case error
    }

    package var result: Result
    package var command: UniqueID?
    /// Place in the log of an accepted command.
    package var position: UInt64?
    package var code: String?
    package var field: String?
    package var chinese: String?
    package var english: String?
    package var remedy: String?
    package var status: AdapterStatus?
    package var inbox: [InboxReferral]?
    package var followUps: [InboxFollowUp]?
    package var meetings: [InboxExtract]?

    package init(_ result: Result) {
        self.result = result
    }

    /// What became of an act.
    package init(_ outcome: AdapterRuntime.Outcome) {
        switch outcome {
        case .answered(let command):
            switch command.answer {
            case .accepted(let position):
                result = .accepted
                self.position = position.number
            case .refused(let code, let field, let remedy):
                result = .refused
                self.code = code
                self.field = field
                self.remedy = remedy
            case nil:
                result = .waiting
            }
            self.command = command.id
        case .waiting(let command):
            result = .waiting
            self.command = command.id
            chinese = "已存,待连通后发出"
            english = "stored; it goes out once the hub can be reached"
        }
    }

    package init(_ fault: AdapterFault) {
        result = .error
        code = fault.code
        field = fault.field
        chinese = fault.chinese
        english = fault.english
        remedy = fault.remedy
    }
}
