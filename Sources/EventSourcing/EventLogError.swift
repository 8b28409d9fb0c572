/// Why the event log did not do what it was asked.
package struct EventLogError: Error, Sendable {
    /// What the caller can do about it.
    package enum Code: Hashable, Sendable {
        /// Someone appended a matching event first: load again, decide again.
        case conflict
        /// The command id was used before with another body.
        case otherBody
        /// The append breaks a limit of `FORMATS.md` §1: a bug of the caller.
        case invalidAppend
        /// A stored row no longer decodes: stop and call an operator.
        case unreadableRow
        /// No room: not committed, reads go on.
        case full
        /// The waiting line is full: try again.
        case busy
        /// Its deadline passed before the work began; nothing was done.
        case expired
        /// Another process holds the log.
        case locked
        /// The log was written by a newer version.
        case newerFormat
        /// The file is not a whole log of ours: truncated, altered or foreign.
        case damaged
        /// The outcome of a commit is unknown: stop, start again, ask by command id.
        case outcomeUnknown
        /// The file cannot be used.
        case unavailable
        /// The log has been closed.
        case closed
    }

    package let code: Code
    /// The row concerned; for a conflict, the newest matching one.
    package let position: Position?
    /// What went wrong in words, without personal data.
    package let detail: String
    /// What SQLite or the decoder said: for our log, never for a caller.
    package let underlying: (any Error)?

    package init(_ code: Code, at position: Position? = nil, detail: String = "", underlying: (any Error)? = nil) {
        self.code = code
        self.position = position
        self.detail = detail
        self.underlying = underlying
    }
}
