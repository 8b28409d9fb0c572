package import EventSourcing

/// A SHA-256 of a file, 64 characters of lower-case hex; the file itself lies in a sealed store.
package struct ContentDigest: Hashable, TextCodable {
    package static var textForm: String { "a SHA-256 of 64 lower-case hexadecimal characters" }
    package static var textShape: TextShape {
        TextShape(pattern: "^[0-9a-f]{64}$", example: String(repeating: "0", count: 64))
    }

    package let description: String

    package init?(_ text: String) {
        guard text.utf8.count == 64,
            text.utf8.allSatisfy({ byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            })
        else { return nil }
        description = text
    }
}

/// What a file is called in the clear: 1 to 64 of a–z, 0–9, dot, hyphen and underscore, so that no person's name fits.
package struct AttachmentName: Hashable, TextCodable {
    package static var textForm: String {
        "a file name of 1 to 64 characters a-z, 0-9, ., - or _, without names of people"
    }
    package static var textShape: TextShape { TextShape(pattern: "^[a-z0-9._-]{1,64}$", example: "form.pdf") }

    package let description: String

    package init?(_ text: String) {
        guard (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({ byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].contains(byte)
            })
        else { return nil }
        description = text
    }
}

/// A file that belongs to an event: what it hashes to, never what is in it.
package struct Attachment: Codable, Hashable, Sendable {
    package let digest: ContentDigest
    package let name: AttachmentName?
    /// Length of the file, 0 or more.
    package let bytes: Int64

    package init(digest: ContentDigest, name: AttachmentName? = nil, bytes: Int64) {
        self.digest = digest
        self.name = name
        self.bytes = bytes
    }
}
