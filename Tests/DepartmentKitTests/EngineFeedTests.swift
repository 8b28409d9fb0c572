import DepartmentKit
import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

@Suite struct EngineFeedTests {
    @Test func `an adapter catches up, follows and acknowledges what it stored`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        var bench = try EngineBench(TestHub(script: script, head: 3), store)
        try bench.start()
        #expect(bench.engine.status.connection == .live)
        #expect(try store.cursor().sequence == 3)
        bench.hub.head = 5
        try bench.step(.feed(bench.hub.feedFrames(4, 5)))
        #expect(try store.cursor().sequence == 5)
        #expect(bench.hub.acknowledged.last == 5)
        #expect(bench.engine.status.lag == 0)
        #expect(bench.hub.replays.count == 1)
    }

    @Test func `repeats and overlaps are applied once, a hole is filled by a replay`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        var bench = try EngineBench(TestHub(script: script, head: 1), store)
        try bench.start()
        bench.hub.head = 5
        try bench.step(.feed(bench.hub.feedFrames(1, 2)))
        try bench.step(.feed(bench.hub.feedFrames(1, 2)))
        #expect(try store.cursor().sequence == 2)
        try bench.step(.feed(bench.hub.feedFrames(4, 5)))
        #expect(try store.cursor().sequence == 5)
        try bench.step(.feed(bench.hub.feedFrames(2, 4)))
        #expect(try store.cursor().sequence == 5)
        #expect(try folder.rows().filter { $0.hasPrefix("entry|") }.count == 5)
        #expect(bench.stopped == nil)
    }

    @Test func `any order and loss of messages ends with every entry once`() throws {
        var generator = SeededGenerator.printed()
        var script = try SliceScript.danyangEducation(seed: generator.next())
        for _ in 0..<30 { try script.add("ProgressReported", open: ["department": .string("jiaoyu")]) }
        for _ in 0..<8 {
            let folder = try TemporaryFolder()
            let store = try script.store(in: folder)
            var bench = try EngineBench(TestHub(script: script, head: 1), store)
            try bench.start()
            for _ in 0..<40 {
                bench.hub.head = min(script.entries.count, bench.hub.head + Int.random(in: 0...3, using: &generator))
                let first = Int.random(in: 1...bench.hub.head, using: &generator)
                let last = Int.random(in: first...bench.hub.head, using: &generator)
                try bench.step(.feed(bench.hub.feedFrames(first, last)))
                bench.isConnected = Int.random(in: 0..<4, using: &generator) > 0
                try bench.pass(seconds: Int.random(in: 0...2, using: &generator))
            }
            bench.isConnected = true
            bench.hub.head = script.entries.count
            try bench.pass(seconds: 20)
            #expect(bench.stopped == nil)
            #expect(try store.cursor().sequence == UInt64(script.entries.count))
            #expect(try store.cursor().chain == script.entries.last?.chain)
            #expect(bench.hub.acknowledged.last == UInt64(script.entries.count))
        }
    }

    @Test func `after a crash between storing and acknowledging the adapter goes on with the next entry`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        var hub = TestHub(script: script, head: 3)
        do {
            let store = try script.store(in: folder)
            _ = try store.apply(Array(script.entries[0...2]), epoch: script.epoch)
        }
        hub.head = 5
        let store = try script.store(in: folder)
        var bench = try EngineBench(hub, store)
        try bench.start()
        #expect(bench.hub.hellos.first?.seq == 3)
        #expect(bench.hub.hellos.first?.chain == HexBytes(script.entries[2].chain))
        #expect(bench.hub.replays.map(\.from) == [4])
        #expect(try store.cursor().sequence == 5)
    }

    @Test(arguments: [
        (TestHub.Lie.signature, "slice.notAuthentic"), (.alteredEntry, "slice.notAuthentic"),
        (.swappedEntries, "slice.forked"), (.sealedEpoch, "slice.notAuthentic"),
    ])
    func `what the pinned hub did not send stops the adapter with nothing applied`(
        lie: TestHub.Lie, code: String
    ) throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        var hub = TestHub(script: script)
        hub.lie = lie
        var bench = try EngineBench(hub, store)
        try bench.start()
        let fault = try #require(bench.stopped)
        #expect(fault.code == code)
        #expect(!fault.chinese.isEmpty && !fault.remedy.isEmpty)
        if lie == .swappedEntries {
            // Only the hub can tell: leaves under other numbers make another chain, which it refuses to acknowledge.
            #expect(bench.hub.acknowledged.isEmpty)
        } else {
            #expect(try store.cursor().sequence == 0)
            #expect(try store.inbox().isEmpty)
        }
        #expect(bench.engine.status.connection == .stopped)
    }

    @Test func `a hub restored to another epoch stops the adapter for good`() throws {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        _ = try store.apply(Array(script.entries[0...2]), epoch: script.epoch)
        var hub = TestHub(script: script)
        hub.epoch = script.generator.uniqueID()
        var bench = try EngineBench(hub, store)
        try bench.start()
        #expect(bench.stopped?.code == "slice.forked")
        #expect(bench.stopped?.kind.exitCode == 78)
        #expect(try store.cursor().sequence == 3)
        try bench.pass(seconds: 30)
        #expect(bench.hub.hellos.count == 1)
    }

    @Test func `a refused key is said with its remedy, and tried again`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        var bench = try EngineBench(TestHub(script: script), store)
        bench.isConnected = false
        try bench.start()
        try bench.step(.handshakeRefused)
        #expect(bench.reports.map(\.code) == ["feed.keyRefused"])
        #expect(bench.engine.status.faultCode == "feed.keyRefused")
        bench.isConnected = true
        try bench.pass(seconds: 15)
        #expect(bench.engine.status.connection == .live)
        #expect(bench.engine.status.faultCode == nil)
    }
}
