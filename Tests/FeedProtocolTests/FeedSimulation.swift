import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Testing

/// A hub, its feed process and one department without sockets, in virtual time, with a network that fails by a seed.
///
/// PUB loses and repeats messages; a control connection keeps order but may break with all that is under way; the feed
/// process may be killed. The log itself never lies: that is serve's promise.
struct FeedSimulation {
    private let fixture: FeedFixture
    private var chance: SeededGenerator
    private var now: Int64 = 0
    private var log: UInt64 = 0
    private var control: FeedControlMachine
    private var publisher: FeedPublisherMachine
    private var department: SubscriberMachine
    /// Messages under way with the time they arrive; control in order, PUB by chance out of it.
    private var upward: [(at: Int64, frames: [Data])] = []
    private var downward: [(at: Int64, frames: [Data])] = []
    private var live: [(at: Int64, frames: [Data])] = []
    private var hasControl = false
    private var hasFeed = false
    private var connection: UInt8 = 0
    /// What the department has, in the order it got it.
    private(set) var received: [UInt64] = []
    private(set) var trace: [String] = []

    var state: SubscriberMachine.State { department.state }
    var head: UInt64 { log }

    init(seed: UInt64) throws {
        fixture = try FeedFixture()
        chance = SeededGenerator(seed: seed)
        (control, publisher) = Self.process(fixture, head: 0)
        department = SubscriberMachine(
            department: fixture.scope.department, logID: fixture.scope.logID, consumer: "sim",
            cursor: AdapterCursor(epoch: nil, sequence: 0, chain: Data(count: 32)), seed: seed)
        try perform(department.step(.start, now: 0))
    }

    private static func process(_ fixture: FeedFixture, head: UInt64) -> (FeedControlMachine, FeedPublisherMachine) {
        let code = fixture.scope.department
        let config = LinkConfig(
            logId: fixture.scope.logID, epoch: fixture.scope.epoch, demo: true, bindAddress: "", announcedHost: "",
            controlPort: 1, departments: [.init(code: code, curveKeys: [], port: 1, headSeq: head)],
            headPosition: Position(head), civilTime: Instant(milliseconds: 0))
        return (
            FeedControlMachine(config: config, feedEndpoints: [code: "tcp://sim:1"]),
            FeedPublisherMachine(
                epoch: fixture.scope.epoch, isDemo: true, head: head, position: Position(head),
                civilTime: Instant(milliseconds: 0))
        )
    }

    /// Lets 50 virtual milliseconds pass.
    mutating func step(faults: Bool, appending: Bool) throws {
        now += 50
        if appending, happens(20) {
            log += UInt64.random(in: 1...5, using: &chance)
            ring()
        }
        if faults {
            if happens(1) { breakControl() }
            if happens(1), Bool.random(using: &chance) { restartFeed() }
        }
        try carry(faults: faults)
        perform(publisher.step(.tick, now: now))
        perform(control.step(.tick, now: now))
        try perform(department.step(.tick, now: now))
    }

    private mutating func happens(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &chance) < percent }

    private mutating func ring() {
        control.advance(fixture.scope.department, to: log)
        perform(
            publisher.step(
                .doorbell(head: log, position: Position(log), civilTime: Instant(milliseconds: now)), now: now))
    }

    private mutating func breakControl() {
        upward = []
        downward = []
        connection &+= 1
        trace.append("\(now) control breaks")
    }

    private mutating func restartFeed() {
        breakControl()
        live = []
        (control, publisher) = Self.process(fixture, head: log)
        trace.append("\(now) feed restarts")
    }

    private mutating func carry(faults: Bool) throws {
        let arrivingUp = upward.filter { $0.at <= now }
        upward.removeAll { $0.at <= now }
        for message in arrivingUp {
            perform(
                control.step(
                    .message(
                        routing: Data([connection]), department: fixture.scope.department, frames: message.frames),
                    now: now))
        }
        let arrivingDown = downward.filter { $0.at <= now }
        downward.removeAll { $0.at <= now }
        for message in arrivingDown where hasControl {
            try perform(department.step(.control(message.frames), now: now))
        }
        let arrivingLive = live.filter { $0.at <= now }
        live.removeAll { $0.at <= now }
        for message in arrivingLive where hasFeed {
            if faults, happens(15) { continue }
            let times = faults && happens(10) ? 2 : 1
            for _ in 0..<times { try perform(department.step(.feed(message.frames), now: now)) }
        }
    }

    private mutating func delay() -> Int64 { now + Int64.random(in: 1...120, using: &chance) }

    private mutating func perform(_ effects: [SubscriberMachine.Effect]) throws {
        for effect in effects {
            switch effect {
            case .openControl:
                breakControl()
                hasControl = true
            case .openFeed:
                hasFeed = true
                live = []
            case .close:
                hasControl = false
                hasFeed = false
            case .send(let message):
                let at = max(delay(), upward.last?.at ?? 0)
                upward.append((at, message.frames))
            case .deliver(let entries, _, _):
                received += entries.map(\.sequence)
                let cursor = AdapterCursor(
                    epoch: fixture.scope.epoch, sequence: entries.last?.sequence ?? 0, chain: Data(count: 32))
                try perform(department.step(.applied(cursor), now: now))
            case .changed(let state): trace.append("\(now) \(state)")
            case .heard, .answered, .retry, .undeliverable: break
            }
        }
    }

    private mutating func perform(_ effects: [FeedControlMachine.Effect]) {
        for effect in effects {
            switch effect {
            case .send(let routing, let message):
                guard routing == Data([connection]) else { continue }
                let at = max(delay(), downward.last?.at ?? 0)
                downward.append((at, message.frames))
            case .want(let correlation, let want):
                let batch = entries(after: want.after, credit: want.credit)
                perform(control.step(.entries(correlation: correlation, batch), now: now))
            case .acknowledge(let correlation, _):
                perform(control.step(.answered(correlation: correlation, .acknowledged), now: now))
            case .command: break
            }
        }
    }

    private mutating func perform(_ effects: [FeedPublisherMachine.Effect]) {
        for effect in effects {
            switch effect {
            case .publish(let header, let body):
                live.append((delay(), [fixture.scope.topic, header, body]))
            case .want(let after, let credit):
                perform(publisher.step(.entries(entries(after: after, credit: credit)), now: now))
            case .discarded(let why): trace.append("\(now) \(why)")
            }
        }
    }

    private func entries(after: UInt64, credit: Int) -> Data {
        guard log > after else { return Data() }
        let last = min(log, after + UInt64(credit))
        return (try? fixture.batch((after + 1)...last, head: log).joined) ?? Data()
    }
}

/// Whatever the network does, the department has every entry once, in order.
@Suite struct FeedSimulationTests {
    @Test func `nothing is lost, doubled or out of order under any seed`() throws {
        var seeds = SeededGenerator.printed()
        for _ in 0..<150 {
            let seed = seeds.next()
            var simulation = try FeedSimulation(seed: seed)
            for _ in 0..<400 { try simulation.step(faults: true, appending: true) }
            // 60 virtual seconds of calm must be enough for everybody.
            for _ in 0..<1200 { try simulation.step(faults: false, appending: false) }
            #expect(simulation.received == Array(1...simulation.head), "seed \(seed)")
            #expect(simulation.state == .live, "seed \(seed): \(simulation.trace.suffix(20))")
        }
    }

    @Test func `the same seed gives the same trace`() throws {
        func trace() throws -> [String] {
            var simulation = try FeedSimulation(seed: 42)
            for _ in 0..<400 { try simulation.step(faults: true, appending: true) }
            return simulation.trace
        }
        #expect(try trace() == trace())
    }
}
