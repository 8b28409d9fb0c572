package import EventSourcing

/// What a verification of a log came to.
package struct LogVerification: Hashable, Sendable {
    /// What does not hold.
    package enum Fault: String, Hashable, Sendable {
        /// A row is there and cannot be read.
        case unreadable
        /// A position is missing, or the log is shorter or longer than its tree.
        case positions
        /// The stored parts do not give the stored leaf.
        case leaf
        /// A sealed section's digest is not that of its bytes.
        case sealedDigest
        /// The sealed sections are not those that `meta` names.
        case sealedLabels
        /// Tags, audience or disclosure are not in their stored form, or not each other's.
        case form
        /// An index misses the event, so that queries would.
        case index
        /// Events of one append do not stand together.
        case appendGroup
        /// Recorded time went back.
        case recordedAt
        /// A feed misses an entry, has one too many, or its chain is another.
        case feed
        /// A request row names no append, or an append has none.
        case request
        /// The leaves do not give the root of the tree.
        case root
        /// SQLite's own check of the file fails.
        case structure
        /// A table, an index or a guard is not as it was made.
        case schema
    }

    /// The first thing found that does not hold.
    package struct Finding: Hashable, Sendable {
        package let fault: Fault
        /// The first bad position; nothing where the fault is the whole log's.
        package let position: Position?
        /// In words, without stored values.
        package let detail: String

        package init(_ fault: Fault, at position: Position?, detail: String) {
            self.fault = fault
            self.position = position
            self.detail = detail
        }
    }

    package let identity: LogIdentity
    /// The head that was verified; what came later was not looked at.
    package let head: LogHead
    /// Nothing when the log is whole.
    package let finding: Finding?

    package init(identity: LogIdentity, head: LogHead, finding: Finding?) {
        self.identity = identity
        self.head = head
        self.finding = finding
    }
}
