import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

@Suite struct StoreOutboxTests {
    private func command(_ id: UniqueID, fingerprint: UInt8 = 1) -> OutboxCommand {
        OutboxCommand(
            id: id, type: "ReceiveReferral", subject: "referral/x", head: Data("{}".utf8), sealed: Data([1, 2, 3]),
            fingerprint: Data(repeating: fingerprint, count: 32), queuedAt: PushedClock.danyangMorning)
    }

    @Test func `a command waits in the outbox until it is answered, across restarts`() throws {
        let folder = try TemporaryFolder()
        var script = SliceScript()
        let id = script.generator.uniqueID()
        do {
            let store = try script.store(in: folder)
            _ = try store.enqueue(command(id))
        }
        let store = try script.store(in: folder)
        #expect(try store.pendingCommands(limit: 10).map(\.id) == [id])
        try store.settle(id, .accepted(Position(7)))
        #expect(try store.pendingCount() == 0)
        let answered = try #require(try store.command(id))
        #expect(answered.answer == .accepted(Position(7)))
        #expect(answered.sealed.isEmpty)
    }

    @Test func `the same command again is stored once and keeps its answer`() throws {
        let folder = try TemporaryFolder()
        var script = SliceScript()
        let id = script.generator.uniqueID()
        let store = try script.store(in: folder)
        _ = try store.enqueue(command(id))
        _ = try store.enqueue(command(id))
        #expect(try store.pendingCount() == 1)
        try store.settle(id, .refused(code: "referral.notDispatched", field: "subject", remedy: "check the number"))
        try store.settle(id, .accepted(Position(9)))
        let again = try store.enqueue(command(id))
        #expect(again.answer == .refused(code: "referral.notDispatched", field: "subject", remedy: "check the number"))
    }

    @Test func `the same id for another command is refused`() throws {
        let folder = try TemporaryFolder()
        var script = SliceScript()
        let id = script.generator.uniqueID()
        let store = try script.store(in: folder)
        _ = try store.enqueue(command(id))
        #expect(throws: DepartmentStoreError.otherCommand(id)) {
            try store.enqueue(command(id, fingerprint: 2))
        }
    }

    @Test func `a second adapter on the same folder is refused`() throws {
        let folder = try TemporaryFolder()
        let script = SliceScript()
        let first = try script.store(in: folder)
        #expect(throws: DepartmentStoreError.locked(folder.path + "/adapter.lock")) { try script.store(in: folder) }
        withExtendedLifetime(first) {}
    }

    @Test func `a folder of another department or hub is refused`() throws {
        let folder = try TemporaryFolder()
        var script = SliceScript()
        _ = try script.store(in: folder)
        let fulian = try #require(DepartmentCode("fulian"))
        #expect(throws: DepartmentStoreError.foreign("belongs to department jiaoyu, not fulian")) {
            try DepartmentStore(folder: folder.path, department: fulian, logID: SliceScript.logID)
        }
        let otherHub = script.generator.uniqueID()
        #expect(throws: DepartmentStoreError.foreign("belongs to another hub; use a new folder for this one")) {
            try DepartmentStore(folder: folder.path, department: SliceScript.department, logID: otherHub)
        }
    }

    @Test func `nobody but its owner can read the store`() throws {
        let folder = try TemporaryFolder()
        let script = SliceScript()
        let store = try script.store(in: folder)
        for name in ["department.sqlite", "department.sqlite-wal", "adapter.lock"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/" + name)
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        withExtendedLifetime(store) {}
    }

    @Test func `a file that is no database is refused with its name`() throws {
        let folder = try TemporaryFolder()
        try Data(repeating: 7, count: 4096).write(to: URL(filePath: folder.path + "/department.sqlite"))
        #expect {
            try SliceScript().store(in: folder)
        } throws: { error in
            guard case .unavailable(let cause)? = error as? DepartmentStoreError else { return false }
            return cause.contains("department.sqlite")
        }
    }
}
