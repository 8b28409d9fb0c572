import FoundationEssentials
import MerkleLog
import Testing

/// The worked example of `FORMATS.md` §2 and §6: no other test may be right while this one is wrong.
@Suite struct WorkedExampleTests {
    private let logID = [UInt8](0x00...0x0f)
    private let salt = Data(0x20...0x2f)
    private let parts = LeafParts(
        meta: Data("{}".utf8), data: Data(#"{"handlingPost":"jiaoyu/aid"}"#.utf8), tags: ["referral:b", "case:a"],
        audience: ["jiaoyu"], disclosure: Data(#"{"jiaoyu":["reference"]}"#.utf8))

    private func leaf(_ commitments: LeafCommitments) -> Leaf {
        let digest = Leaf.sectionDigest(
            nonce: Data(repeating: 0x30, count: 12), ciphertext: Data("abc".utf8) + Data(repeating: 0x31, count: 16))
        return Leaf(
            logID: logID, position: 1, eventID: [UInt8](0x10...0x1f), appendFirst: 1, type: "ReferralAccepted",
            schemaVersion: 1, occurredAt: 1_692_061_200_000, recordedAt: 1_692_061_200_000, commitments: commitments,
            sections: [.init(number: 1, digest: digest)])
    }

    @Test func `the worked example has the published bytes`() throws {
        let commitments = try #require(LeafCommitments(parts, salt: salt))
        let leaf = leaf(commitments)
        #expect(leaf.input.count == 278)
        #expect(
            commitments[.data].hexadecimal == "2821a71a536e79fbb03ed962a3d2cd72c7d3261ff076f7af4439f805a3ccfb0f")
        #expect(leaf.hash.hexadecimal == "a46cd7ccdd2bf2497f0b4b9fedecf018de231511e547a40af5fc8f800edb2e64")
        let start = FeedChain.start(logID: logID, department: "jiaoyu")
        #expect(FeedChain.next(after: start, sequence: 1, leaf: leaf.hash).hexadecimal.hasPrefix("8c7fc475"))
    }

    @Test(arguments: LeafPart.allCases) func `removing a part leaves the leaf as it was`(part: LeafPart) throws {
        let whole = try #require(LeafCommitments(parts, salt: salt))
        let removed = try #require(RemovedParts(removing: [part], from: parts, salt: salt))
        let stored = try #require(RemovedParts(encoded: removed.encoded))
        #expect(stored == removed)
        var rest = parts
        switch part {
        case .meta: rest.meta = nil
        case .data: rest.data = nil
        case .tags: rest.tags = nil
        case .audience: rest.audience = nil
        case .disclosure: rest.disclosure = nil
        }
        let kept = try #require(LeafCommitments(rest, removed: stored))
        #expect(leaf(kept).hash == leaf(whole).hash)
        #expect(LeafCommitments(rest, salt: salt) == nil)
    }

    @Test func `a changed part changes the leaf`() throws {
        let whole = leaf(try #require(LeafCommitments(parts, salt: salt))).hash
        for part in LeafPart.allCases {
            var other = parts
            switch part {
            case .meta: other.meta?.append(0x20)
            case .data: other.data?.append(0x20)
            case .tags: other.tags?.append(0x20)
            case .audience: other.audience?.append(0x20)
            case .disclosure: other.disclosure?.append(0x20)
            }
            #expect(leaf(try #require(LeafCommitments(other, salt: salt))).hash != whole)
        }
    }

    @Test func `what is not five slots is no record of removed parts`() {
        #expect(RemovedParts(encoded: Data(repeating: 0, count: 164)) == nil)
        #expect(RemovedParts(encoded: Data(repeating: 2, count: 165)) == nil)
    }
}
