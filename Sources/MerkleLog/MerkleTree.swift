import Crypto
package import FoundationEssentials

/// The hash tree of RFC 6962 §2.1 over the leaves of the log; the leaf of position *p* has index *p* − 1.
package enum MerkleTree {
    /// The root of the tree without leaves.
    package static let emptyRoot = Data(SHA256.hash(data: Data()))

    /// SHA-256 of a zero byte and the input.
    package static func leafHash(of input: [UInt8]) -> Data {
        input.withUnsafeBytes { SHA256.digest(of: 0x00, $0) }
    }

    /// SHA-256 of a one byte and both children.
    package static func nodeHash(_ left: Data, _ right: Data) -> Data {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in SHA256.digest(of: 0x01, left, right) }
        }
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
    /// The digest of a byte and of parts put one after the other, 32 bytes.
    ///
    /// The parts are put together first: one call of the library costs more than copying a few hundred bytes.
    static func digest(
        of first: UInt8, _ second: UnsafeRawBufferPointer,
        _ third: UnsafeRawBufferPointer = .init(start: nil, count: 0),
        _ fourth: UnsafeRawBufferPointer = .init(start: nil, count: 0)
    ) -> Data {
        let size = 1 + second.count + third.count + fourth.count
        return withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { whole in
            whole[0] = first
            var end = 1
            for part in [second, third, fourth] where !part.isEmpty {
                UnsafeMutableRawBufferPointer(rebasing: whole[end...]).copyMemory(from: part)
                end += part.count
            }
            return hash(data: UnsafeRawBufferPointer(whole)).withUnsafeBytes { Data($0) }
        }
    }
}
