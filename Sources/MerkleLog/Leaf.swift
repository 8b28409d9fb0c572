import Crypto
package import FoundationEssentials

/// One event as the tree sees it (`FORMATS.md` §2): plain bytes and numbers, in which removed parts change nothing.
package struct Leaf: Hashable, Sendable {
    /// The digest of one sealed section, which stays when its ciphertext is erased.
    package struct Section: Hashable, Sendable {
        /// 1 through 32.
        package let number: UInt8
        /// SHA-256 of nonce and ciphertext.
        package let digest: Data

        package init(number: UInt8, digest: Data) {
            self.number = number
            self.digest = digest
        }
    }

    /// 16 bytes.
    package let logID: [UInt8]
    package let position: UInt64
    /// 16 bytes.
    package let eventID: [UInt8]
    package let appendFirst: UInt64
    /// Name of the event type, at most 255 bytes.
    package let type: String
    package let schemaVersion: UInt16
    /// Milliseconds since 1970 UTC.
    package let occurredAt: Int64
    /// Milliseconds since 1970 UTC.
    package let recordedAt: Int64
    package let commitments: LeafCommitments
    /// Ascending by number.
    package let sections: [Section]

    /// A leaf of its parts; identifiers must have 16 bytes, and a leaf at most 255 sections.
    package init(
        logID: [UInt8], position: UInt64, eventID: [UInt8], appendFirst: UInt64, type: String, schemaVersion: UInt16,
        occurredAt: Int64, recordedAt: Int64, commitments: LeafCommitments, sections: [Section]
    ) {
        precondition(logID.count == 16 && eventID.count == 16, "identifiers in a leaf have 16 bytes")
        precondition(sections.count <= 255, "a leaf counts its sections in one byte")
        self.logID = logID
        self.position = position
        self.eventID = eventID
        self.appendFirst = appendFirst
        self.type = type
        self.schemaVersion = schemaVersion
        self.occurredAt = occurredAt
        self.recordedAt = recordedAt
        self.commitments = commitments
        self.sections = sections
    }

    /// `leaf_input`: what is hashed, and what may be published, since it holds only digests.
    package var input: Data { Data(inputBytes) }

    /// The leaf itself, 32 bytes.
    package var hash: Data { MerkleTree.leafHash(of: inputBytes) }

    // An array rather than Data: each of the many small appends costs a fraction.
    private var inputBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(280 + sections.count * 33)
        bytes.append(1)
        bytes.append(contentsOf: logID)
        bytes.appendBigEndian(position)
        bytes.append(contentsOf: eventID)
        bytes.appendBigEndian(appendFirst)
        bytes.appendShortText(type)
        bytes.appendBigEndian(schemaVersion)
        bytes.appendBigEndian(occurredAt)
        bytes.appendBigEndian(recordedAt)
        commitments.digests.withUnsafeBytes { bytes.append(contentsOf: $0) }
        bytes.append(UInt8(sections.count))
        for section in sections {
            bytes.append(section.number)
            section.digest.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// The digest of a sealed section: SHA-256 of nonce and ciphertext.
    package static func sectionDigest(nonce: Data, ciphertext: Data) -> Data {
        var hasher = SHA256()
        nonce.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        ciphertext.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { Data($0) }
    }
}
