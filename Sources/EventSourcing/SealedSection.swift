package import FoundationEssentials

/// One sealed part of an event as stored: ciphertext under one person's key.
package struct SealedSection: Hashable, Sendable {
    /// 1 through 32, in the order of the event's `meta.sealed`.
    package let section: UInt8
    package let group: FieldGroup
    package let person: PersonReference
    /// SHA-256 of nonce and ciphertext, 32 bytes; stays when the ciphertext is erased.
    package let digest: Data
    /// 12 bytes; nothing once erased.
    package let nonce: Data?
    /// Ciphertext with its 16-byte tag; nothing once erased.
    package let ciphertext: Data?

    package init(
        section: UInt8, group: FieldGroup, person: PersonReference, digest: Data, nonce: Data?, ciphertext: Data?
    ) {
        self.section = section
        self.group = group
        self.person = person
        self.digest = digest
        self.nonce = nonce
        self.ciphertext = ciphertext
    }
}

/// What binds a sealed part to its event, the additional data of its encryption (`FORMATS.md` §4).
package struct SealedSectionContext: Hashable, Sendable {
    package let eventID: UniqueID
    package let section: UInt8
    package let eventType: String
    package let schemaVersion: UInt16
    package let group: FieldGroup
    package let person: PersonReference

    package init(
        eventID: UniqueID, section: UInt8, eventType: String, schemaVersion: UInt16, group: FieldGroup,
        person: PersonReference
    ) {
        self.eventID = eventID
        self.section = section
        self.eventType = eventType
        self.schemaVersion = schemaVersion
        self.group = group
        self.person = person
    }
}
