import EventSourcing
import FeedProtocol
import Foundation
import Testing

/// What one PUB socket sends, and when.
@Suite struct FeedPublisherMachineTests {
    let fixture: FeedFixture

    init() throws { fixture = try FeedFixture() }

    private func machine(head: UInt64) -> FeedPublisherMachine {
        FeedPublisherMachine(
            epoch: fixture.scope.epoch, isDemo: true, head: head, position: Position(1),
            civilTime: Instant(milliseconds: 5))
    }

    private func bell(_ head: UInt64) -> FeedPublisherMachine.Input {
        .doorbell(head: head, position: Position(head), civilTime: Instant(milliseconds: 6))
    }

    @Test func `what was before the start comes by replay, not by PUB`() {
        var machine = machine(head: 4)
        #expect(machine.step(bell(4), now: 0).isEmpty)
        #expect(machine.step(bell(5), now: 0) == [.want(after: 4, credit: 64)])
    }

    @Test func `one question at a time, and entries leave as they came`() throws {
        var machine = machine(head: 0)
        #expect(machine.step(bell(3), now: 0) == [.want(after: 0, credit: 64)])
        #expect(machine.step(bell(5), now: 0).isEmpty)
        let batch = try fixture.batch(1...3, head: 5)
        #expect(
            machine.step(.entries(batch.joined), now: 1) == [
                .publish(header: batch.header.bytes, body: batch.body), .want(after: 3, credit: 64),
            ])
    }

    @Test func `entries that nobody asked for, or with a hole, are not published`() throws {
        var machine = machine(head: 0)
        let batch = try fixture.batch(2...3)
        #expect(machine.step(.entries(batch.joined), now: 0) == [.discarded("entries without a question")])
        _ = machine.step(bell(3), now: 0)
        let effects = machine.step(.entries(batch.joined), now: 1)
        #expect(effects == [.discarded("entries that do not continue the feed")])
        // Asked again after a second, not at once.
        #expect(machine.step(.tick, now: 500).contains(.want(after: 0, credit: 64)) == false)
        #expect(machine.step(.tick, now: 1001).contains(.want(after: 0, credit: 64)))
    }

    @Test func `a heartbeat a second while idle, with the head`() throws {
        var machine = machine(head: 7)
        let first = machine.step(.tick, now: 0)
        guard case .publish(let header, let body)? = first.first else {
            Issue.record("no heartbeat")
            return
        }
        #expect(body.isEmpty)
        let read = try FeedHeader(bytes: header)
        #expect(read.kind == .heartbeat && read.headSequence == 7 && read.count == 0)
        #expect(machine.step(.tick, now: 999).isEmpty)
        #expect(machine.step(.tick, now: 1000).count == 1)
        _ = machine.step(bell(8), now: 1500)
        _ = machine.step(.entries(try fixture.batch(8...8).joined), now: 1600)
        #expect(machine.step(.tick, now: 2100).isEmpty, "entries are as good as a heartbeat")
        #expect(machine.step(.tick, now: 2600).count == 1)
    }
}
