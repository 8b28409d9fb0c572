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
        var value: UInt128 = 0
        for (index, character) in text.enumerated() {
            let digit: UInt8
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = character - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = character - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = character - UInt8(ascii: "A") + 10
            case UInt8(ascii: "-") where index == 8 || index == 13 || index == 18 || index == 23: continue
            default: return nil
            }
            value = value << 4 | UInt128(digit)
        }
        return value
    }
}
