package import EventSourcing

/// What an open property should have been: a code, a day, a number or an identifier; never words about a person.
package struct CorrectedCode: Hashable, TextCodable {
    package static var textForm: String { "a code of 1 to 64 characters a-z, A-Z, 0-9, /, :, ., _ or -" }
    package static var textShape: TextShape { TextShape(pattern: "^[0-9A-Za-z/:._-]{1,64}$", example: "2023-08-15") }

    package let description: String

    package init?(_ text: String) {
        let marks = Set("/:._-".utf8)
        guard (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || marks.contains(byte)
            })
        else { return nil }
        description = text
    }
}
