import DepartmentKit
import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

/// What an adapter says of referrals that lie in its own store (`reference/product.md` §4.6).
@Suite struct ArrivalTests {
    private let folder: TemporaryFolder
    private var script: SliceScript

    init() throws {
        folder = try TemporaryFolder()
        script = try SliceScript.danyangEducation()
    }

    private func delivered(_ cycle: Int64) -> [String: JSONValue] {
        ["department": .string("\(SliceScript.department)"), "cycle": .integer(cycle)]
    }

    @Test mutating func `what has been applied waits to be told of, until the hub has recorded it`() throws {
        let store = try script.store(in: folder)
        _ = try store.apply(Array(script.entries[..<1]), epoch: script.epoch)
        let arrival = try #require(try store.arrivals(limit: 10).first)
        #expect(arrival.referral == script.referral && arrival.cycle == 1)
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.arrivals(limit: 10) == [arrival], "a signature is another thing")
        try store.noteConfirmed(arrival)
        #expect(try store.arrivals(limit: 10).isEmpty)
        try store.rebuildProjection()
        #expect(try store.arrivals(limit: 10) == [arrival], "the outbox then knows that it was said")
        try script.add("ReferralDelivered", open: delivered(1))
        _ = try store.apply(script.entries, epoch: script.epoch)
        try store.rebuildProjection()
        #expect(try store.arrivals(limit: 10).isEmpty)
        #expect(try store.referral("DY23-00001-R2")?.state == .inProgress, "a flag moves no state")
        try script.add("CompletionReturnedForRework", open: ["cycle": .integer(2)])
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.arrivals(limit: 10).map(\.cycle) == [2])
        try script.add("CompletionAcceptedByCentre")
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.arrivals(limit: 10).isEmpty, "what is over needs no word")
    }

    @Test func `the word is given only once the copy is level with the hub`() throws {
        let store = try script.store(in: folder)
        var bench = try EngineBench(TestHub(script: script, head: 1), store)
        #expect(bench.confirmedAt.isEmpty)
        try bench.start()
        #expect(bench.confirmedAt.last == PushedClock.danyangMorning)
        let before = bench.confirmedAt.count
        try bench.step(.feed(try bench.hub.feedFrames(2, 2)))
        #expect(bench.confirmedAt.count == before + 1, "and after each entry from then on")
    }
}
