/// A 16-byte identifier, written in lower case with hyphens; new ones are UUID version 7, so they sort by time.
package struct UniqueID: Hashable, Comparable, Sendable {
    /// The bytes in network order, as hashed and stored; always 16.
    package let bytes: [UInt8]

    /// Takes 16 stored bytes.
    ///
    /// - Returns: Nothing unless there are exactly 16.
    package init?(bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Makes a version 7 identifier; time and chance come from the caller, which keeps the core pure.
    package init(versionSevenAt instant: Instant, random: (UInt64, UInt64)) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        let milliseconds = UInt64(clamping: instant.milliseconds)
        for shift in stride(from: 40, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: milliseconds >> UInt64(shift)))
        }
        bytes.append(0x70 | UInt8(truncatingIfNeeded: random.0 >> 8) & 0x0f)
        bytes.append(UInt8(truncatingIfNeeded: random.0))
        bytes.append(0x80 | UInt8(truncatingIfNeeded: random.1 >> 56) & 0x3f)
        for shift in stride(from: 48, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: random.1 >> UInt64(shift)))
        }
        self.bytes = bytes
    }

    /// Reads the written form, `01890a5d-ac96-774b-bcce-b302099a8057`; capitals are accepted.
    package init?(_ text: some StringProtocol) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        var half: UInt8?
        for (index, character) in text.utf8.enumerated() {
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard character == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Self.hexadecimalValue(character) else { return nil }
            if let high = half {
                bytes.append(high << 4 | digit)
                half = nil
            } else {
                half = digit
            }
        }
        guard bytes.count == 16, text.utf8.count == 36 else { return nil }
        self.bytes = bytes
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
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
}
