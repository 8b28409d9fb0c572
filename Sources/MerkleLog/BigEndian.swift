import FoundationEssentials

extension RangeReplaceableCollection<UInt8> {
    /// Adds the bytes of a whole number, most significant first, as every format of ours has them.
    mutating func appendBigEndian<Number: FixedWidthInteger>(_ number: Number) {
        Swift.withUnsafeBytes(of: number.bigEndian) { append(contentsOf: $0) }
    }

    /// Adds a text preceded by its length in one byte (`lp8` of `FORMATS.md`).
    mutating func appendShortText(_ text: String) {
        precondition(text.utf8.count <= 255, "a name in a hash has at most 255 bytes")
        append(UInt8(text.utf8.count))
        append(contentsOf: text.utf8)
    }
}
