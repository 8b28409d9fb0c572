package import EventSourcing

/// A paper of the local list, such as `id-card` or `disability-certificate`; never what stands in it.
package struct PaperCode: Hashable, TextCodable {
    package static var textForm: String { "a code of 1 to 64 characters a-z, 0-9 or - that begins with a letter" }
    package static var textShape: TextShape { TextShape(pattern: "^[a-z][a-z0-9-]{0,63}$", example: "id-card") }

    package let description: String

    package init?(_ text: String) {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard (1...64).contains(text.utf8.count), let first = text.utf8.first, letters.contains(first),
            text.utf8.allSatisfy({ letters.contains($0) || digits.contains($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        description = text
    }
}

/// Another hub by the code its numbers begin with, `NJ`: 2 to 6 capitals.
package struct HubCode: Hashable, TextCodable {
    package static var textForm: String { "a hub code of 2 to 6 capitals such as NJ" }
    package static var textShape: TextShape { TextShape(pattern: "^[A-Z]{2,6}$", example: "NJ") }

    package let description: String

    package init?(_ text: String) {
        guard (2...6).contains(text.utf8.count),
            text.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { return nil }
        description = text
    }
}

/// What an applicant shows to ask how far their case is: 8 characters that are easy to read aloud, `7KQ3-M9TD`.
///
/// It answers questions about the state of one case and nothing else; 40 random bits, so guessing is hopeless while
/// the desk limits how often somebody asks.
package struct ReceiptCode: Hashable, TextCodable {
    package static var textForm: String { "a receipt code such as 7KQ3-M9TD" }
    package static var textShape: TextShape {
        TextShape(pattern: "^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", example: "7KQ3-M9TD")
    }

    package let description: String

    /// Without I, L, O and U, which are misread or misheard.
    private static let letters = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 9, bytes[4] == UInt8(ascii: "-"),
            bytes.enumerated().allSatisfy({ $0.offset == 4 || Self.letters.contains($0.element) })
        else { return nil }
        description = text
    }

    /// The code of an identifier that is used for nothing else.
    init(of identifier: UniqueID) {
        // The last five bytes of a version 7 identifier are all chance.
        let number = identifier.bytes.suffix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var text: [UInt8] = []
        for place in 0..<8 {
            if place == 4 { text.append(UInt8(ascii: "-")) }
            text.append(Self.letters[Int(number >> (35 - 5 * UInt64(place)) & 31)])
        }
        description = String(decoding: text, as: UTF8.self)
    }
}
