package import FoundationEssentials

/// The five `d_x` of one event, 32 bytes each: all that its leaf holds of its open parts.
///
/// They do not depend on the event's place, so a writer has them made before the event gets one.
package struct LeafCommitments: Hashable, Sendable {
    /// In the order of ``LeafPart``; always 160 bytes.
    let digests: Data

    /// Commits to the parts of an event from which nothing was removed.
    ///
    /// - Parameter salt: 16 random bytes of the event.
    /// - Returns: Nothing when a part is missing.
    package init?(_ parts: LeafParts, salt: Data) {
        guard let meta = parts.meta, let data = parts.data, let tags = parts.tags, let audience = parts.audience,
            let disclosure = parts.disclosure
        else { return nil }
        var digests = Data(count: LeafPart.allCases.count * 32)
        digests.withUnsafeMutableBytes { digests in
            func commit(_ part: LeafPart, to bytes: Data) {
                let place = Int(part.rawValue) * 32
                let output = UnsafeMutableRawBufferPointer(rebasing: digests[place..<(place + 32)])
                withUnsafeTemporaryAllocation(byteCount: 32, alignment: 8) { key in
                    part.writeKey(salt: salt, to: key)
                    bytes.withUnsafeBytes { ShortKeyHMAC.code(for: $0, key: UnsafeRawBufferPointer(key), into: output) }
                }
            }
            commit(.meta, to: meta)
            commit(.data, to: data)
            commit(.tags, to: tags)
            commit(.audience, to: audience)
            commit(.disclosure, to: disclosure)
        }
        self.digests = digests
    }

    /// Recomputes the commitments of an event that lost parts to an erasure.
    ///
    /// - Returns: Nothing when a part that should still be there is missing.
    package init?(_ parts: LeafParts, removed: RemovedParts) {
        var digests = Data(capacity: LeafPart.allCases.count * 32)
        for part in LeafPart.allCases {
            switch removed.slots[Int(part.rawValue)] {
            case .gone(let commitment):
                digests.append(commitment)
            case .kept(let key):
                guard let bytes = parts[part] else { return nil }
                digests.append(LeafPart.commitment(to: bytes, key: key))
            }
        }
        self.digests = digests
    }

    /// `d_x` of one part.
    package subscript(part: LeafPart) -> Data {
        let start = digests.startIndex + Int(part.rawValue) * 32
        return Data(digests[start..<(start + 32)])
    }
}

/// What replaces an event's salt once parts of it are removed: the keys of the kept, the commitments of the gone.
package struct RemovedParts: Hashable, Sendable {
    /// What is known about one part.
    package enum Slot: Hashable, Sendable {
        /// `k_x`, 32 bytes: the part is still there and can be checked.
        case kept(key: Data)
        /// `d_x`, 32 bytes: the part is gone and cannot be guessed back, since its key is gone too.
        case gone(commitment: Data)
    }

    /// One a part, in the order of ``LeafPart``.
    package let slots: [Slot]

    /// The stored length of `removed`.
    package static let encodedLength = 5 * 33

    /// Removes parts from an event that still has its salt.
    ///
    /// - Returns: Nothing when a part to remove is missing already.
    package init?(removing gone: Set<LeafPart>, from parts: LeafParts, salt: Data) {
        var slots: [Slot] = []
        for part in LeafPart.allCases {
            let key = part.key(salt: salt)
            if gone.contains(part) {
                guard let bytes = parts[part] else { return nil }
                slots.append(.gone(commitment: LeafPart.commitment(to: bytes, key: key)))
            } else {
                slots.append(.kept(key: key))
            }
        }
        self.slots = slots
    }

    /// Reads the stored form.
    ///
    /// - Returns: Nothing unless it is five slots, each u8 0 or 1 and 32 bytes.
    package init?(encoded: Data) {
        guard encoded.count == Self.encodedLength else { return nil }
        var slots: [Slot] = []
        var rest = encoded[...]
        while let kind = rest.first {
            let value = Data(rest.dropFirst().prefix(32))
            switch kind {
            case 0: slots.append(.kept(key: value))
            case 1: slots.append(.gone(commitment: value))
            default: return nil
            }
            rest = rest.dropFirst(33)
        }
        self.slots = slots
    }

    /// The stored form: five times u8 0 and `k_x`, or u8 1 and `d_x`.
    package var encoded: Data {
        var bytes = Data(capacity: Self.encodedLength)
        for slot in slots {
            switch slot {
            case .kept(let key):
                bytes.append(0)
                bytes.append(key)
            case .gone(let commitment):
                bytes.append(1)
                bytes.append(commitment)
            }
        }
        return bytes
    }
}
