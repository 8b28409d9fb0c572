package import FoundationEssentials

/// The right edge of the tree: enough to append leaves and to know the root without reading any other leaf.
package struct MerkleEdge: Hashable, Sendable {
    /// Number of leaves.
    package private(set) var size: UInt64

    /// Roots of the complete subtrees from left to right, one for each set bit of `size`, the largest first.
    private var hashes: [Data]

    /// The edge of the tree without leaves.
    package init() {
        size = 0
        hashes = []
    }

    /// Reads the stored form back.
    ///
    /// - Parameter encodedHashes: ``encodedHashes`` as written.
    /// - Returns: Nothing when the length does not fit the size.
    package init?(size: UInt64, encodedHashes: Data) {
        guard encodedHashes.count == size.nonzeroBitCount * 32 else { return nil }
        self.size = size
        var rest = encodedHashes[...]
        hashes = []
        while !rest.isEmpty {
            hashes.append(Data(rest.prefix(32)))
            rest = rest.dropFirst(32)
        }
    }

    /// Takes in the next leaf.
    ///
    /// - Complexity: One hash a leaf on average, at most 64.
    package mutating func append(_ leaf: Data) {
        precondition(leaf.count == 32, "a leaf hash has 32 bytes")
        var node = leaf
        // Each trailing one bit of the old size is a complete subtree as large as the one just made.
        for _ in 0..<(~size).trailingZeroBitCount {
            node = MerkleTree.nodeHash(hashes.removeLast(), node)
        }
        hashes.append(node)
        size += 1
    }

    /// The root of the tree, 32 bytes.
    package var root: Data {
        guard var node = hashes.last else { return MerkleTree.emptyRoot }
        for left in hashes.dropLast().reversed() { node = MerkleTree.nodeHash(left, node) }
        return node
    }

    /// The hashes one after the other, 32 bytes each, as `tree_edge.hashes` keeps them.
    package var encodedHashes: Data {
        var bytes = Data(capacity: hashes.count * 32)
        for hash in hashes { bytes.append(hash) }
        return bytes
    }
}
