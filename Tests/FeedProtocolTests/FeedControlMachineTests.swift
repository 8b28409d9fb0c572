import EventSourcing
import FeedProtocol
import Foundation
import Testing

/// The hub's side of control: order, credit, size, rate, whose feed it is.
@Suite struct FeedControlMachineTests {
    let fixture: FeedFixture
    let jiaoyu: DepartmentCode
    let gongan: DepartmentCode
    let routing = Data([1, 2, 3, 4, 5])

    init() throws {
        fixture = try FeedFixture()
        jiaoyu = fixture.scope.department
        gongan = try #require(DepartmentCode("gongan"))
    }

    private func machine(head: UInt64 = 100) -> FeedControlMachine {
        let config = LinkConfig(
            logId: fixture.scope.logID, epoch: fixture.scope.epoch, demo: true, bindAddress: "127.0.0.1",
            announcedHost: "hub", controlPort: 1,
            departments: [.init(code: jiaoyu, curveKeys: [], port: 2, headSeq: head)], headPosition: Position(500),
            civilTime: Instant(milliseconds: 0))
        return FeedControlMachine(config: config, feedEndpoints: [jiaoyu: "tcp://hub:2"])
    }

    private func hello(
        versions: [Int] = [1], feed: DepartmentCode? = nil, epoch: UniqueID? = nil, seq: UInt64 = 0,
        chain: HexBytes? = nil
    ) -> ControlMessage {
        ControlMessage(
            .hello, request: 1,
            json: HelloBody(
                versions: versions, feed: feed ?? jiaoyu, consumer: "test", epoch: epoch, seq: seq, chain: chain))
    }

    private func say(
        _ machine: inout FeedControlMachine, _ message: ControlMessage, as department: DepartmentCode? = nil,
        now: Int64 = 0
    ) -> [FeedControlMachine.Effect] {
        machine.step(
            .message(routing: routing, department: department ?? jiaoyu, frames: message.frames), now: now)
    }

    private func refusal(_ effects: [FeedControlMachine.Effect]) -> RefuseCode? {
        guard case .send(_, let message)? = effects.first, message.verb == .refuse else { return nil }
        return (try? ControlJSON.decode(RefuseBody.self, from: message.body))?.code
    }

    private func verb(_ effects: [FeedControlMachine.Effect]) -> ControlVerb? {
        guard case .send(_, let message)? = effects.first else { return nil }
        return message.verb
    }

    @Test func `HELLO comes first`() {
        for verb in [ControlVerb.replay, .credit, .acknowledge, .ping, .command, .bye] {
            var machine = machine()
            #expect(refusal(say(&machine, ControlMessage(verb, request: 9))) == .order)
        }
    }

    @Test func `a new reader is welcomed with the head and where to connect`() throws {
        var machine = machine()
        let effects = say(&machine, hello())
        guard case .send(routing, let message)? = effects.first else {
            Issue.record("no answer")
            return
        }
        #expect(message.verb == .welcome && message.request == 1)
        let body = try ControlJSON.decode(WelcomeBody.self, from: message.body)
        #expect(body.headSeq == 100 && body.feedEndpoint == "tcp://hub:2" && body.limits == .standard && body.demo)
    }

    @Test func `a reader that knows something is welcomed only after serve knows its chain`() {
        var machine = machine()
        let chain = HexBytes(Data(repeating: 9, count: 32))
        let asked = say(&machine, hello(epoch: fixture.scope.epoch, seq: 7, chain: chain))
        let body = LinkAcknowledge(feed: jiaoyu, consumer: "test", seq: 7, chain: chain)
        #expect(asked == [.acknowledge(correlation: 1, body)])
        #expect(refusal(say(&machine, ControlMessage(.ping, request: 2))) == .order, "not welcome yet")
        #expect(verb(machine.step(.answered(correlation: 1, .acknowledged), now: 1)) == .welcome)
        #expect(verb(say(&machine, ControlMessage(.ping, request: 3))) == .pong)
    }

    @Test func `another epoch, a place past the head and a chain serve does not know are forks`() throws {
        let chain = HexBytes(Data(repeating: 9, count: 32))
        var machine = machine()
        #expect(refusal(say(&machine, hello(epoch: fixture.scope.logID, seq: 7, chain: chain))) == .forked)
        #expect(refusal(say(&machine, hello(epoch: fixture.scope.epoch, seq: 101, chain: chain))) == .forked)
        _ = say(&machine, hello(epoch: fixture.scope.epoch, seq: 7, chain: chain))
        #expect(refusal(machine.step(.answered(correlation: 1, .refused(.forked)), now: 1)) == .forked)
        #expect(machine.sessionCount == 0)
    }

    @Test func `a version we do not speak, another's feed, no feed and a malformed HELLO are refused`() {
        var machine = machine()
        #expect(refusal(say(&machine, hello(versions: [2, 3]))) == .version)
        #expect(refusal(say(&machine, hello(feed: gongan))) == .feed)
        #expect(refusal(say(&machine, hello(feed: gongan), as: gongan)) == .feed)
        #expect(refusal(say(&machine, hello(feed: jiaoyu), as: gongan)) == .feed)
        #expect(refusal(say(&machine, hello(seq: 7))) == .malformed)
        #expect(refusal(say(&machine, ControlMessage(.hello, request: 1, body: Data("x".utf8)))) == .malformed)
        #expect(refusal(say(&machine, ControlMessage(.welcome, request: 1))) == .order)
        #expect(machine.sessionCount == 0)
    }

    @Test func `a routing id taken over by another department is nobody`() {
        var machine = machine()
        _ = say(&machine, hello())
        #expect(refusal(say(&machine, ControlMessage(.ping, request: 2), as: gongan)) == .order)
    }

    @Test func `a replay sends no more than its credit and goes on with more`() throws {
        var machine = machine()
        _ = say(&machine, hello())
        let replay = ControlMessage(.replay, request: 5, json: ReplayBody(from: 1, to: nil, credit: 80))
        #expect(say(&machine, replay) == [want(1, after: 0, credit: 64)])
        let first = try fixture.batch(1...64, head: 100).joined
        #expect(
            machine.step(.entries(correlation: 1, first), now: 1) == [
                .send(routing: routing, ControlMessage(.events, request: 5, body: first)),
                want(3, after: 64, credit: 16),
            ])
        let second = try fixture.batch(65...80, head: 100).joined
        let sent = machine.step(.entries(correlation: 3, second), now: 1)
        #expect(sent == [.send(routing: routing, ControlMessage(.events, request: 5, body: second))])
        let credit = ControlMessage(.credit, request: 5, json: CreditBody(n: 30))
        #expect(say(&machine, credit) == [want(5, after: 80, credit: 30)])
        let last = try fixture.batch(81...100, head: 100).joined
        let done = ControlMessage(.done, request: 5, json: HeadBody(headSeq: 100))
        #expect(
            machine.step(.entries(correlation: 5, last), now: 1) == [
                .send(routing: routing, ControlMessage(.events, request: 5, body: last)),
                .send(routing: routing, done),
            ])
        #expect(say(&machine, credit).isEmpty, "credit after the end is late, not wrong")
    }

    @Test func `a window of 1 MiB stops a replay whatever its credit`() throws {
        var machine = machine(head: 1000)
        _ = say(&machine, hello())
        _ = say(&machine, ControlMessage(.replay, request: 5, json: ReplayBody(from: 1, to: nil, credit: 256)))
        var correlation: UInt64 = 1
        var sent = 0
        var wanting = true
        while wanting {
            let sequence = UInt64(sent) + 1
            let large = try FeedBatch(
                header: fixture.header, keyBlock: fixture.keyBlock(),
                entries: [fixture.entry(sequence, length: 300_000)])
            let effects = machine.step(.entries(correlation: correlation, large.joined), now: 1)
            #expect(verb(effects) == .events)
            sent += 1
            correlation += 2
            wanting = effects.count == 2
        }
        #expect(sent == 4)
        let credit = ControlMessage(.credit, request: 5, json: CreditBody(n: 1))
        #expect(say(&machine, credit).count == 1)
    }

    @Test func `too much credit, a second replay, a bad range and too many replays are refused`() throws {
        func replay(_ body: ReplayBody) -> ControlMessage { ControlMessage(.replay, request: 5, json: body) }
        var machine = machine()
        _ = say(&machine, hello())
        #expect(refusal(say(&machine, replay(.init(from: 1, to: nil, credit: 257)))) == .credit)
        #expect(refusal(say(&machine, replay(.init(from: 1, to: nil, credit: 0)))) == .credit)
        #expect(refusal(say(&machine, replay(.init(from: 0, to: nil, credit: 1)))) == .malformed)
        #expect(refusal(say(&machine, replay(.init(from: 5, to: 4, credit: 1)))) == .malformed)
        #expect(say(&machine, replay(.init(from: 1, to: nil, credit: 1))).count == 1)
        #expect(refusal(say(&machine, replay(.init(from: 1, to: nil, credit: 1)))) == .order)
        let credit = ControlMessage(.credit, request: 5, json: CreditBody(n: 1))
        #expect(refusal(say(&machine, credit)) == .credit, "nothing is under way yet")
        for attempt in 0..<3 {
            _ = say(&machine, hello())
            let answer = say(&machine, replay(.init(from: 101, to: nil, credit: 1)))
            #expect(attempt < 2 ? verb(answer) == .done : refusal(answer) == .rate)
        }
        #expect(verb(say(&machine, replay(.init(from: 101, to: nil, credit: 1)), now: 5000)) == .done)
    }

    @Test func `a request past the limit is refused, a short command is malformed`() {
        var machine = machine()
        _ = say(&machine, hello())
        let long = ControlMessage(
            .command, request: 2, body: Data(count: ControlMessage.maximumRequestLength + 1))
        #expect(refusal(say(&machine, long)) == .size)
        #expect(refusal(say(&machine, ControlMessage(.command, request: 2, body: Data(count: 48)))) == .malformed)
    }

    @Test func `at most eight commands are under way, and none waits for ever`() {
        var machine = machine()
        _ = say(&machine, hello())
        for number in 0..<8 {
            let effects = say(&machine, ControlMessage(.command, request: UInt64(number), body: Data(count: 100)))
            guard case .command? = effects.first else {
                Issue.record("not relayed")
                return
            }
        }
        #expect(verb(say(&machine, ControlMessage(.command, request: 9, body: Data(count: 100)))) == .busy)
        let expired = machine.step(.tick, now: 30_000)
        #expect(expired.count == 8 && expired.allSatisfy { verb([$0]) == .busy })
    }

    @Test func `a flood is not answered`() {
        var machine = machine()
        _ = say(&machine, hello())
        var answered = 0
        for number in 0..<2000 where !say(&machine, ControlMessage(.ping, request: UInt64(number))).isEmpty {
            answered += 1
        }
        #expect(answered == 499)
    }

    @Test func `a ninth connection of a department ends the one heard least`() {
        var machine = machine()
        for number in 0..<9 {
            _ = machine.step(
                .message(routing: Data([UInt8(number)]), department: jiaoyu, frames: hello().frames),
                now: Int64(number))
        }
        #expect(machine.sessionCount == 8)
        let ping = ControlMessage(.ping, request: 1).frames
        let first = machine.step(.message(routing: Data([0]), department: jiaoyu, frames: ping), now: 10)
        #expect(refusal(first) == .order)
    }

    @Test func `a silent or unreachable reader is forgotten`() {
        var machine = machine()
        _ = say(&machine, hello())
        _ = machine.step(.tick, now: 59_999)
        #expect(machine.sessionCount == 1)
        _ = machine.step(.tick, now: 60_000)
        #expect(machine.sessionCount == 0)
        _ = say(&machine, hello())
        _ = machine.step(.unreachable(routing: routing), now: 60_000)
        #expect(machine.sessionCount == 0)
    }

    private func want(_ correlation: UInt64, after: UInt64, credit: Int) -> FeedControlMachine.Effect {
        .want(correlation: correlation, LinkWant(feed: jiaoyu, after: after, credit: credit))
    }
}
