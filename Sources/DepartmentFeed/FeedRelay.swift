import EventSourcing
import FeedProtocol
import FoundationEssentials

/// Everything a feed process decides, without a socket: link frames and control messages in, the same out.
struct FeedRelay: Sendable {
    enum Effect: Hashable, Sendable {
        case publish(DepartmentCode, header: Data, body: Data)
        case send(routing: Data, frames: [Data])
        case link(LinkFrame)
        /// Worth a line in the log.
        case note(String)
    }

    private var config: LinkConfig
    private var control: FeedControlMachine
    private var publishers: [DepartmentCode: FeedPublisherMachine] = [:]
    /// Questions of publishers by correlation; even numbers, those of control are odd.
    private var wanted: [UInt64: DepartmentCode] = [:]
    private var nextCorrelation: UInt64 = 2

    init(config: LinkConfig, feedEndpoints: [DepartmentCode: String]) {
        self.config = config
        control = FeedControlMachine(config: config, feedEndpoints: feedEndpoints)
        addPublishers()
    }

    /// Takes a new list of departments; readers introduce themselves again, feeds go on where they are.
    mutating func reconfigure(_ config: LinkConfig, feedEndpoints: [DepartmentCode: String]) {
        self.config = config
        control = FeedControlMachine(config: config, feedEndpoints: feedEndpoints)
        let listed = Set(config.departments.map(\.code))
        publishers = publishers.filter { listed.contains($0.key) }
        addPublishers()
    }

    private mutating func addPublishers() {
        for department in config.departments where publishers[department.code] == nil {
            publishers[department.code] = FeedPublisherMachine(
                epoch: config.epoch, isDemo: config.demo, head: department.headSeq, position: config.headPosition,
                civilTime: config.civilTime)
        }
    }

    /// Takes one frame of serve; config and stop are the process's own business.
    mutating func hear(_ frame: LinkFrame, now: Int64) -> [Effect] {
        switch frame.kind {
        case .doorbell:
            guard let bell = try? ControlJSON.decode(LinkDoorbell.self, from: frame.body) else {
                return [.note("a doorbell that cannot be read")]
            }
            return ring(bell, now: now)
        case .entries:
            if let department = wanted.removeValue(forKey: frame.correlation) {
                return publish(department, .entries(frame.body), now: now)
            }
            return map(control.step(.entries(correlation: frame.correlation, frame.body), now: now))
        case .answer:
            guard let answer = try? LinkAnswer(bytes: frame.body) else {
                return [.note("an answer that cannot be read")]
            }
            return map(control.step(.answered(correlation: frame.correlation, answer), now: now))
        case .config, .stop, .ready, .want, .acknowledge, .command:
            return [.note("a frame of kind \(frame.kind.rawValue) out of place")]
        }
    }

    /// Takes one message of a department; nobody without a name from CURVE gets here.
    mutating func hear(routing: Data, department: DepartmentCode, frames: [Data], now: Int64) -> [Effect] {
        map(control.step(.message(routing: routing, department: department, frames: frames), now: now))
    }

    /// A connection that is gone.
    mutating func lost(routing: Data, now: Int64) {
        _ = control.step(.unreachable(routing: routing), now: now)
    }

    mutating func tick(now: Int64) -> [Effect] {
        var effects = map(control.step(.tick, now: now))
        for department in publishers.keys.sorted() { effects += publish(department, .tick, now: now) }
        return effects
    }

    private mutating func ring(_ bell: LinkDoorbell, now: Int64) -> [Effect] {
        var effects: [Effect] = []
        for department in publishers.keys.sorted() {
            let head = bell.head(of: department) ?? publishers[department]?.headSequence ?? 0
            control.advance(department, to: head)
            effects += publish(
                department, .doorbell(head: head, position: bell.headPosition, civilTime: bell.civilTime), now: now)
        }
        return effects
    }

    private mutating func publish(
        _ department: DepartmentCode, _ input: FeedPublisherMachine.Input, now: Int64
    ) -> [Effect] {
        guard var publisher = publishers[department] else { return [] }
        var effects: [Effect] = []
        for effect in publisher.step(input, now: now) {
            switch effect {
            case .publish(let header, let body):
                effects.append(.publish(department, header: header, body: body))
            case .want(let after, let credit):
                let correlation = nextCorrelation
                nextCorrelation += 2
                wanted[correlation] = department
                effects.append(
                    .link(
                        LinkFrame(
                            .want, correlation: correlation,
                            json: LinkWant(feed: department, after: after, credit: credit))))
            case .discarded(let why):
                effects.append(.note("\(department): \(why)"))
            }
        }
        control.advance(department, to: publisher.headSequence)
        publishers[department] = publisher
        return effects
    }

    private func map(_ effects: [FeedControlMachine.Effect]) -> [Effect] {
        effects.map { effect in
            switch effect {
            case .send(let routing, let message): .send(routing: routing, frames: message.frames)
            case .want(let correlation, let want): .link(LinkFrame(.want, correlation: correlation, json: want))
            case .acknowledge(let correlation, let body):
                .link(LinkFrame(.acknowledge, correlation: correlation, json: body))
            case .command(let correlation, let command):
                .link(LinkFrame(.command, correlation: correlation, body: command.bytes))
            }
        }
    }
}
