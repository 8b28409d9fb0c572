package import EventSourcing
package import FoundationEssentials

/// The hub's side of every control connection: who said HELLO, what each is owed, and how often it may ask.
///
/// It relays: chains, signatures and answers are serve's. A department is whoever CURVE says it is, never what a
/// message says.
package struct FeedControlMachine: Sendable {
    /// What can happen to it.
    package enum Input: Sendable {
        /// Frames after the routing id, from a connection that CURVE ascribes to `department`.
        case message(routing: Data, department: DepartmentCode, frames: [Data])
        /// Serve's answer to ``Effect/want(correlation:_:)``: frames 1 ‖ 2, or empty.
        case entries(correlation: UInt64, Data)
        /// Serve's answer to an acknowledgement or a command.
        case answered(correlation: UInt64, LinkAnswer)
        /// The transport could not deliver to this connection.
        case unreachable(routing: Data)
        case tick
    }

    /// What it wants done.
    package enum Effect: Hashable, Sendable {
        case send(routing: Data, ControlMessage)
        case want(correlation: UInt64, LinkWant)
        case acknowledge(correlation: UInt64, LinkAcknowledge)
        case command(correlation: UInt64, LinkCommand)
    }

    /// One connected reader.
    struct Session: Sendable {
        let department: DepartmentCode
        let consumer: String
        var lastHeard: Int64
        var isWelcome: Bool
        var replay: ReplayWindow?
        var isFetching = false
        var acknowledgementsPending = 0
    }

    /// What an answer of serve will be for.
    enum Purpose: Sendable {
        case hello
        case acknowledge(UInt64)
        case command(DepartmentCode)
        case replay
    }

    struct Pending: Sendable {
        let routing: Data
        let request: UInt64
        let purpose: Purpose
        let since: Int64
    }

    struct ConsumerKey: Hashable, Sendable {
        let department: DepartmentCode
        let consumer: String
    }

    static let sessionsPerDepartment = 8
    static let sessionLifetime: Int64 = 60_000
    static let answerTimeout: Int64 = 30_000
    static let commandsUnderWay = 8
    static let acknowledgementsUnderWay = 4
    static let retryMilliseconds = 500

    let config: LinkConfig
    let limits: FeedLimits
    /// Where each department's PUB socket is.
    let feedEndpoints: [DepartmentCode: String]
    private(set) var heads: [DepartmentCode: UInt64]
    var sessions: [Data: Session] = [:]
    var pending: [UInt64: Pending] = [:]
    private var nextCorrelation: UInt64 = 1
    private var messageBuckets: [DepartmentCode: TokenBucket] = [:]
    private var commandBuckets: [DepartmentCode: TokenBucket] = [:]
    private var replayBuckets: [ConsumerKey: TokenBucket] = [:]

    /// A machine without connections.
    ///
    /// - Parameter feedEndpoints: Where the PUB socket of each department is; one without is refused as `feed`.
    package init(config: LinkConfig, feedEndpoints: [DepartmentCode: String], limits: FeedLimits = .standard) {
        self.config = config
        self.feedEndpoints = feedEndpoints
        self.limits = limits
        heads = Dictionary(config.departments.map { ($0.code, $0.headSeq) }, uniquingKeysWith: max)
    }

    /// How many readers are connected.
    package var sessionCount: Int { sessions.count }

    /// The feed of a department reaches this far; readers waiting for its end are served on.
    package mutating func advance(_ department: DepartmentCode, to head: UInt64) {
        guard let known = heads[department] else { return }
        heads[department] = max(known, head)
    }

    /// Takes one input.
    ///
    /// - Parameter now: Monotonic milliseconds.
    package mutating func step(_ input: Input, now: Int64) -> [Effect] {
        switch input {
        case .message(let routing, let department, let frames):
            return receive(frames, from: routing, of: department, now: now)
        case .entries(let correlation, let joined):
            guard let question = pending.removeValue(forKey: correlation) else { return [] }
            return replayed(joined, question, now)
        case .answered(let correlation, let answer):
            guard let question = pending.removeValue(forKey: correlation) else { return [] }
            return relay(answer, question)
        case .unreachable(let routing):
            sessions[routing] = nil
            return []
        case .tick:
            return expire(now: now)
        }
    }

    // MARK: Messages

    private mutating func receive(_ frames: [Data], from routing: Data, of department: DepartmentCode, now: Int64)
        -> [Effect]
    {
        guard
            messageBuckets[department, default: TokenBucket(burst: 500, millisecondsPerToken: 4, now: now)]
                .take(now: now)
        else { return [] }  // An answer to a flood would double it.
        let message: ControlMessage
        do {
            message = try ControlMessage(frames: frames)
        } catch {
            sessions[routing] = nil
            return [refusal(.malformed, routing, 0)]
        }
        guard message.body.count <= limits.requestBytes else {
            return [refusal(.size, routing, message.request)]
        }
        if sessions[routing]?.department != department {
            // A routing id is only an address. Whoever takes it over must introduce itself.
            sessions[routing] = nil
        }
        sessions[routing]?.lastHeard = now
        if message.verb == .hello { return hello(message, routing, department, now) }
        guard let session = sessions[routing], session.isWelcome else {
            return [refusal(.order, routing, message.request)]
        }
        switch message.verb {
        case .replay: return replay(message, routing, session, now)
        case .credit: return credit(message, routing, session, now)
        case .acknowledge: return acknowledge(message, routing, session, now)
        case .command: return command(message, routing, session, now)
        case .ping:
            let head = HeadBody(headSeq: heads[department] ?? 0)
            return [.send(routing: routing, ControlMessage(.pong, request: message.request, json: head))]
        case .bye:
            sessions[routing] = nil
            return []
        case .hello, .welcome, .refuse, .events, .done, .acknowledged, .pong, .answer, .busy:
            sessions[routing] = nil
            return [refusal(.malformed, routing, message.request)]
        }
    }

    private mutating func hello(
        _ message: ControlMessage, _ routing: Data, _ department: DepartmentCode, _ now: Int64
    ) -> [Effect] {
        sessions[routing] = nil
        guard let body = try? ControlJSON.decode(HelloBody.self, from: message.body),
            (1...64).contains(body.consumer.utf8.count), body.seq == 0 || body.epoch != nil,
            body.seq == 0 || body.chain?.bytes.count == 32
        else { return [refusal(.malformed, routing, message.request)] }
        guard body.versions.contains(1) else { return [refusal(.version, routing, message.request)] }
        guard body.feed == department, let head = heads[department], feedEndpoints[department] != nil else {
            return [refusal(.feed, routing, message.request)]
        }
        guard body.epoch == nil || body.epoch == config.epoch, body.seq <= head else {
            return [refusal(.forked, routing, message.request)]
        }
        makeRoom(for: department)
        let isNew = body.seq == 0
        sessions[routing] = Session(
            department: department, consumer: body.consumer, lastHeard: now, isWelcome: isNew)
        if isNew { return [welcome(routing, message.request, department)] }
        // Only serve knows the chain; it accepts the reader's cursor as it would an acknowledgement.
        guard let chain = body.chain else { return [refusal(.malformed, routing, message.request)] }
        let correlation = ask(Pending(routing: routing, request: message.request, purpose: .hello, since: now))
        return [
            .acknowledge(
                correlation: correlation,
                LinkAcknowledge(feed: department, consumer: body.consumer, seq: body.seq, chain: chain))
        ]
    }

    private mutating func acknowledge(_ message: ControlMessage, _ routing: Data, _ session: Session, _ now: Int64)
        -> [Effect]
    {
        guard let body = try? ControlJSON.decode(AcknowledgeBody.self, from: message.body), body.seq >= 1,
            body.chain.bytes.count == 32
        else { return [refusal(.malformed, routing, message.request)] }
        guard session.acknowledgementsPending < Self.acknowledgementsUnderWay else {
            return [refusal(.rate, routing, message.request)]
        }
        sessions[routing]?.acknowledgementsPending += 1
        let correlation = ask(
            Pending(routing: routing, request: message.request, purpose: .acknowledge(body.seq), since: now))
        return [
            .acknowledge(
                correlation: correlation,
                LinkAcknowledge(
                    feed: session.department, consumer: session.consumer, seq: body.seq, chain: body.chain))
        ]
    }

    private mutating func command(_ message: ControlMessage, _ routing: Data, _ session: Session, _ now: Int64)
        -> [Effect]
    {
        // enc and tag alone have 48 bytes.
        guard message.body.count > 48 else { return [refusal(.malformed, routing, message.request)] }
        let underWay = pending.values.count {
            if case .command(let department) = $0.purpose { department == session.department } else { false }
        }
        guard underWay < Self.commandsUnderWay,
            commandBuckets[
                session.department, default: TokenBucket(burst: 20, millisecondsPerToken: 100, now: now)
            ].take(now: now)
        else {
            let busy = BusyBody(retryMs: Self.retryMilliseconds)
            return [.send(routing: routing, ControlMessage(.busy, request: message.request, json: busy))]
        }
        let correlation = ask(
            Pending(
                routing: routing, request: message.request, purpose: .command(session.department), since: now))
        return [
            .command(
                correlation: correlation, LinkCommand(department: session.department, body: message.body))
        ]
    }

    // MARK: Replay

    private mutating func replay(_ message: ControlMessage, _ routing: Data, _ session: Session, _ now: Int64)
        -> [Effect]
    {
        guard let body = try? ControlJSON.decode(ReplayBody.self, from: message.body), body.from >= 1,
            body.to.map({ $0 >= body.from }) ?? true
        else { return [refusal(.malformed, routing, message.request)] }
        guard (1...limits.credit).contains(body.credit) else {
            return [refusal(.credit, routing, message.request)]
        }
        guard session.replay == nil else { return [refusal(.order, routing, message.request)] }
        let consumer = ConsumerKey(department: session.department, consumer: session.consumer)
        guard
            replayBuckets[consumer, default: TokenBucket(burst: 3, millisecondsPerToken: 5000, now: now)]
                .take(now: now)
        else { return [refusal(.rate, routing, message.request)] }
        sessions[routing]?.replay = ReplayWindow(
            request: message.request, from: body.from, to: body.to, credit: body.credit, limits: limits)
        return fetch(routing, now)
    }

    private mutating func credit(_ message: ControlMessage, _ routing: Data, _ session: Session, _ now: Int64)
        -> [Effect]
    {
        guard let body = try? ControlJSON.decode(CreditBody.self, from: message.body) else {
            return [refusal(.malformed, routing, message.request)]
        }
        // Credit for a replay that has ended is late, not wrong.
        guard var window = session.replay, window.request == message.request else { return [] }
        guard window.grant(body.n) else {
            sessions[routing] = nil
            return [refusal(.credit, routing, message.request)]
        }
        sessions[routing]?.replay = window
        return fetch(routing, now)
    }

    /// Asks serve for the next entries of a replay, or ends it.
    private mutating func fetch(_ routing: Data, _ now: Int64) -> [Effect] {
        guard let session = sessions[routing], !session.isFetching, let window = session.replay else { return [] }
        let head = heads[session.department] ?? 0
        if window.isComplete(head: head) { return finish(routing, window, head) }
        guard window.allowance > 0 else { return [] }
        sessions[routing]?.isFetching = true
        let correlation = ask(
            Pending(routing: routing, request: window.request, purpose: .replay, since: now))
        return [
            .want(
                correlation: correlation,
                LinkWant(feed: session.department, after: window.next - 1, credit: window.allowance))
        ]
    }

    private mutating func replayed(_ joined: Data, _ question: Pending, _ now: Int64) -> [Effect] {
        guard var session = sessions[question.routing], var window = session.replay,
            window.request == question.request
        else { return [] }
        session.isFetching = false
        sessions[question.routing] = session
        guard let header = try? FeedHeader(bytes: Data(joined.prefix(FeedHeader.length))), header.kind == .entries,
            header.firstSequence == window.next, header.lastSequence >= header.firstSequence,
            header.lastSequence - header.firstSequence < UInt64(window.allowance)
        else {
            // Serve could not give them now: the reader learns the head and asks again later.
            return finish(question.routing, window, heads[session.department] ?? 0)
        }
        advance(session.department, to: header.headSequence)
        let count = Int(header.lastSequence - header.firstSequence) + 1
        window.sent(through: header.lastSequence, count: count, bytes: joined.count)
        sessions[question.routing]?.replay = window
        let events = ControlMessage(.events, request: window.request, body: joined)
        return [.send(routing: question.routing, events)] + fetch(question.routing, now)
    }

    private mutating func finish(_ routing: Data, _ window: ReplayWindow, _ head: UInt64) -> [Effect] {
        sessions[routing]?.replay = nil
        let done = ControlMessage(.done, request: window.request, json: HeadBody(headSeq: head))
        return [.send(routing: routing, done)]
    }

    // MARK: Answers and time

    private mutating func relay(_ answer: LinkAnswer, _ question: Pending) -> [Effect] {
        let routing = question.routing
        switch (question.purpose, answer) {
        case (.hello, .acknowledged):
            guard let session = sessions[routing] else { return [] }
            sessions[routing]?.isWelcome = true
            return [welcome(routing, question.request, session.department)]
        case (.acknowledge(let sequence), .acknowledged):
            sessions[routing]?.acknowledgementsPending -= 1
            let body = AcknowledgedBody(seq: sequence)
            return [.send(routing: routing, ControlMessage(.acknowledged, request: question.request, json: body))]
        case (.command, .sealed(let body)):
            return [.send(routing: routing, ControlMessage(.answer, request: question.request, body: body))]
        case (.command, .busy(let milliseconds)):
            let body = BusyBody(retryMs: Int(clamping: milliseconds))
            return [.send(routing: routing, ControlMessage(.busy, request: question.request, json: body))]
        case (_, .refused(let code)):
            if case .command = question.purpose {} else { sessions[routing] = nil }
            return [refusal(code, routing, question.request)]
        case (.hello, .sealed), (.hello, .busy), (.acknowledge, .sealed), (.acknowledge, .busy),
            (.command, .acknowledged), (.replay, _):
            // Serve could not say: the reader starts over.
            sessions[routing] = nil
            return [refusal(.rate, routing, question.request)]
        }
    }

    private mutating func expire(now: Int64) -> [Effect] {
        sessions = sessions.filter { now - $0.value.lastHeard < Self.sessionLifetime }
        var effects: [Effect] = []
        for (correlation, question) in pending where now - question.since >= Self.answerTimeout {
            pending[correlation] = nil
            if case .command = question.purpose {
                effects += relay(.busy(retryMilliseconds: UInt32(Self.retryMilliseconds)), question)
            } else {
                sessions[question.routing] = nil
                effects.append(refusal(.rate, question.routing, question.request))
            }
        }
        return effects
    }

    private mutating func makeRoom(for department: DepartmentCode) {
        let own = sessions.filter { $0.value.department == department }
        guard own.count >= Self.sessionsPerDepartment,
            let oldest = own.min(by: { $0.value.lastHeard < $1.value.lastHeard })
        else { return }
        sessions[oldest.key] = nil
    }

    private mutating func ask(_ question: Pending) -> UInt64 {
        let correlation = nextCorrelation
        // Odd numbers: the publishers of the same link ask with even ones.
        nextCorrelation += 2
        pending[correlation] = question
        return correlation
    }

    private func welcome(_ routing: Data, _ request: UInt64, _ department: DepartmentCode) -> Effect {
        let body = WelcomeBody(
            logId: config.logId, epoch: config.epoch, headSeq: heads[department] ?? 0, demo: config.demo,
            feedEndpoint: feedEndpoints[department] ?? "", limits: limits)
        return .send(routing: routing, ControlMessage(.welcome, request: request, json: body))
    }

    private func refusal(_ code: RefuseCode, _ routing: Data, _ request: UInt64) -> Effect {
        .send(routing: routing, ControlMessage(.refuse, request: request, json: RefuseBody(code: code)))
    }
}
