import Crypto
import EventSourcing
import Foundation
import HubTesting
import KeyStore
import Testing

@Suite struct RecoverySheetTests {
    private let folder: TemporaryFolder
    private let logID: UniqueID

    init() throws {
        var generator = SeededGenerator(seed: 9)
        folder = try TemporaryFolder()
        logID = generator.uniqueID()
    }

    private func sheet() throws -> (key: DeploymentKey, text: String) {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        let key = try DeploymentKey(contentsOf: folder.path + "/secrets/deployment.key")
        let sheet = RecoverySheet(hubCode: "DY", logID: logID, deploymentKey: key, inventory: try store.inventory())
        try store.close()
        return (key, sheet.text)
    }

    @Test func `the key comes back from the sheet, its code alone, or a careless copy`() throws {
        let (key, text) = try sheet()
        #expect(try DeploymentKey(recoveryText: text) == key)
        let code = key.recoveryText
        #expect(try DeploymentKey(recoveryText: code) == key)
        #expect(try DeploymentKey(recoveryText: code.lowercased().replacingOccurrences(of: " ", with: "-")) == key)
        #expect(try DeploymentKey(recoveryText: code.replacingOccurrences(of: "O", with: "0")) == key)
    }

    @Test func `one wrong character is found by the check group`() throws {
        let key = DeploymentKey.random()
        var code = Array(key.recoveryText)
        for index in code.indices where code[index] != " " && code[index] != "\n" {
            let right = code[index]
            code[index] = right == "A" ? "C" : "A"
            #expect(throws: KeyStoreError(.recoveryTextCheck)) { try DeploymentKey(recoveryText: String(code)) }
            code[index] = right
        }
    }

    @Test func `what is wrong with a code is named`() {
        #expect(throws: KeyStoreError(.recoveryTextLength(3))) { try DeploymentKey(recoveryText: "ABC") }
        #expect(throws: KeyStoreError(.recoveryTextCharacter(2))) {
            try DeploymentKey(recoveryText: "A9" + String(repeating: "A", count: 54))
        }
    }

    @Test func `the sheet lists every key with its place, in both languages`() throws {
        let (_, text) = try sheet()
        for part in [
            "deployment.key", "person_key", "k_identity", "hub signing key", "hub command key", "feed.curve",
            "department keys", "部署密钥", "个人密钥", logID.description,
        ] { #expect(text.contains(part)) }
    }

    @Test func `sheet and backup together restore the keys elsewhere`() throws {
        let store = try KeyStore.create(in: folder.path, logID: logID)
        let command = store.hubCommandKey.rawRepresentation
        let key = try DeploymentKey(contentsOf: folder.path + "/secrets/deployment.key")
        let elsewhere = try TemporaryFolder()
        try store.backup(to: elsewhere.path + "/keys.sqlite")
        try KeyStore.restore(DeploymentKey(recoveryText: key.recoveryText), in: elsewhere.path)
        let restored = try KeyStore.open(in: elsewhere.path, logID: logID)
        #expect(restored.hubCommandKey.rawRepresentation == command)
        #expect(throws: KeyStoreError(.alreadyExists(elsewhere.path + "/secrets/deployment.key"))) {
            try KeyStore.restore(key, in: elsewhere.path)
        }
    }

    @Test func `lost keys can be made under a restored deployment key`() throws {
        let (key, text) = try sheet()
        let elsewhere = try TemporaryFolder()
        let restored = try DeploymentKey(recoveryText: text)
        let store = try KeyStore.create(in: elsewhere.path, logID: logID, deploymentKey: restored)
        try store.close()
        #expect(try DeploymentKey(contentsOf: elsewhere.path + "/secrets/deployment.key") == key)
    }

    @Test func `a key file of another length is refused`() throws {
        let path = folder.path + "/short.key"
        try Data(repeating: 1, count: 31).write(to: URL(fileURLWithPath: path))
        try folder.setMode(0o600, of: "short.key")
        #expect(throws: KeyStoreError(.deploymentKeyMalformed(path))) { try DeploymentKey(contentsOf: path) }
    }
}
