package import FoundationEssentials

/// The five parts of an event that enter its leaf each under a key of its own, in stored order (`FORMATS.md` §2).
package enum LeafPart: UInt8, CaseIterable, Hashable, Sendable {
    case meta, data, tags, audience, disclosure

    /// The word in the key's label.
    package var label: String {
        switch self {
        case .meta: "meta"
        case .data: "data"
        case .tags: "tags"
        case .audience: "audience"
        case .disclosure: "disclosure"
        }
    }

    /// `k_x`: the key of this part, made from the event's salt.
    package func key(salt: Data) -> Data {
        ShortKeyHMAC.code(for: Self.keyLabels[Int(rawValue)], key: salt)
    }

    /// Writes `k_x` to the first 32 bytes of `output`.
    func writeKey(salt: Data, to output: UnsafeMutableRawBufferPointer) {
        Self.keyLabels[Int(rawValue)].withUnsafeBytes { label in
            salt.withUnsafeBytes { ShortKeyHMAC.code(for: label, key: $0, into: output) }
        }
    }

    private static let keyLabels = allCases.map { Data("onedoor/leaf/1/\($0.label)".utf8) }

    /// `d_x`: what the leaf holds of the bytes of this part.
    ///
    /// - Parameter key: `k_x`; whoever has it and the bytes can show this one part to an auditor.
    package static func commitment(to bytes: Data, key: Data) -> Data {
        ShortKeyHMAC.code(for: bytes, key: key)
    }
}

/// The bytes of the five parts as stored; nothing for a part that has been removed.
package struct LeafParts: Hashable, Sendable {
    package var meta: Data?
    package var data: Data?
    package var tags: Data?
    package var audience: Data?
    package var disclosure: Data?

    /// Takes the stored bytes of JSON parts and the names of tags and departments, which it sorts and joins by LF.
    package init(
        meta: Data?, data: Data?, tags: some Sequence<String>, audience: some Sequence<String>, disclosure: Data?
    ) {
        self.meta = meta
        self.data = data
        self.tags = Self.joined(tags)
        self.audience = Self.joined(audience)
        self.disclosure = disclosure
    }

    /// The bytes of one part.
    package subscript(part: LeafPart) -> Data? {
        switch part {
        case .meta: meta
        case .data: data
        case .tags: tags
        case .audience: audience
        case .disclosure: disclosure
        }
    }

    /// Takes the stored bytes of all five parts.
    package init(meta: Data?, data: Data?, tags: Data?, audience: Data?, disclosure: Data?) {
        self.meta = meta
        self.data = data
        self.tags = tags
        self.audience = audience
        self.disclosure = disclosure
    }

    /// Names sorted bytewise and joined by LF: the form in which tags and audience are hashed.
    package static func joined(_ names: some Sequence<String>) -> Data {
        joined(sorted: names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    }

    /// The same of names that are sorted bytewise already.
    package static func joined(sorted names: some Sequence<String>) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256)
        for name in names {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: "\n")) }
            // Ten times quicker than one byte after the other; every name that was read from a store has it.
            if name.utf8.withContiguousStorageIfAvailable({ bytes.append(contentsOf: $0) }) == nil {
                bytes.append(contentsOf: name.utf8)
            }
        }
        return Data(bytes)
    }
}
