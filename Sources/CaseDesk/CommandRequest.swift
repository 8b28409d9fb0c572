package import EventSourcing
package import FoundationEssentials
package import RuleBook

/// A personal value that comes with a command: sealed into the event it causes, read by no rule.
package struct SealedValue: Codable, Hashable, Sendable {
    package let group: FieldGroup
    /// Whose key seals it; only `RegisterPerson` may leave it out, since its person is not known yet.
    package let person: PersonReference?
    package let value: JSONValue

    package init(group: FieldGroup, person: PersonReference?, value: JSONValue) {
        self.group = group
        self.person = person
        self.value = value
    }
}

/// The body of a command as every door reads it.
package struct CommandBody: Codable, Hashable, Sendable {
    /// When it happened; now if left out.
    package let occurredAt: Instant?
    /// The post that acted; the caller's own if left out.
    package let actingPost: PostCode?
    /// The other side's file number.
    package let externalReference: String?
    /// The command's own fields.
    package let open: JSONValue
    package let sealed: [SealedValue]?

    package init(
        occurredAt: Instant? = nil, actingPost: PostCode? = nil, externalReference: String? = nil,
        open: JSONValue = .object([:]), sealed: [SealedValue]? = nil
    ) {
        self.occurredAt = occurredAt
        self.actingPost = actingPost
        self.externalReference = externalReference
        self.open = open
        self.sealed = sealed
    }
}

/// A department's signature over a command, checked by the edge that took it in.
package struct CommandSignature: Hashable, Sendable {
    /// What stands in the event's metadata.
    package let metadata: EventMetadata.Signature
    /// Salt and payload as signed; sealed into the event for nobody but an auditor.
    package let saltAndPayload: Data

    package init(metadata: EventMetadata.Signature, saltAndPayload: Data) {
        self.metadata = metadata
        self.saltAndPayload = saltAndPayload
    }
}

/// A command somebody known asks the hub to carry out.
package struct CommandRequest: Sendable {
    /// UUID given by the sender; with the account it takes effect at most once.
    package let id: UniqueID
    /// Name of the command, `AcceptReferral`.
    package let type: String
    /// What it is about, `referral/<uuid>`; empty when it creates something.
    package let subject: String
    package let body: CommandBody
    /// The bytes as sent, for telling a repeat from another command under the same id.
    package let bytes: Data
    package let principal: Principal
    /// The door: `http`, `feed`, `cli`, `system`.
    package let channel: String
    package let signature: CommandSignature?

    package init(
        id: UniqueID, type: String, subject: String, body: CommandBody, bytes: Data, principal: Principal,
        channel: String, signature: CommandSignature? = nil
    ) {
        self.id = id
        self.type = type
        self.subject = subject
        self.body = body
        self.bytes = bytes
        self.principal = principal
        self.channel = channel
        self.signature = signature
    }
}
