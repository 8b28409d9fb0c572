/// Why an adapter cannot do what was asked, for a person: what is wrong in two languages, and what to do.
///
/// Never holds personal data or a key.
package struct AdapterFault: Error, Hashable, Sendable {
    /// What kind of trouble it is; the command line turns it into an exit code.
    package enum Kind: Hashable, Sendable {
        /// Keys, sheet, version or feed do not fit; trying again does not help (78).
        case configuration
        /// What came from the hub is not what the hub sent (65).
        case badInput
        /// A file cannot be written (73).
        case cannotCreate
        /// In use, or not connected yet (75).
        case tryAgain
        /// The hub or the running adapter cannot be reached (69).
        case unreachable
        /// A field of the request is wrong or missing (2).
        case usage
        /// No such referral or follow-up in this department's slice (3).
        case nothingMatched

        /// Exit code of the program, as in `sysexits.h` above 60.
        package var exitCode: Int32 {
            switch self {
            case .usage: 2
            case .nothingMatched: 3
            case .badInput: 65
            case .unreachable: 69
            case .cannotCreate: 73
            case .tryAgain: 75
            case .configuration: 78
            }
        }
    }

    package let kind: Kind
    /// Stable, for scripts.
    package let code: String
    /// The file, field or option concerned; empty when none is.
    package let field: String
    package let chinese: String
    package let english: String
    package let remedy: String

    package init(
        _ kind: Kind, code: String, field: String = "", chinese: String, english: String, remedy: String
    ) {
        self.kind = kind
        self.code = code
        self.field = field
        self.chinese = chinese
        self.english = english
        self.remedy = remedy
    }
}
