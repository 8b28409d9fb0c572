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
