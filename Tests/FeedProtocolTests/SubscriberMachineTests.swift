import EventSourcing
import FeedProtocol
import Foundation
import Testing

/// The department's side: order, loss, silence, refusals.
@Suite struct SubscriberMachineTests {
    let fixture: FeedFixture
    let topic: Data

    init() throws {
        fixture = try FeedFixture()
        topic = fixture.scope.topic
    }

    private func machine(at sequence: UInt64 = 0) -> SubscriberMachine {
        SubscriberMachine(
            department: fixture.scope.department, logID: fixture.scope.logID, consumer: "test",
            cursor: cursor(sequence), seed: 7)
    }

    private func cursor(_ sequence: UInt64) -> AdapterCursor {
        AdapterCursor(
            epoch: sequence == 0 ? nil : fixture.scope.epoch, sequence: sequence, chain: Data(count: 32))
    }

    private func welcome(request: UInt64 = 1, epoch: UniqueID? = nil, log: UniqueID? = nil) -> SubscriberMachine.Input {
        .control(
            ControlMessage(
                .welcome, request: request,
                json: WelcomeBody(
                    logId: log ?? fixture.scope.logID, epoch: epoch ?? fixture.scope.epoch, headSeq: 9, demo: true,
                    feedEndpoint: "tcp://hub:2")
            ).frames)
    }

    private func beat(_ head: UInt64, epoch: UniqueID? = nil) -> SubscriberMachine.Input {
        var header = fixture.header
        header.kind = .heartbeat
        header.count = 0
        header.firstSequence = 0
        header.lastSequence = 0
        header.headSequence = head
        header.epoch = epoch ?? header.epoch
        return .feed([topic, header.bytes, Data()])
    }

    private func live(_ sequences: ClosedRange<UInt64>) throws -> SubscriberMachine.Input {
        let batch = try fixture.batch(sequences)
        return .feed([topic, batch.header.bytes, batch.body])
    }

    /// A machine that is live at `sequence`.
    private func liveMachine(at sequence: UInt64) -> SubscriberMachine {
        var machine = machine(at: sequence)
        _ = machine.step(.start, now: 0)
        _ = machine.step(welcome(), now: 10)
        _ = machine.step(beat(sequence), now: 20)
        return machine
    }

    private func sent(_ effects: [SubscriberMachine.Effect], _ verb: ControlVerb) -> ControlMessage? {
        for case .send(let message) in effects where message.verb == verb { return message }
        return nil
    }

    private func delivered(_ effects: [SubscriberMachine.Effect]) -> [UInt64] {
        effects.flatMap { effect -> [UInt64] in
            if case .deliver(let entries, _, _) = effect { entries.map(\.sequence) } else { [] }
        }
    }

    @Test func `HELLO, WELCOME, SUB, first heartbeat, REPLAY from the next entry`() throws {
        var machine = machine(at: 4)
        let hello = try #require(sent(machine.step(.start, now: 0), .hello))
        let body = try ControlJSON.decode(HelloBody.self, from: hello.body)
        #expect(body.seq == 4 && body.epoch == fixture.scope.epoch && body.chain?.bytes == Data(count: 32))
        let welcomed = machine.step(welcome(), now: 10)
        #expect(welcomed.contains(.openFeed("tcp://hub:2")))
        #expect(sent(welcomed, .replay) == nil, "nothing is asked before SUB is heard")
        let replay = try #require(sent(machine.step(beat(9), now: 20), .replay))
        #expect(try ControlJSON.decode(ReplayBody.self, from: replay.body) == ReplayBody(from: 5, to: nil, credit: 256))
        #expect(machine.state == .syncing)
    }

    @Test func `entries during a replay wait, come once, and the machine goes live`() throws {
        var machine = machine()
        _ = machine.step(.start, now: 0)
        _ = machine.step(welcome(), now: 10)
        let replay = try #require(sent(machine.step(beat(3), now: 20), .replay))
        #expect(delivered(machine.step(try live(3...5), now: 30)).isEmpty)
        let events = ControlMessage(.events, request: replay.request, body: try fixture.batch(1...3).joined)
        #expect(delivered(machine.step(.control(events.frames), now: 40)) == [1, 2, 3])
        let after = machine.step(.applied(cursor(3)), now: 41)
        let credit = try #require(sent(after, .credit))
        #expect(try ControlJSON.decode(CreditBody.self, from: credit.body).n == 3)
        #expect(sent(after, .acknowledge) != nil)
        let done = ControlMessage(.done, request: replay.request, json: HeadBody(headSeq: 3))
        let effects = machine.step(.control(done.frames), now: 50)
        #expect(delivered(effects) == [4, 5])
        #expect(machine.state == .live)
    }

    @Test func `repeats are trimmed, a hole is replayed`() throws {
        var machine = liveMachine(at: 4)
        #expect(delivered(machine.step(try live(3...6), now: 30)) == [5, 6])
        #expect(delivered(machine.step(try live(2...6), now: 31)).isEmpty)
        let effects = machine.step(try live(9...9), now: 32)
        #expect(delivered(effects).isEmpty)
        let replay = try #require(sent(effects, .replay))
        #expect(try ControlJSON.decode(ReplayBody.self, from: replay.body).from == 7)
    }

    @Test func `one beat ahead may be overtaking, two are a loss`() {
        var machine = liveMachine(at: 4)
        #expect(sent(machine.step(beat(5), now: 30), .replay) == nil)
        #expect(sent(machine.step(beat(5), now: 1030), .replay) != nil)
    }

    @Test func `three seconds of silence drop both connections and come back later, not together`() {
        var first = liveMachine(at: 4)
        #expect(first.step(.tick, now: 3019).isEmpty)
        #expect(first.step(.tick, now: 3020).contains(.close))
        #expect(first.state == .waiting)
        #expect(first.step(.tick, now: 3020 + 99).isEmpty)
        #expect(first.step(.tick, now: 3020 + 200).contains(.openControl))
    }

    @Test func `the pauses grow to ten seconds`() {
        var machine = machine()
        var now: Int64 = 0
        _ = machine.step(.start, now: now)
        var pauses: [Int64] = []
        for _ in 0..<10 {
            _ = machine.step(.handshakeRefused, now: now)
            let began = now
            while machine.state == .waiting {
                now += 10
                _ = machine.step(.tick, now: now)
            }
            pauses.append(now - began)
        }
        #expect(pauses[0] <= 210)
        #expect(pauses.allSatisfy { $0 >= 100 && $0 <= 10_010 })
        #expect(pauses[9] >= 5000)
    }

    @Test func `another log, another epoch and a refusal as forked stop for a person`() throws {
        let other = try #require(UniqueID(bytes: 1...16))
        var machine = machine(at: 4)
        _ = machine.step(.start, now: 0)
        _ = machine.step(welcome(log: other), now: 1)
        #expect(machine.state == .stopped(.forked))
        machine = self.machine(at: 4)
        _ = machine.step(.start, now: 0)
        _ = machine.step(welcome(epoch: other), now: 1)
        #expect(machine.state == .stopped(.forked))
        machine = liveMachine(at: 4)
        let refuse = ControlMessage(.refuse, request: 99, json: RefuseBody(code: .forked))
        _ = machine.step(.control(refuse.frames), now: 30)
        #expect(machine.state == .stopped(.forked))
        #expect(machine.step(.tick, now: 100_000).isEmpty)
        #expect(machine.step(.start, now: 100_000).isEmpty)
    }

    @Test func `a new epoch on the feed leads back to HELLO`() throws {
        var machine = liveMachine(at: 4)
        let other = try #require(UniqueID(bytes: 1...16))
        #expect(machine.step(beat(1, epoch: other), now: 30).contains(.close))
        #expect(machine.state == .waiting)
    }

    @Test func `an entry that does not open stops for a person`() throws {
        var machine = liveMachine(at: 4)
        _ = machine.step(try live(5...5), now: 30)
        _ = machine.step(.rejected, now: 30)
        #expect(machine.state == .stopped(.rejected))
    }

    @Test func `a buffer that grows too long is replayed instead`() throws {
        var machine = machine()
        _ = machine.step(.start, now: 0)
        _ = machine.step(welcome(), now: 10)
        let replay = try #require(sent(machine.step(beat(1), now: 20), .replay))
        var next: UInt64 = 2
        while next < 1200 {
            _ = machine.step(try live(next...(next + 63)), now: 30)
            next += 64
        }
        let events = ControlMessage(.events, request: replay.request, body: try fixture.batch(1...1).joined)
        _ = machine.step(.control(events.frames), now: 40)
        let done = ControlMessage(.done, request: replay.request, json: HeadBody(headSeq: 1))
        let effects = machine.step(.control(done.frames), now: 50)
        #expect(delivered(effects).isEmpty)
        let again = try #require(sent(effects, .replay))
        #expect(try ControlJSON.decode(ReplayBody.self, from: again.body).from == 2)
    }

    @Test func `a command is answered, put off, or given back when the connection goes`() throws {
        var machine = liveMachine(at: 4)
        let id = try #require(UniqueID(bytes: 1...16))
        let command = try #require(sent(machine.step(.command(id: id, body: Data([1])), now: 30), .command))
        let answer = ControlMessage(.answer, request: command.request, body: Data([2]))
        #expect(machine.step(.control(answer.frames), now: 31) == [.answered(id: id, body: Data([2]))])
        #expect(machine.step(.control(answer.frames), now: 32).isEmpty, "an answer twice is one answer")
        let second = try #require(sent(machine.step(.command(id: id, body: Data([1])), now: 33), .command))
        let busy = ControlMessage(.busy, request: second.request, json: BusyBody(retryMs: 999_999))
        #expect(machine.step(.control(busy.frames), now: 34) == [.retry(id: id, milliseconds: 30_000)])
        _ = machine.step(.command(id: id, body: Data([1])), now: 35)
        #expect(machine.step(.handshakeRefused, now: 36).contains(.retry(id: id, milliseconds: 1000)))
        #expect(machine.step(.command(id: id, body: Data([1])), now: 37) == [.retry(id: id, milliseconds: 1000)])
    }
}
