import Crypto
import EventSourcing
import Foundation
import GRDB
import HubTesting
import KeyStore
import Testing

/// Reads the file by the formats page alone (§4, §5): what is on disk outlives this program.
@Suite struct FrozenFormatTests {
    private let folder: TemporaryFolder
    private let logID: UniqueID
    private let person: PersonReference
    private let number = "11010519491231002X"

    init() throws {
        var generator = SeededGenerator(seed: 11)
        folder = try TemporaryFolder()
        logID = generator.uniqueID()
        person = generator.id()
    }

    @Test func `a sealed part opens with the documented key, nonce and additional data`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: number, name: "张某", proposed: person)
        let context = SealedSectionContext(
            eventID: logID, section: 3, eventType: "PersonRegistered", schemaVersion: 258, group: .identity,
            person: person)
        let sealed = try store.seal(Data("plain".utf8), in: context)
        try store.close()

        let key = try unwrap("SELECT wrapped FROM person_key", owner: Data(person.unique.bytes))
        let additional = [
            Data("onedoor/sealed/1".utf8), Data(logID.bytes), Data(logID.bytes), Data([3, 16]),
            Data("PersonRegistered".utf8), Data([1, 2, 8]), Data("identity".utf8), Data(person.unique.bytes),
        ].reduce(Data(), +)
        let nonce = try #require(sealed.nonce)
        let ciphertext = try #require(sealed.ciphertext)
        let box = try AES.GCM.SealedBox(combined: nonce + ciphertext)
        #expect(try AES.GCM.open(box, using: key, authenticating: additional) == Data("plain".utf8))
        #expect(sealed.digest == Data(SHA256.hash(data: nonce + ciphertext)))
    }

    @Test func `identity, name, token and request digests are as documented`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        _ = try store.admitPerson(identityNumber: number, name: "张某", proposed: person)
        let record = AccountRecord(account: AccountID(logID), role: "station")
        let token = try store.issueToken(for: record, label: "desk", at: PushedClock.danyangMorning)
        let fingerprint = store.fingerprint(commandType: "Ab", subject: "case/x", body: Data("{}".utf8))
        try store.close()

        #expect(
            try stored("SELECT digest FROM identity_index") == digest(Data("idno:\(number)".utf8), "k_identity"))
        #expect(try stored("SELECT digest FROM name_index") == digest(Data("张某".utf8), "k_name").prefix(8))
        let secret = token.suffix(43).replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        #expect(
            try stored("SELECT digest FROM token") == digest(#require(Data(base64Encoded: secret + "=")), "k_token"))
        #expect(
            try fingerprint == digest(Data("\u{2}Ab\u{0}\u{6}case/x{}".utf8), "k_request"))
    }

    private func digest(_ message: Data, _ key: String) throws -> Data {
        let key = try unwrap("SELECT wrapped FROM hub_key WHERE name = '\(key)'", owner: Data(key.utf8))
        return Data(HMAC<SHA256>.authenticationCode(for: message, using: key))
    }

    private func unwrap(_ sql: String, owner: Data) throws -> SymmetricKey {
        let deploymentKey = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/secrets/deployment.key"))
        let box = try AES.GCM.SealedBox(combined: stored(sql))
        return SymmetricKey(
            data: try AES.GCM.open(
                box, using: SymmetricKey(data: deploymentKey),
                authenticating: Data("onedoor/key/1".utf8) + Data(logID.bytes) + owner))
    }

    private func stored(_ sql: String) throws -> Data {
        let queue = try DatabaseQueue(path: folder.path + "/keys.sqlite")
        return try queue.read { try #require(try Data.fetchOne($0, sql: sql)) }
    }
}
