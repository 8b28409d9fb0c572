package import EventSourcing
package import FoundationEssentials

/// A command of a department on its way to the hub.
///
/// What it says is already sealed to the hub, so nothing personal that a department writes stands in its outbox.
package struct OutboxCommand: Hashable, Sendable {
    package let id: UniqueID
    /// `AcceptReferral`.
    package let type: String
    /// `referral/<uuid>`.
    package let subject: String
    /// The signed head, without personal data.
    package let head: Data
    /// The bytes to send, the same at every attempt (`FORMATS.md` §8); empty once answered.
    package let sealed: Data
    /// 32 bytes under a secret of the department over what was asked; tells a repeat from another command.
    package let fingerprint: Data
    package let queuedAt: Instant
    /// Nothing while it waits.
    package let answer: CommandAnswer?

    package init(
        id: UniqueID, type: String, subject: String, head: Data, sealed: Data, fingerprint: Data, queuedAt: Instant,
        answer: CommandAnswer? = nil
    ) {
        self.id = id
        self.type = type
        self.subject = subject
        self.head = head
        self.sealed = sealed
        self.fingerprint = fingerprint
        self.queuedAt = queuedAt
        self.answer = answer
    }
}
