import Crypto
package import FoundationEssentials

/// The hash tree of RFC 6962 §2.1 over the leaves of the log; the leaf of position *p* has index *p* − 1.
package enum MerkleTree {
    /// The root of the tree without leaves.
    package static let emptyRoot = Data(SHA256.hash(data: Data()))

    private static let zero = Data([0x00])
    private static let one = Data([0x01])

    /// SHA-256 of a zero byte and the input.
    package static func leafHash(of input: [UInt8]) -> Data {
        var hasher = SHA256()
        zero.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        input.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return hasher.finalize().withUnsafeBytes { Data($0) }
    }

    /// SHA-256 of a one byte and both children.
    package static func nodeHash(_ left: Data, _ right: Data) -> Data {
        SHA256.digest(of: one, left, right)
    }

    /// The root over leaf hashes by the definition of the RFC, without the shortcuts of ``MerkleEdge``.
    ///
    /// - Complexity: O(*n*) hashes.
    package static func root(of leaves: some RandomAccessCollection<Data>) -> Data {
        switch leaves.count {
        case 0: return emptyRoot
        case 1: return leaves.first ?? emptyRoot
        default:
            var split = 1
            while split * 2 < leaves.count { split *= 2 }
            return nodeHash(root(of: leaves.prefix(split)), root(of: leaves.dropFirst(split)))
        }
    }
}

extension SHA256 {
    /// The digest of parts put one after the other, 32 bytes.
    static func digest(of parts: Data...) -> Data {
        var hasher = SHA256()
        for part in parts { part.withUnsafeBytes { hasher.update(bufferPointer: $0) } }
        return hasher.finalize().withUnsafeBytes { Data($0) }
    }
}
