import Foundation
import MerkleLog
import Testing

/// The frozen vectors, which a program in another language has computed from the formats page alone.
@Suite struct VectorTests {
    struct Vector<Given: Decodable & Sendable, Expected: Decodable & Sendable>: Decodable, Sendable {
        let name: String
        let given: Given
        let expected: Expected
    }

    struct LeafGiven: Decodable, Sendable {
        struct Section: Decodable, Sendable {
            let section: UInt8
            let nonce: String
            let ciphertext: String
        }

        let logID, eventID, type, meta, data, disclosure, salt: String
        let position, appendFirst: UInt64
        let schemaVersion: UInt16
        let occurredAt, recordedAt: Int64
        let tags, audience, removed: [String]
        let sections: [Section]
    }

    struct LeafExpected: Decodable, Sendable {
        let commitments: [String: String]
        let removedSlots, leafInput, leaf: String
    }

    struct TreeGiven: Decodable, Sendable {
        let inputs: [String]
    }

    struct TreeExpected: Decodable, Sendable {
        let roots: [String]
    }

    struct ChainGiven: Decodable, Sendable {
        let logID, department: String
        let leaves: [String]
    }

    struct ChainExpected: Decodable, Sendable {
        let chains: [String]
    }

    private func vectors<Given, Expected>(_ name: String) throws -> [Vector<Given, Expected>] {
        let url = try #require(Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Vectors"))
        return try JSONDecoder().decode([Vector<Given, Expected>].self, from: Data(contentsOf: url))
    }

    private func bytes(_ text: String) throws -> Data {
        try #require(Data(hexadecimal: text))
    }

    @Test func `every leaf has the frozen bytes, with its parts or without`() throws {
        let vectors: [Vector<LeafGiven, LeafExpected>] = try vectors("leaf")
        #expect(vectors.count >= 11)
        for vector in vectors {
            let given = vector.given
            let salt = try bytes(given.salt)
            var parts = LeafParts(
                meta: Data(given.meta.utf8), data: Data(given.data.utf8), tags: given.tags, audience: given.audience,
                disclosure: Data(given.disclosure.utf8))
            var commitments = try #require(LeafCommitments(parts, salt: salt))
            for part in LeafPart.allCases {
                #expect(commitments[part].hexadecimal == vector.expected.commitments[part.label], "\(vector.name)")
            }
            let gone = Set(LeafPart.allCases.filter { given.removed.contains($0.label) })
            if !gone.isEmpty {
                let removed = try #require(RemovedParts(removing: gone, from: parts, salt: salt))
                #expect(removed.encoded.hexadecimal == vector.expected.removedSlots, "\(vector.name)")
                if gone.contains(.meta) { parts.meta = nil }
                if gone.contains(.data) { parts.data = nil }
                if gone.contains(.tags) { parts.tags = nil }
                if gone.contains(.audience) { parts.audience = nil }
                if gone.contains(.disclosure) { parts.disclosure = nil }
                commitments = try #require(LeafCommitments(parts, removed: removed))
            }
            let leaf = Leaf(
                logID: Array(try bytes(given.logID)), position: given.position,
                eventID: Array(try bytes(given.eventID)),
                appendFirst: given.appendFirst, type: given.type, schemaVersion: given.schemaVersion,
                occurredAt: given.occurredAt, recordedAt: given.recordedAt, commitments: commitments,
                sections: try given.sections.map { section in
                    let nonce = try bytes(section.nonce)
                    let ciphertext = try bytes(section.ciphertext)
                    return .init(
                        number: section.section, digest: Leaf.sectionDigest(nonce: nonce, ciphertext: ciphertext))
                })
            #expect(leaf.input.hexadecimal == vector.expected.leafInput, "\(vector.name)")
            #expect(leaf.hash.hexadecimal == vector.expected.leaf, "\(vector.name)")
        }
    }

    @Test func `every tree has the frozen root, by definition and by its edge`() throws {
        let vectors: [Vector<TreeGiven, TreeExpected>] = try vectors("tree")
        for vector in vectors {
            let leaves = try vector.given.inputs.map { MerkleTree.leafHash(of: [UInt8](try bytes($0))) }
            #expect(vector.expected.roots.count == leaves.count + 1)
            var edge = MerkleEdge()
            for (size, root) in vector.expected.roots.enumerated() {
                #expect(MerkleTree.root(of: leaves.prefix(size)).hexadecimal == root, "\(vector.name), \(size) leaves")
                #expect(edge.root.hexadecimal == root, "\(vector.name), \(size) leaves")
                // The stored form goes on where the edge in memory was.
                edge = try #require(MerkleEdge(size: edge.size, encodedHashes: edge.encodedHashes))
                if size < leaves.count { edge.append(leaves[size]) }
            }
        }
    }

    @Test func `every feed has the frozen chain`() throws {
        let vectors: [Vector<ChainGiven, ChainExpected>] = try vectors("chain")
        for vector in vectors {
            let logID = Array(try bytes(vector.given.logID))
            var chains = [FeedChain.start(logID: logID, department: vector.given.department)]
            for (index, leaf) in vector.given.leaves.enumerated() {
                chains.append(
                    FeedChain.next(after: chains[index], sequence: UInt64(index + 1), leaf: try bytes(leaf)))
            }
            #expect(chains.map(\.hexadecimal) == vector.expected.chains, "\(vector.name)")
        }
    }

    @Test func `an edge whose hashes do not fit its size is refused`() {
        #expect(MerkleEdge(size: 3, encodedHashes: Data(count: 32)) == nil)
        #expect(MerkleEdge(size: 0, encodedHashes: Data(count: 32)) == nil)
        #expect(MerkleEdge(size: 4, encodedHashes: Data(count: 31)) == nil)
    }

    @Test func `the vectors hold for a program in another language`() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "check_vectors.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-B", script.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let said = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "python3 must be installed; it said: \(said)")
        #expect(said.contains("16 vectors hold"))
    }
}
