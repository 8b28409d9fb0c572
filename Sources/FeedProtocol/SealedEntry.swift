package import Crypto
package import EventSourcing
package import FoundationEssentials

/// One entry of a feed as it travels: in clear its places and leaf, sealed its CloudEvents JSON.
package struct SealedEntry: Hashable, Sendable {
    /// Longest rest after the length field; far above any slice, so that a length cannot ask for all memory.
    package static let maximumLength = 4 << 20
    private static let fixedLength = 8 + 8 + 32 + 12 + 16

    package let sequence: UInt64
    package let position: Position
    /// 32 bytes; what the chain is made of.
    package let leaf: Data
    let nonce: Data
    let ciphertext: Data
    let tag: Data

    /// Seals one slice.
    ///
    /// - Parameters:
    ///   - leaf: The event's 32-byte leaf.
    ///   - nonce: Fresh randomness, never derived from the sequence: a slice served again after an erasure differs.
    /// - Complexity: O(*n*) in the text, about 1 µs for 600 bytes.
    package init(
        sealing plaintext: Data, sequence: UInt64, position: Position, leaf: Data, nonce: AES.GCM.Nonce,
        key: FeedKey, scope: FeedScope
    ) throws(FeedWireError) {
        guard leaf.count == 32 else { throw .malformed("entry.leaf") }
        guard plaintext.count <= Self.maximumLength - Self.fixedLength else { throw .tooLarge("entry") }
        let bound = Self.additionalData(sequence: sequence, position: position, leaf: leaf, scope: scope)
        guard let box = try? AES.GCM.seal(plaintext, using: key.key, nonce: nonce, authenticating: bound) else {
            throw .notAuthentic("entry")
        }
        self.sequence = sequence
        self.position = position
        self.leaf = leaf
        self.nonce = Data(nonce)
        ciphertext = box.ciphertext
        tag = box.tag
    }

    /// The CloudEvents JSON.
    ///
    /// - Throws: ``FeedWireError/notAuthentic(_:)`` when anything of the entry was altered or it is another feed's.
    package func open(with key: FeedKey, scope: FeedScope) throws(FeedWireError) -> Data {
        let bound = Self.additionalData(sequence: sequence, position: position, leaf: leaf, scope: scope)
        do {
            let box = try AES.GCM.SealedBox(
                nonce: AES.GCM.Nonce(data: nonce), ciphertext: ciphertext, tag: tag)
            return try AES.GCM.open(box, using: key.key, authenticating: bound)
        } catch {
            throw .notAuthentic("entry")
        }
    }

    /// Length on the wire.
    package var length: Int { 4 + Self.fixedLength + ciphertext.count }

    /// Appends the entry as it travels, length first.
    package func write(to writer: inout WireWriter) {
        writer.append(UInt32(Self.fixedLength + ciphertext.count))
        writer.append(sequence)
        writer.append(position.number)
        writer.append(leaf)
        writer.append(nonce)
        writer.append(ciphertext)
        writer.append(tag)
    }

    /// Reads the next entry of a body; it may be anybody's until ``open(with:scope:)`` accepts it.
    package init(from reader: inout WireReader) throws(FeedWireError) {
        let length = Int(try reader.integer(UInt32.self, "entry.length"))
        guard length <= Self.maximumLength else { throw .tooLarge("entry") }
        guard length >= Self.fixedLength else { throw .malformed("entry.length") }
        sequence = try reader.integer(UInt64.self, "entry.feed_seq")
        position = Position(try reader.integer(UInt64.self, "entry.position"))
        leaf = try reader.take(32, "entry.leaf")
        nonce = try reader.take(12, "entry.nonce")
        ciphertext = try reader.take(length - Self.fixedLength, "entry.ciphertext")
        tag = try reader.take(16, "entry.tag")
    }

    static func additionalData(sequence: UInt64, position: Position, leaf: Data, scope: FeedScope) -> Data {
        var writer = scope.prefix("onedoor/entry/1")
        writer.append(sequence)
        writer.append(position.number)
        writer.append(leaf)
        return writer.data
    }
}
