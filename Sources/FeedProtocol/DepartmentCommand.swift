package import EventSourcing
import FoundationEssentials

/// The part of a department's command that is signed in clear and stays for ever: no personal data.
package struct CommandHead: Codable, Hashable, Sendable {
    package var id: UniqueID
    /// `AcceptReferral`.
    package var type: String
    /// `referral/<uuid>`; empty for a creation.
    package var subject: String
    package var occurredAt: Instant
    package var actingPost: PostCode
    /// The department's own file number.
    package var externalReference: String?

    package init(
        id: UniqueID, type: String, subject: String, occurredAt: Instant, actingPost: PostCode,
        externalReference: String? = nil
    ) {
        self.id = id
        self.type = type
        self.subject = subject
        self.occurredAt = occurredAt
        self.actingPost = actingPost
        self.externalReference = externalReference
    }

    // Written out because an absent file number travels as null.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(type, forKey: .type)
        try container.encode(subject, forKey: .subject)
        try container.encode(occurredAt, forKey: .occurredAt)
        try container.encode(actingPost, forKey: .actingPost)
        try container.encode(externalReference, forKey: .externalReference)
    }
}

/// The part of a command that may be personal: the hub keeps it sealed only.
package struct CommandPayload: Codable, Hashable, Sendable {
    /// Text about one person in one field group.
    package struct Part: Codable, Hashable, Sendable {
        package var group: FieldGroup
        package var person: PersonReference
        package var value: JSONValue

        package init(group: FieldGroup, person: PersonReference, value: JSONValue) {
            self.group = group
            self.person = person
            self.value = value
        }
    }

    /// The command's own fields; an object.
    package var open: JSONValue
    package var sealed: [Part]

    package init(open: JSONValue = .object([:]), sealed: [Part] = []) {
        self.open = open
        self.sealed = sealed
    }
}

/// Whose command goes to which log: what sealing and signature are bound to.
package struct CommandScope: Hashable, Sendable {
    package let logID: UniqueID
    package let department: DepartmentCode

    package init(logID: UniqueID, department: DepartmentCode) {
        self.logID = logID
        self.department = department
    }

    /// `"onedoor/command/1" ‖ log_id ‖ lp8(dept)`.
    var prefix: WireWriter {
        var writer = WireWriter(capacity: 128)
        writer.append(label: "onedoor/command/1")
        writer.append(logID)
        writer.append(lengthPrefixed8: department.description)
        return writer
    }
}
