import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import Testing

/// The parties of the frozen vectors: their keys are as public as this file.
struct FeedFixture {
    let vectors: [String: String]
    let leaf = Data(hex: "a46cd7ccdd2bf2497f0b4b9fedecf018de231511e547a40af5fc8f800edb2e64")
    let scope: FeedScope
    let hubSigning: Curve25519.Signing.PrivateKey
    let hubCommand: Curve25519.KeyAgreement.PrivateKey
    let departmentAgreement: Curve25519.KeyAgreement.PrivateKey
    let departmentSigning: Curve25519.Signing.PrivateKey
    let key = FeedKey(id: Data(0x80..<0x88), key: SymmetricKey(data: Data(0x60..<0x80)))
    let nonce: AES.GCM.Nonce
    let commandID: UniqueID

    init() throws {
        let url = try #require(Bundle.module.url(forResource: "feed", withExtension: "json", subdirectory: "Vectors"))
        vectors = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url))
        let logID = try #require(UniqueID(bytes: 0..<16))
        let epoch = try #require(UniqueID(bytes: 0x40..<0x50))
        scope = FeedScope(logID: logID, epoch: epoch, department: try #require(DepartmentCode("jiaoyu")))
        hubSigning = try .init(rawRepresentation: Data(repeating: 0x11, count: 32))
        departmentAgreement = try .init(rawRepresentation: Data(repeating: 0x22, count: 32))
        departmentSigning = try .init(rawRepresentation: Data(repeating: 0x44, count: 32))
        hubCommand = try .init(rawRepresentation: Data(repeating: 0x55, count: 32))
        nonce = try AES.GCM.Nonce(data: Data(repeating: 0x30, count: 12))
        commandID = try #require(UniqueID("01890a5d-ac96-774b-bcce-b302099a8057"))
    }

    func vector(_ name: String) throws -> Data {
        Data(hex: try #require(vectors[name]))
    }

    var commandScope: CommandScope { CommandScope(logID: scope.logID, department: scope.department) }

    var header: FeedHeader {
        FeedHeader(
            kind: .entries, isDemo: true, count: 1, firstSequence: 1, lastSequence: 1, headSequence: 7,
            headPosition: Position(42), civilTime: Instant(milliseconds: 1_692_061_200_000), epoch: scope.epoch)
    }

    /// Scopes that differ in one thing each.
    func foreignScopes() throws -> [FeedScope] {
        let other = try #require(UniqueID(bytes: 0x01..<0x11))
        return [
            FeedScope(logID: other, epoch: scope.epoch, department: scope.department),
            FeedScope(logID: scope.logID, epoch: other, department: scope.department),
            FeedScope(
                logID: scope.logID, epoch: scope.epoch, department: try #require(DepartmentCode("gongan"))),
        ]
    }

    func entry(_ sequence: UInt64, length: Int = 100) throws -> SealedEntry {
        try SealedEntry(
            sealing: Data(count: length), sequence: sequence, position: Position(sequence * 3), leaf: leaf,
            nonce: nonce, key: key, scope: scope)
    }

    func keyBlock() throws -> KeyBlock {
        try KeyBlock(bytes: vector("keyblock"))
    }

    func batch(_ sequences: ClosedRange<UInt64>, head: UInt64? = nil) throws -> FeedBatch {
        var header = header
        header.headSequence = head ?? sequences.upperBound
        return try FeedBatch(header: header, keyBlock: keyBlock(), entries: sequences.map { try entry($0) })
    }
}

extension Data {
    init(hex: String) {
        self = HexBytes(hex)?.bytes ?? Data()
    }

    /// Copies of these bytes with one bit of one byte changed.
    var tampered: [Data] {
        indices.map { index in
            var copy = self
            copy[index] ^= 0x10
            return copy
        }
    }
}
