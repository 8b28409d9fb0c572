/// One value or key of a JSON text: what it is and where it stands.
///
/// The tokens of a text stand in its order, a member's key right before its value, a list's or object's content right
/// after it; so a value that nobody asks for is stepped over without being read.
struct JSONToken {
    enum Kind: UInt8 {
        case null, yes, no
        /// Bytes that may be a number; checked when one is asked for.
        case number
        /// Between its quotes stands the text itself, in bytes that may yet turn out not to be UTF-8.
        case text
        /// Between its quotes stand escapes, or control characters that make it invalid.
        case escapedText
        case list
        /// An object of few members whose keys are all ASCII without escapes: a key is found by comparing bytes.
        case object
        /// Any other object: its keys are read and indexed before the first is looked up.
        case irregularObject
    }

    var kind: Kind
    /// Offset of a scalar's first byte, of a text's first byte after the quote; the number of elements or members else.
    var start: UInt32
    /// A scalar's length in bytes, without the quotes; for a list or object the index after its last token.
    ///
    /// While a list or object is still open, the index of the one around it.
    var extent: UInt32

    /// How many bytes, elements or members an offset or count can tell apart.
    static let most = Int(UInt32.max)

    /// Elements of a list, members of an object.
    var count: Int { Int(start) }

    /// The index after the value and all that stands in it, where `index` is its own.
    func end(at index: Int) -> Int {
        switch kind {
        case .null, .yes, .no, .number, .text, .escapedText: index + 1
        case .list, .object, .irregularObject: Int(extent)
        }
    }

    /// Where the bytes of a scalar stand.
    var bytes: Range<Int> { Int(start)..<Int(start) + Int(extent) }
}

/// Why bytes are not JSON; there is no content in it.
struct JSONFault: Error {
    enum Reason: String {
        case end = "the text ends too early"
        case unexpected = "an unexpected character"
        case depth = "lists and objects nested more than 512 deep"
        case notUnicode = "a text that is not UTF-8"
        case escape = "an escape that means nothing"
        case control = "a control character in a text"
        case number = "a number that does not fit or is not one"
        case size = "a text longer than 4 GiB"
    }

    let reason: Reason
    /// Offset of the byte where it shows.
    let offset: Int

    var decodingError: DecodingError {
        .dataCorrupted(
            .init(codingPath: [], debugDescription: "not valid JSON at byte \(offset): \(reason.rawValue)"))
    }
}
