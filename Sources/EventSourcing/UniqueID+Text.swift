extension UniqueID {
    /// Reads the written form of a whole string; decoding does so several times an event.
    package init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Self.value(of: $0) }) else { return nil }
        guard let id = Swift.withUnsafeBytes(of: value.bigEndian, { Self(bytes: $0) }) else { return nil }
        self = id
    }

    private static func value(of text: UnsafeBufferPointer<UInt8>) -> UInt128? {
        guard text.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<36 {
            let character = text[index]
            if hyphens >> UInt64(index) & 1 == 1 {
                guard character == UInt8(ascii: "-") else { return nil }
                continue
            }
            var digit = character &- UInt8(ascii: "0")
            if digit > 9 {
                // Small and capital letters differ in this bit alone.
                digit = (character | 0x20) &- UInt8(ascii: "a") &+ 10
                guard digit > 9, digit < 16 else { return nil }
            }
            high = high << 4 | low >> 60
            low = low << 4 | UInt64(digit)
        }
        return UInt128(high) << 64 | UInt128(low)
    }

    /// The places of the hyphens, one bit each.
    private static let hyphens: UInt64 = 1 << 8 | 1 << 13 | 1 << 18 | 1 << 23
}
