import CaseDesk
import EventSourcing
import Foundation
import GRDB
import HubTesting
import KeyStore
import Logging
import RuleBook
import Testing

@testable import HubServer

/// Telephone numbers recorded before there was an index are found all the same.
@Suite(.timeLimit(.minutes(5))) struct PhoneIndexTests {
    private let hub: HubFolder
    private let console = Console(json: false, silent: true)
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "phones-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        hub = HubFolder(root + "/hub")
    }

    private func register(_ phone: String, at open: OpenHub) async throws -> PersonReference {
        let id = IdentifierSource().next(at: WallClock().now())
        let body = try EventJSON.decode(
            CommandBody.self,
            from: Data(
                #"{"open":{"minor":false},"sealed":[{"group":"identity","value":{"name":"赵测丁"}},"#.utf8)
                + Data(#"{"group":"contact","value":{"phone":"\#(phone)"}}]}"#.utf8))
        let receipt = try await open.desk.perform(
            CommandRequest(
                id: id, type: "RegisterPerson", subject: "", body: body, bytes: Data(id.bytes),
                principal: Principal(account: AccountID(id), role: .station, town: TownCode("huangtang")),
                channel: "http"))
        return PersonReference(try #require(receipt.created.first { $0.kind == "person" }).id)
    }

    private func indexer(of open: OpenHub) -> PhoneIndexer {
        PhoneIndexer(log: open.log, views: open.views, viewRunner: open.viewRunner, keys: open.keys, logger: logger)
    }

    @Test func `an older hub's numbers are filled in once, and never replace a newer one`() async throws {
        _ = try await HubInitializer(folder: hub, hubCode: "TS", isDemo: true, startingAt: PushedClock().now())
            .run(rulebook: nil, console: console)
        var open = try await OpenHub.open(hub, logger: logger)
        let first = try await register("13900000001", at: open)
        let second = try await register("139 0000 0002", at: open)
        await open.close()
        // As a hub was whose program knew no index.
        let file = try DatabaseQueue(path: hub.keys)
        try await file.write { database in
            try database.execute(sql: "DELETE FROM phone_index; DELETE FROM phone_index_whole")
        }
        try file.close()
        open = try await OpenHub.open(hub, logger: logger)
        #expect(try open.keys.persons(withPhone: "13900000001", limit: 5).isEmpty)
        // Recorded by this program before the old ones are filled in.
        try open.keys.indexPhones(["13900000009"], of: second)
        try await open.viewRunner.catchUp()
        #expect(try await indexer(of: open).complete() == 2)
        #expect(try open.keys.persons(withPhone: "13900000001", limit: 5) == [first])
        #expect(try open.keys.persons(withPhone: "13900000009", limit: 5) == [second])
        #expect(try open.keys.persons(withPhone: "13900000002", limit: 5).isEmpty, "the newer number stands")
        #expect(try await indexer(of: open).complete() == 0, "once is enough")
        await open.close()
    }
}
