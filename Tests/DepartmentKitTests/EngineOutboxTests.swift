import DepartmentKit
import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

@Suite struct EngineOutboxTests {
    private let folder: TemporaryFolder
    private var script: SliceScript
    private let store: DepartmentStore
    private let post: PostCode

    init() throws {
        folder = try TemporaryFolder()
        script = try SliceScript.danyangEducation()
        store = try script.store(in: folder)
        post = try #require(PostCode("jiaoyu/aid"))
    }

    private func queue(
        _ type: String, in hub: TestHub, id: UniqueID, subject: String = "referral/a", note: String? = nil
    ) throws {
        let writer = try CommandWriter(sheet: hub.sheet, keys: hub.secrets)
        let head = CommandHead(
            id: id, type: type, subject: subject, occurredAt: PushedClock.danyangMorning, actingPost: post)
        let parts = note.map { [CommandPayload.Part(group: .narrative, person: script.person, value: .string($0))] }
        let command = try writer.write(
            head, CommandPayload(sealed: parts ?? []), salt: Data(repeating: 5, count: 16),
            queuedAt: PushedClock.danyangMorning)
        _ = try store.enqueue(command)
    }

    @Test mutating func `a command goes out signed and comes back accepted`() throws {
        let id = script.generator.uniqueID()
        var bench = try EngineBench(TestHub(script: script), store)
        try queue("ReceiveReferral", in: bench.hub, id: id)
        try bench.start()
        #expect(bench.hub.commands.map(\.head.type) == ["ReceiveReferral"])
        #expect(bench.settled.map(\.answer) == [.accepted(Position(100))])
        #expect(try store.command(id)?.answer == .accepted(Position(100)))
        #expect(bench.engine.status.pending == 0)
    }

    @Test mutating func `an answer that got lost is asked for again with the same bytes`() throws {
        let id = script.generator.uniqueID()
        var hub = TestHub(script: script)
        hub.decide = { _ in nil }
        var bench = try EngineBench(hub, store)
        try queue("ReceiveReferral", in: bench.hub, id: id)
        try bench.start()
        #expect(bench.settled.isEmpty)
        // The connection breaks before the answer; the hub has already decided.
        bench.isConnected = false
        try bench.pass(seconds: 5)
        bench.isConnected = true
        bench.hub.decide = { _ in .accepted(Position(7)) }
        try bench.pass(seconds: 15)
        #expect(bench.hub.commands.count >= 2)
        #expect(Set(bench.hub.commandBodies).count == 1)
        #expect(bench.settled.count == 1)
        #expect(try store.command(id)?.answer == .accepted(Position(7)))
    }

    @Test mutating func `a busy hub gets the command later`() throws {
        let id = script.generator.uniqueID()
        var hub = TestHub(script: script)
        hub.busy = 800
        var bench = try EngineBench(hub, store)
        try queue("ReceiveReferral", in: bench.hub, id: id)
        try bench.start()
        #expect(bench.settled.isEmpty)
        try bench.pass(seconds: 2)
        #expect(bench.settled.count == 1)
    }

    @Test mutating func `a later act on the same referral never overtakes an earlier one`() throws {
        let first = script.generator.uniqueID()
        let second = script.generator.uniqueID()
        let other = script.generator.uniqueID()
        var hub = TestHub(script: script)
        hub.busy = 800
        var bench = try EngineBench(hub, store)
        try queue("ReceiveReferral", in: bench.hub, id: first)
        try queue("AcceptReferral", in: bench.hub, id: second)
        try queue("ReceiveReferral", in: bench.hub, id: other, subject: "referral/b")
        try bench.start()
        try bench.pass(seconds: 2)
        let order = bench.hub.commands.map(\.head.id)
        #expect(order == [other, first, second])
    }

    @Test mutating func `a forged answer decides nothing`() throws {
        let id = script.generator.uniqueID()
        var hub = TestHub(script: script, head: 0)
        hub.lie = .answer
        var bench = try EngineBench(hub, store)
        try queue("ReceiveReferral", in: bench.hub, id: id)
        try bench.start()
        #expect(bench.settled.isEmpty)
        #expect(bench.reports.map(\.code) == ["answer.notAuthentic"])
        #expect(try store.pendingCount() == 1)
        bench.hub.lie = .none
        try bench.pass(seconds: 6)
        #expect(bench.settled.map(\.answer) == [.accepted(Position(100))])
    }

    @Test mutating func `a refusal is kept with its field and remedy`() throws {
        let id = script.generator.uniqueID()
        var hub = TestHub(script: script)
        let refusal = CommandAnswer.refused(code: "referral.notDispatched", field: "subject", remedy: "check it")
        hub.decide = { _ in refusal }
        var bench = try EngineBench(hub, store)
        try queue("AcceptReferral", in: bench.hub, id: id)
        try bench.start()
        #expect(bench.settled.map(\.answer) == [refusal])
        try bench.pass(seconds: 3)
        #expect(bench.hub.commands.count == 1)
    }

    @Test mutating func `a restarted adapter sends what its predecessor stored`() throws {
        let id = script.generator.uniqueID()
        let hub = TestHub(script: script)
        try queue("ReceiveReferral", in: hub, id: id)
        var bench = try EngineBench(hub, store)
        try bench.start()
        #expect(bench.settled.map(\.id) == [id])
    }

    @Test mutating func `what a department writes never stands in its files in clear`() throws {
        let canary = "只有经办人写过的一句话"
        let hub = TestHub(script: script)
        try queue("ReportProgress", in: hub, id: script.generator.uniqueID(), note: canary)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(filePath: folder.path + "/" + name))
            #expect(bytes.range(of: Data(canary.utf8)) == nil, "\(name)")
        }
        var bench = try EngineBench(hub, store)
        try bench.start()
        let sent = try #require(bench.hub.commands.first)
        #expect(sent.payload.sealed.map(\.value) == [.string(canary)])
    }
}
