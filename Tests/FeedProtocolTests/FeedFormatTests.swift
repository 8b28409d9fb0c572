import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import MerkleLog
import Testing

/// The bytes of `FORMATS.md` §6, against vectors that a Python program computes by itself.
@Suite struct FeedFormatTests {
    let fixture: FeedFixture

    init() throws { fixture = try FeedFixture() }

    @Test func `the header is 64 frozen bytes`() throws {
        #expect(fixture.header.bytes == (try fixture.vector("header")))
        #expect(try FeedHeader(bytes: fixture.header.bytes) == fixture.header)
    }

    @Test func `a header of another length, version, kind or flag is refused`() throws {
        let bytes = fixture.header.bytes
        for count in 0..<64 {
            #expect(throws: FeedWireError.self) { _ = try FeedHeader(bytes: Data(bytes.prefix(count))) }
        }
        #expect(throws: FeedWireError.malformed("header")) { _ = try FeedHeader(bytes: bytes + [0]) }
        var other = bytes
        other[0] = 2
        #expect(throws: FeedWireError.unknownVersion(2)) { _ = try FeedHeader(bytes: other) }
        other = bytes
        other[1] = 3
        #expect(throws: FeedWireError.malformed("header.kind")) { _ = try FeedHeader(bytes: other) }
        other = bytes
        other[3] = 2
        #expect(throws: FeedWireError.malformed("header.flags")) { _ = try FeedHeader(bytes: other) }
    }

    @Test func `an entry with a fixed nonce is frozen`() throws {
        let entry = try SealedEntry(
            sealing: Data(#"{"specversion":"1.0"}"#.utf8), sequence: 1, position: Position(1), leaf: fixture.leaf,
            nonce: fixture.nonce, key: fixture.key, scope: fixture.scope)
        var writer = WireWriter()
        entry.write(to: &writer)
        #expect(writer.data == (try fixture.vector("entry")))
        #expect(entry.length == writer.data.count)
    }

    @Test func `every flipped byte of an entry is refused`() throws {
        let bytes = try fixture.vector("entry")
        for altered in bytes.tampered {
            #expect(throws: FeedWireError.self) {
                var reader = WireReader(altered)
                let entry = try SealedEntry(from: &reader)
                try reader.requireEnd("entry")
                _ = try entry.open(with: fixture.key, scope: fixture.scope)
            }
        }
    }

    @Test func `an entry opens in no other log, epoch or department`() throws {
        let entry = try fixture.entry(1)
        #expect(try entry.open(with: fixture.key, scope: fixture.scope) == Data(count: 100))
        for scope in try fixture.foreignScopes() {
            #expect(throws: FeedWireError.notAuthentic("entry")) {
                _ = try entry.open(with: fixture.key, scope: scope)
            }
        }
    }

    @Test func `the key block of another implementation opens`() throws {
        let block = try fixture.keyBlock()
        let opened = try block.open(
            with: fixture.departmentAgreement, verifiedBy: fixture.hubSigning.publicKey, scope: fixture.scope)
        #expect(opened.id == fixture.key.id)
        #expect(opened.key == fixture.key.key)
        #expect(block.bytes.count == KeyBlock.length)
    }

    @Test func `a key block survives its bytes and fits one department only`() throws {
        let block = try KeyBlock(
            wrapping: fixture.key, for: fixture.departmentAgreement.publicKey, signedBy: fixture.hubSigning,
            scope: fixture.scope)
        let read = try KeyBlock(bytes: block.bytes)
        #expect(read == block)
        let hub = fixture.hubSigning.publicKey
        #expect(
            try read.open(with: fixture.departmentAgreement, verifiedBy: hub, scope: fixture.scope).key
                == fixture.key.key)
        for scope in try fixture.foreignScopes() {
            #expect(throws: FeedWireError.notAuthentic("key block signature")) {
                _ = try read.open(with: fixture.departmentAgreement, verifiedBy: hub, scope: scope)
            }
        }
        #expect(throws: FeedWireError.notAuthentic("key block")) {
            _ = try read.open(with: Curve25519.KeyAgreement.PrivateKey(), verifiedBy: hub, scope: fixture.scope)
        }
        #expect(throws: FeedWireError.notAuthentic("key block signature")) {
            _ = try read.open(
                with: fixture.departmentAgreement, verifiedBy: Curve25519.Signing.PrivateKey().publicKey,
                scope: fixture.scope)
        }
    }

    @Test func `every flipped byte of a key block is refused`() throws {
        for altered in try fixture.vector("keyblock").tampered {
            #expect(throws: FeedWireError.notAuthentic("key block signature")) {
                _ = try KeyBlock(bytes: altered).open(
                    with: fixture.departmentAgreement, verifiedBy: fixture.hubSigning.publicKey,
                    scope: fixture.scope)
            }
        }
    }

    @Test func `the chain of the worked example`() throws {
        let start = FeedChain.start(logID: fixture.scope.logID.bytes, department: "jiaoyu")
        #expect(start == (try fixture.vector("chain0")))
        #expect(FeedChain.next(after: start, sequence: 1, leaf: fixture.leaf) == (try fixture.vector("chain1")))
    }

    @Test func `a batch survives its frames`() throws {
        let batch = try fixture.batch(5...9, head: 12)
        #expect(batch.header.count == 5)
        #expect(batch.header.firstSequence == 5)
        #expect(batch.header.lastSequence == 9)
        #expect(try FeedBatch(joined: batch.joined) == batch)
        #expect(try FeedBatch(header: batch.header, body: batch.body) == batch)
    }

    @Test func `a batch with a hole, a wrong count or bytes left over is refused`() throws {
        let batch = try fixture.batch(5...6)
        #expect(throws: FeedWireError.malformed("entry.feed_seq")) {
            _ = try FeedBatch(
                header: fixture.header, keyBlock: fixture.keyBlock(),
                entries: [fixture.entry(5), fixture.entry(7)])
        }
        var header = batch.header
        header.count = 1
        #expect(throws: FeedWireError.malformed("entries")) { _ = try FeedBatch(header: header, body: batch.body) }
        header.count = 3
        #expect(throws: FeedWireError.malformed("entry.length")) {
            _ = try FeedBatch(header: header, body: batch.body)
        }
        header.count = 65
        #expect(throws: FeedWireError.tooLarge("header.count")) { _ = try FeedBatch(header: header, body: batch.body) }
        header = batch.header
        header.firstSequence = 4
        #expect(throws: FeedWireError.malformed("header.first_seq")) {
            _ = try FeedBatch(header: header, body: batch.body)
        }
        for count in 0..<batch.joined.count {
            #expect(throws: FeedWireError.self) { _ = try FeedBatch(joined: Data(batch.joined.prefix(count))) }
        }
    }

    @Test func `a message holds 64 entries or 256 KiB or one larger entry`() throws {
        let small = try (1...100).map { try fixture.entry(UInt64($0)) }
        #expect(FeedBatch.prefixCount(of: small) == 64)
        let large = try [
            fixture.entry(1, length: 100_000), fixture.entry(2, length: 100_000), fixture.entry(3, length: 100_000),
        ]
        #expect(FeedBatch.prefixCount(of: large) == 2)
        let huge = try [fixture.entry(1, length: 300_000), fixture.entry(2)]
        #expect(FeedBatch.prefixCount(of: huge) == 1)
        #expect(throws: FeedWireError.tooLarge("entries")) {
            _ = try FeedBatch(header: fixture.header, keyBlock: fixture.keyBlock(), entries: huge)
        }
        _ = try FeedBatch(header: fixture.header, keyBlock: fixture.keyBlock(), entries: [huge[0]])
    }

    @Test func `a length field cannot ask for all memory`() throws {
        var writer = WireWriter()
        writer.append(UInt32.max)
        var reader = WireReader(writer.data)
        #expect(throws: FeedWireError.tooLarge("entry")) { _ = try SealedEntry(from: &reader) }
    }
}
