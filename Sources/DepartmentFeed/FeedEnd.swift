/// How a feed process ended: what to say and with which exit code.
package struct FeedEnd: Error, Hashable, Sendable {
    /// The exit code and what it means.
    package enum Reason: Int32, Sendable {
        /// Serve is gone or said stop.
        case done = 0
        /// A socket let in whom it must not, or libzmq failed.
        case unsafe = 70
        /// A port or descriptor is taken for now.
        case tryAgain = 75
        /// Secret, address or version does not fit.
        case configuration = 78
    }

    package let reason: Reason
    /// File, port or frame concerned; empty at a proper end.
    package let field: String
    package let chinese: String
    package let english: String

    package init(_ reason: Reason, field: String = "", chinese: String = "", english: String = "") {
        self.reason = reason
        self.field = field
        self.chinese = chinese
        self.english = english
    }

    package static let done = FeedEnd(.done)
    package var exitCode: Int32 { reason.rawValue }
}
