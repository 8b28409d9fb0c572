package import EventSourcing
import FoundationEssentials

/// What a department reads: the plaintext of one entry, a CloudEvents 1.0 document (`FORMATS.md` §6).
package struct FeedEvent: Codable, Hashable, Sendable {
    /// One sealed group of one person, opened for this department, or the word that it is gone.
    package struct Part: Codable, Hashable, Sendable {
        package let group: FieldGroup
        package let person: PersonReference
        package let value: JSONValue?
        /// True once the person has been erased; then there is no value.
        package let erased: Bool?

        /// A part; without a value it says that it is erased.
        package init(group: FieldGroup, person: PersonReference, value: JSONValue?) {
            self.group = group
            self.person = person
            self.value = value
            erased = value == nil ? true : nil
        }
    }

    /// What the event says to this department.
    package struct Content: Codable, Hashable, Sendable {
        /// Open properties of the groups this department may read; an object.
        package let open: JSONValue
        package let parts: [Part]

        package init(open: JSONValue, parts: [Part]) {
            self.open = open
            self.parts = parts
        }
    }

    package let specversion: String
    package let id: UniqueID
    /// `urn:onedoor:<log_id>`.
    package let source: String
    /// `cn.onedoor.<Name>.v<n>`.
    package let type: String
    /// `referral/<uuid>` and the like; nothing where an event is about no single thing.
    package let subject: String?
    package let time: Instant
    package let recordedtime: Instant
    /// Position in the log, 20 digits.
    package let sequence: String
    /// Place in the feed, 20 digits.
    package let feedseq: String
    package let data: Content

    /// An event as it is written for one department; places become texts of 20 digits.
    package init(
        id: UniqueID, logID: UniqueID, name: String, schemaVersion: UInt16, subject: String?, time: Instant,
        recordedTime: Instant, position: Position, feedSequence: UInt64, data: Content
    ) {
        specversion = "1.0"
        self.id = id
        source = "urn:onedoor:\(logID)"
        type = "cn.onedoor.\(name).v\(schemaVersion)"
        self.subject = subject
        self.time = time
        recordedtime = recordedTime
        sequence = Self.twentyDigits(position.number)
        feedseq = Self.twentyDigits(feedSequence)
        self.data = data
    }

    /// The event's name in the log, `ReferralDispatched`, and its schema version; nothing if `type` is not ours.
    package var name: (event: String, version: UInt16)? {
        let parts = type.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "cn", parts[1] == "onedoor", parts[3].first == "v",
            let version = UInt16(parts[3].dropFirst())
        else { return nil }
        return (String(parts[2]), version)
    }

    /// A number with leading zeros, so that text order is number order.
    package static func twentyDigits(_ number: UInt64) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, 20 - text.count)) + text
    }
}
