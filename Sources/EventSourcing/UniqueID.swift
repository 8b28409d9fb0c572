/// A 16-byte identifier, written in lower case with hyphens; new ones are UUID version 7, so they sort by time.
package struct UniqueID: Hashable, Comparable, Sendable {
    // Two words rather than an array: an event carries several, and a page of events is read at a million a second.
    private let high: UInt64
    private let low: UInt64

    private init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The bytes in network order, as hashed and stored; always 16.
    package var bytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            withUnsafeBytes { count = buffer.initialize(fromContentsOf: $0) }
        }
    }

    /// Lends the same 16 bytes without an array.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try Swift.withUnsafeBytes(of: (high.bigEndian, low.bigEndian), body)
    }

    /// Takes 16 stored bytes where they lie, which need not be aligned.
    ///
    /// - Returns: Nothing unless there are exactly 16.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == 16 else { return nil }
        self.init(
            high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    /// Takes 16 stored bytes.
    ///
    /// - Returns: Nothing unless there are exactly 16.
    package init?(bytes: some Sequence<UInt8>) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var count = 0
        for byte in bytes {
            count += 1
            guard count <= 16 else { return nil }
            if count <= 8 { high = high << 8 | UInt64(byte) } else { low = low << 8 | UInt64(byte) }
        }
        guard count == 16 else { return nil }
        self.init(high: high, low: low)
    }

    /// Makes a version 7 identifier; time and chance come from the caller, which keeps the core pure.
    package init(versionSevenAt instant: Instant, random: (UInt64, UInt64)) {
        let milliseconds = UInt64(clamping: instant.milliseconds)
        self.init(
            high: milliseconds << 16 | 0x7000 | random.0 & 0x0fff,
            low: 0x8000_0000_0000_0000 | random.1 & 0x3fff_ffff_ffff_ffff)
    }

    /// Reads the written form, `01890a5d-ac96-774b-bcce-b302099a8057`; capitals are accepted.
    package init?(_ text: some StringProtocol) {
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digits = 0
        for (index, character) in text.utf8.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard character == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Self.hexadecimalValue(character) else { return nil }
            digits += 1
            guard digits <= 32 else { return nil }
            if digits <= 16 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
        }
        guard digits == 32, text.utf8.count == 36 else { return nil }
        self.init(high: high, low: low)
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    private static func hexadecimalValue(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

extension UniqueID: LosslessStringConvertible {
    package var description: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for (index, byte) in bytes.enumerated() {
            if index == 4 || index == 6 || index == 8 || index == 10 { text.append(UInt8(ascii: "-")) }
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 0x0f)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension UniqueID: TextCodable {
    package static var textForm: String { "a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057" }
    package static var textShape: TextShape {
        TextShape(format: "uuid", example: "01890a5d-ac96-774b-bcce-b302099a8057")
    }
}
