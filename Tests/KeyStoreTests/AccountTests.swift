import EventSourcing
import Foundation
import HubTesting
import KeyStore
import Testing

@Suite struct AccountTests {
    private let folder: TemporaryFolder
    private let logID: UniqueID
    private let store: KeyStore
    private let station: AccountRecord
    private let now = PushedClock.danyangMorning

    init() throws {
        var generator = SeededGenerator(seed: 8)
        folder = try TemporaryFolder()
        logID = generator.uniqueID()
        store = try KeyStore.create(in: folder.path, logID: logID)
        station = AccountRecord(
            account: generator.id(), role: "station", town: TownCode("huangtang"), post: PostCode("minzheng/desk"))
    }

    @Test func `a token stands for its account, also after a restart`() throws {
        let token = try store.issueToken(for: station, label: "desk", at: now)
        #expect(token.hasPrefix("od1_\(station.account)_") && token.utf8.count == 84)
        #expect(store.authenticate(token) == station)
        try store.close()
        let again = try KeyStore.open(in: folder.path, logID: logID)
        #expect(again.authenticate(token) == station)
    }

    @Test func `every token works, underscores in its secret or not`() throws {
        let tokens = try (0..<64).map { _ in try store.issueToken(for: station, label: "desk", at: now) }
        #expect(Set(tokens).count == 64)
        #expect(tokens.allSatisfy { store.authenticate($0) == station })
    }

    @Test func `one other character anywhere is no token`() throws {
        let token = try store.issueToken(for: station, label: "desk", at: now)
        for index in token.indices {
            var altered = token
            altered.replaceSubrange(index...index, with: token[index] == "A" ? "B" : "A")
            // Capital hexadecimal digits in the account are the same account.
            guard altered.lowercased() != token.lowercased() else { continue }
            #expect(store.authenticate(altered) == nil)
        }
        for malformed in ["", "od1_", String(token.dropLast()), token + "A", "Bearer " + token] {
            #expect(store.authenticate(malformed) == nil)
        }
    }

    @Test func `a revoked token ends at once and stays in the list`() throws {
        let token = try store.issueToken(for: station, label: "old", at: now)
        let other = try store.issueToken(for: station, label: "new", at: now.advanced(byMilliseconds: 1))
        let record = try #require(store.tokens().first { $0.label == "old" })
        try store.revokeToken(record.id, at: now.advanced(byMilliseconds: 5))
        #expect(store.authenticate(token) == nil)
        #expect(store.authenticate(other) == station)
        #expect(store.tokens().first?.revokedAt == now.advanced(byMilliseconds: 5))
        try store.close()
        let again = try KeyStore.open(in: folder.path, logID: logID)
        #expect(again.authenticate(token) == nil)
        try again.revokeTokens(of: station.account, at: now)
        #expect(again.authenticate(other) == nil)
    }

    @Test func `an account keeps its role and place`() throws {
        try store.registerAccount(station)
        try store.registerAccount(station)
        let risen = AccountRecord(account: station.account, role: "supervisor")
        #expect(throws: KeyStoreError(.accountDiffers(station.account))) {
            try store.issueToken(for: risen, label: "x", at: now)
        }
        #expect(store.allAccounts() == [station])
    }

    @Test func `unknown tokens and accounts cannot be revoked`() {
        #expect(throws: KeyStoreError(.unknownToken)) { try store.revokeToken("00", at: now) }
        #expect(throws: KeyStoreError(.unknownAccount(station.account))) {
            try store.revokeTokens(of: station.account, at: now)
        }
    }
}

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
