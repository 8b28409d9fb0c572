/// Who did it, in what function, on what basis: the `meta` of an event (`FORMATS.md` §2), without personal data.
package struct EventMetadata: Codable, Hashable, Sendable {
    /// Whoever acted, as of that time; staff stand as account references.
    package struct Actor: Codable, Hashable, Sendable {
        package var account: AccountID
        package var post: PostCode?
        package var department: DepartmentCode?
        package var role: String
        package var onBehalfOf: PersonReference?

        package init(
            account: AccountID, post: PostCode? = nil, department: DepartmentCode? = nil, role: String,
            onBehalfOf: PersonReference? = nil
        ) {
            self.account = account
            self.post = post
            self.department = department
            self.role = role
            self.onBehalfOf = onBehalfOf
        }
    }

    /// Which group of which person a sealed section holds; binds the section to the leaf.
    package struct SealedLabel: Codable, Hashable, Sendable {
        package var s: UInt8
        package var g: FieldGroup
        package var p: PersonReference

        package init(s: UInt8, g: FieldGroup, p: PersonReference) {
            self.s = s
            self.g = g
            self.p = p
        }
    }

    /// A department's signature over the command that caused the event; `key`, `commitment`, `sig` in lower-case hex.
    package struct Signature: Codable, Hashable, Sendable {
        package var key: String
        /// The signed head, base64.
        package var head: String
        package var commitment: String
        package var sig: String

        package init(key: String, head: String, commitment: String, sig: String) {
            self.key = key
            self.head = head
            self.commitment = commitment
            self.sig = sig
        }
    }

    package var actor: Actor
    /// Door the command came through: `http`, `feed`, `cli`, `system`.
    package var channel: String
    package var command: UniqueID
    /// The case, where there is one; else the main entity.
    package var correlation: UniqueID?
    package var causation: UniqueID?
    package var basis: String?
    package var externalReference: String?
    package var rules: [String: Int]?
    package var sealed: [SealedLabel]?
    package var signature: Signature?

    package init(actor: Actor, channel: String, command: UniqueID, correlation: UniqueID? = nil) {
        self.actor = actor
        self.channel = channel
        self.command = command
        self.correlation = correlation
    }
}
