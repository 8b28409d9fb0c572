package import EventSourcing
package import FoundationEssentials

/// A department's side of its feed: connect, introduce itself, catch up, follow, notice every loss.
///
/// It hands over entries in order, without a hole and without a repeat, still sealed; whoever runs it opens, checks and
/// stores them and says ``Input/applied(_:)``. Chance (for the jitter) comes from a seed, time as monotonic milliseconds.
package struct SubscriberMachine: Sendable {
    /// How far it is.
    package enum State: Hashable, Sendable {
        /// Waits before the next attempt.
        case waiting
        /// HELLO is out.
        case connecting
        /// SUB is connected, nothing heard on it yet.
        case subscribing
        /// A replay is under way.
        case syncing
        case live
        /// A person must look; nothing is tried any more.
        case stopped(StopReason)
    }

    /// Why nothing is tried any more.
    package enum StopReason: Hashable, Sendable {
        /// The hub's log is not the one this copy came from.
        case forked
        /// The hub speaks no version we know.
        case version
        /// The hub has no feed for this department.
        case feed
        /// The one who applies entries refused one of them.
        case rejected
    }

    /// What can happen to it.
    package enum Input: Sendable {
        case start
        /// Frames from the control socket.
        case control([Data])
        /// Frames from the SUB socket: topic, header, body.
        case feed([Data])
        /// Everything up to the cursor is stored.
        case applied(AdapterCursor)
        /// A delivered entry could not be opened, or did not continue the chain.
        case rejected
        /// The transport reports a refused handshake: libzmq never tries again by itself.
        case handshakeRefused
        /// Send a sealed command; its outcome comes as an effect with the same id.
        case command(id: UniqueID, body: Data)
        case tick
    }

    /// What it wants done, in this order.
    package enum Effect: Hashable, Sendable {
        /// Make a new control socket; an old one is closed first.
        case openControl
        /// Make a new SUB socket connected here, subscribed to the department's topic.
        case openFeed(String)
        /// Close both sockets.
        case close
        case send(ControlMessage)
        /// Open, check and store these; then say `applied` or `rejected`.
        case deliver([SealedEntry], KeyBlock, epoch: UniqueID)
        /// The hub's civil time, of every message heard.
        case heard(HubTime)
        /// The sealed ANSWER to a command.
        case answered(id: UniqueID, body: Data)
        /// The command did not reach a decision: send it again after so many milliseconds.
        case retry(id: UniqueID, milliseconds: Int)
        /// The hub will never take these bytes.
        case undeliverable(id: UniqueID, RefuseCode)
        case changed(State)
    }

    package static let bufferLimit = 1000
    static let silenceLimit: Int64 = 3000
    static let answerLimit: Int64 = 3000
    static let replayLimit: Int64 = 10_000
    static let pingInterval: Int64 = 5000
    static let credit = 256

    let department: DepartmentCode
    let logID: UniqueID
    let consumer: String
    package internal(set) var state = State.waiting
    /// What is stored.
    package internal(set) var cursor: AdapterCursor
    /// Last entry handed over; runs ahead of the cursor until `applied`.
    var delivered: UInt64
    /// The epoch of the last WELCOME; answers are bound to it.
    package internal(set) var epoch: UniqueID?
    var request: UInt64 = 0
    var helloRequest: UInt64?
    var replayRequest: UInt64?
    var acknowledging: (request: UInt64, sequence: UInt64)?
    var acknowledged: UInt64 = 0
    var commands: [UInt64: UniqueID] = [:]
    var buffer: [FeedBatch] = []
    var bufferedCount = 0
    var beatsBehind = 0
    /// Entries of the current replay that are delivered but not credited yet.
    var uncredited = 0
    var deadline: Int64?
    var lastFeedAt: Int64 = 0
    var lastControlAt: Int64 = 0
    var pingAt: Int64?
    var failures = 0
    private var jitter: UInt64

    /// A machine that starts with what is stored.
    ///
    /// - Parameters:
    ///   - logID: From the hand-over sheet, never from the wire.
    ///   - consumer: Name of this reader within the department, 1 through 64 bytes.
    ///   - seed: For the jitter of reconnects only.
    package init(
        department: DepartmentCode, logID: UniqueID, consumer: String, cursor: AdapterCursor, seed: UInt64
    ) {
        precondition((1...64).contains(consumer.utf8.count), "a consumer's name has 1 to 64 bytes")
        self.department = department
        self.logID = logID
        self.consumer = consumer
        self.cursor = cursor
        delivered = cursor.sequence
        epoch = cursor.epoch
        jitter = seed
    }

    /// Takes one input.
    ///
    /// - Parameter now: Monotonic milliseconds.
    package mutating func step(_ input: Input, now: Int64) -> [Effect] {
        if case .stopped = state {
            if case .command(let id, _) = input { return [.retry(id: id, milliseconds: 60_000)] }
            return []
        }
        switch input {
        case .start: return connect(now)
        case .control(let frames): return hear(control: frames, now)
        case .feed(let frames): return hear(feed: frames, now)
        case .applied(let cursor): return applied(cursor)
        case .rejected: return stop(.rejected)
        case .handshakeRefused: return retreat(now)
        case .command(let id, let body): return submit(id, body, now)
        case .tick: return tick(now)
        }
    }

    // MARK: Connection

    private mutating func connect(_ now: Int64) -> [Effect] {
        request += 1
        helloRequest = request
        lastControlAt = now
        deadline = now + Self.answerLimit
        let body = HelloBody(
            feed: department, consumer: consumer, epoch: cursor.epoch, seq: cursor.sequence,
            chain: cursor.sequence == 0 ? nil : HexBytes(cursor.chain))
        return [.openControl] + change(.connecting) + [.send(ControlMessage(.hello, request: request, json: body))]
    }

    /// Drops both connections and waits a while, longer after each failure in a row.
    mutating func retreat(_ now: Int64, atLeast minimum: Int64 = 200) -> [Effect] {
        let ceiling = max(minimum, min(10_000, 200 << Int64(min(failures, 6))))
        failures += 1
        // SplitMix64: half of the time fixed, half by chance, so that departments do not come back together.
        jitter &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (jitter ^ (jitter >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        mixed ^= mixed >> 31
        deadline = now + ceiling / 2 + Int64(mixed % UInt64(ceiling / 2 + 1))
        return forget() + change(.waiting)
    }

    mutating func stop(_ reason: StopReason) -> [Effect] {
        forget() + change(.stopped(reason))
    }

    /// Forgets everything that belongs to the connections.
    private mutating func forget() -> [Effect] {
        let unanswered = commands.values.sorted().map { Effect.retry(id: $0, milliseconds: 1000) }
        commands = [:]
        helloRequest = nil
        replayRequest = nil
        acknowledging = nil
        buffer = []
        bufferedCount = 0
        beatsBehind = 0
        uncredited = 0
        pingAt = nil
        return [.close] + unanswered
    }

    mutating func change(_ next: State) -> [Effect] {
        guard state != next else { return [] }
        state = next
        if next == .live { failures = 0 }
        return [.changed(next)]
    }

    private mutating func tick(_ now: Int64) -> [Effect] {
        switch state {
        case .stopped: return []
        case .waiting:
            guard let deadline, now >= deadline else { return [] }
            return connect(now)
        case .connecting, .subscribing:
            guard let deadline, now >= deadline else { return [] }
            return retreat(now)
        case .syncing, .live:
            if now - lastFeedAt >= Self.silenceLimit { return retreat(now) }
            if let pingAt, now - pingAt >= Self.answerLimit { return retreat(now) }
            if state == .syncing, let deadline, now >= deadline { return retreat(now) }
            guard pingAt == nil, now - lastControlAt >= Self.pingInterval else { return [] }
            pingAt = now
            request += 1
            // An acknowledgement that nobody answered in such a silence is lost; the next one covers it.
            acknowledging = nil
            return [.send(ControlMessage(.ping, request: request))] + acknowledge()
        }
    }

    // MARK: Commands and acknowledgements

    private mutating func submit(_ id: UniqueID, _ body: Data, _ now: Int64) -> [Effect] {
        switch state {
        case .subscribing, .syncing, .live:
            request += 1
            commands[request] = id
            return [.send(ControlMessage(.command, request: request, body: body))]
        case .waiting, .connecting, .stopped:
            return [.retry(id: id, milliseconds: 1000)]
        }
    }

    private mutating func applied(_ cursor: AdapterCursor) -> [Effect] {
        self.cursor = cursor
        delivered = max(delivered, cursor.sequence)
        var effects: [Effect] = []
        if let replayRequest, uncredited > 0 {
            let body = CreditBody(n: uncredited)
            effects.append(.send(ControlMessage(.credit, request: replayRequest, json: body)))
        }
        uncredited = 0
        return effects + acknowledge()
    }

    /// One acknowledgement under way at a time; the next one covers all since.
    mutating func acknowledge() -> [Effect] {
        switch state {
        case .syncing, .live:
            guard acknowledging == nil, cursor.sequence > acknowledged else { return [] }
            request += 1
            acknowledging = (request, cursor.sequence)
            let body = AcknowledgeBody(seq: cursor.sequence, chain: HexBytes(cursor.chain))
            return [.send(ControlMessage(.acknowledge, request: request, json: body))]
        case .waiting, .connecting, .subscribing, .stopped:
            return []
        }
    }
}
