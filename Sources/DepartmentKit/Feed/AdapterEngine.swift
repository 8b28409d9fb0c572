package import EventSourcing
package import FeedProtocol
package import FoundationEssentials

/// What an adapter does about everything it hears: the subscriber machine, the opener, the store and the outbox together.
///
/// It owns no socket, thread or clock, so that a test can play the hub. Its store calls block; it runs on one thread.
package struct AdapterEngine {
    /// What the engine hears.
    package enum Input: Sendable {
        case start
        /// Frames from the control socket, or from the SUB socket.
        case control([Data])
        case feed([Data])
        case handshakeRefused
        /// A command was put into the outbox.
        case queued
        case tick
    }

    /// What is to be done with sockets, callers and people.
    package enum Action: Hashable, Sendable {
        case openControl
        /// A new SUB socket, connected there and subscribed to the department's topic.
        case openFeed(String)
        case close
        case send(ControlMessage)
        /// Everything there is has been applied by then, the hub's civil time: say which referrals have arrived.
        case confirm(Instant)
        /// The hub has decided a command.
        case settled(OutboxCommand)
        /// Worth a line in the log.
        case report(AdapterFault)
        /// Nothing more is done; a person must look.
        case stop(AdapterFault)
    }

    /// As the hub allows at once; more would only come back as BUSY.
    static let underWayLimit = 8
    /// An answer that takes longer is taken for lost, and the command sent again.
    static let answerLimit: Int64 = 30_000
    private static let rememberInterval: Int64 = 60_000

    private var machine: SubscriberMachine
    private var opener: SliceOpener
    private let store: any DepartmentStorePort
    private let department: DepartmentCode
    /// When each unanswered command was sent last, and not before when it may be sent again; monotonic milliseconds.
    private var sentAt: [UniqueID: Int64] = [:]
    private var notBefore: [UniqueID: Int64] = [:]
    private var hasPending = true
    private var hubTime: HubTime?
    private var rememberedAt: Int64?
    private var headSequence: UInt64?
    private var lastFault: AdapterFault?

    /// An engine that goes on where the store is.
    ///
    /// - Parameters:
    ///   - consumer: Name of this reader within the department.
    ///   - seed: For the jitter of reconnects.
    package init(
        sheet: HandOverSheet, keys: DepartmentSecrets, store: any DepartmentStorePort, consumer: String, seed: UInt64
    ) throws(AdapterFault) {
        opener = try SliceOpener(sheet: sheet, keys: keys)
        self.store = store
        department = sheet.department
        do {
            let cursor = try store.cursor()
            hubTime = try store.hubTime()
            machine = SubscriberMachine(
                department: sheet.department, logID: sheet.logID, consumer: consumer, cursor: cursor, seed: seed)
        } catch {
            throw AdapterFault(error)
        }
    }

    /// Takes one input.
    ///
    /// - Parameter now: Monotonic milliseconds.
    package mutating func step(_ input: Input, now: Int64) -> [Action] {
        switch input {
        case .start: return drive(.start, now)
        case .control(let frames): return drive(.control(frames), now) + pump(now)
        case .feed(let frames):
            if frames.count == 3, let header = try? FeedHeader(bytes: frames[1]) { headSequence = header.headSequence }
            return drive(.feed(frames), now) + pump(now)
        case .handshakeRefused:
            lastFault = .keyRefused
            return [.report(.keyRefused)] + drive(.handshakeRefused, now)
        case .queued:
            hasPending = true
            return pump(now)
        case .tick:
            for (id, sent) in sentAt where now - sent >= Self.answerLimit { sentAt[id] = nil }
            return drive(.tick, now) + pump(now)
        }
    }

    /// How the adapter is, for people.
    package var status: AdapterStatus {
        AdapterStatus(
            department: department, state: machine.state, cursor: machine.cursor, headSequence: headSequence,
            pending: (try? store.pendingCount()) ?? 0, hubTime: hubTime, fault: lastFault)
    }

    // MARK: Effects

    private mutating func drive(_ input: SubscriberMachine.Input, _ now: Int64) -> [Action] {
        var actions: [Action] = []
        var effects = machine.step(input, now: now)[...]
        while let effect = effects.popFirst() {
            switch effect {
            case .openControl: actions.append(.openControl)
            case .openFeed(let endpoint): actions.append(.openFeed(endpoint))
            case .close: actions.append(.close)
            case .send(let message): actions.append(.send(message))
            case .deliver(let entries, let block, let epoch):
                do {
                    let cursor = try apply(entries, block, epoch)
                    effects += machine.step(.applied(cursor), now: now)[...]
                    if case .live = machine.state { actions += confirmation }
                } catch {
                    lastFault = error
                    actions.append(.report(error))
                    effects += machine.step(.rejected, now: now)[...]
                }
            case .heard(let time): remember(time, now)
            case .answered(let id, let body): actions += answered(id, body, now)
            case .retry(let id, let milliseconds):
                sentAt[id] = nil
                notBefore[id] = now + Int64(milliseconds)
            case .undeliverable(let id, let code):
                actions += settle(id, .refused(code: "feed.\(code.rawValue)", field: "", remedy: Self.undeliverable))
            case .changed(let state): actions += changed(state)
            }
        }
        return actions
    }

    private static let undeliverable =
        "枢纽不接收该指令的格式或长度;请缩短或升级后重发 / the hub does not take these bytes; shorten them or upgrade"

    private mutating func apply(
        _ entries: [SealedEntry], _ block: KeyBlock, _ epoch: UniqueID
    ) throws(AdapterFault) -> AdapterCursor {
        let received = try opener.open(entries, block, epoch: epoch, after: machine.cursor)
        do {
            return try store.apply(received, epoch: epoch)
        } catch {
            throw AdapterFault(error)
        }
    }

    private mutating func changed(_ state: SubscriberMachine.State) -> [Action] {
        switch state {
        case .stopped(let reason):
            let fault: AdapterFault =
                if case .rejected = reason, let lastFault { lastFault } else {
                    AdapterFault(reason, cursor: machine.cursor)
                }
            lastFault = fault
            return [.stop(fault)]
        case .live:
            lastFault = nil
            hasPending = true
            return confirmation
        case .subscribing, .syncing:
            hasPending = true
            return []
        case .waiting, .connecting:
            return []
        }
    }

    /// Only once the copy is level with the hub: what is replayed may hold the word that was given long ago.
    private var confirmation: [Action] { hubTime.map { [.confirm($0.now)] } ?? [] }

    /// Kept so that an act asked for while the hub is away has a civil time; a real clock moves, so not at every beat.
    private mutating func remember(_ time: HubTime, _ now: Int64) {
        let isDue = rememberedAt.map { now - $0 >= Self.rememberInterval } ?? true
        let mustKeep = hubTime != time && (time.isDemo || isDue)
        hubTime = time
        guard mustKeep, (try? store.remember(time)) != nil else { return }
        rememberedAt = now
    }

    // MARK: Outbox

    private var isConnected: Bool {
        switch machine.state {
        case .subscribing, .syncing, .live: true
        case .waiting, .connecting, .stopped: false
        }
    }

    /// Sends what waits, oldest first, one at a time for each subject: accept must not overtake receive.
    private mutating func pump(_ now: Int64) -> [Action] {
        guard hasPending, isConnected else { return [] }
        let waiting: [OutboxCommand]
        do {
            waiting = try store.pendingCommands(limit: 64)
        } catch {
            let fault = AdapterFault(error)
            lastFault = fault
            return [.report(fault)]
        }
        hasPending = !waiting.isEmpty
        var actions: [Action] = []
        var subjects: Set<String> = []
        for command in waiting {
            let isFirst = subjects.insert(command.subject).inserted
            guard isFirst, sentAt.count < Self.underWayLimit, sentAt[command.id] == nil,
                now >= notBefore[command.id] ?? now
            else { continue }
            sentAt[command.id] = now
            notBefore[command.id] = nil
            actions += drive(.command(id: command.id, body: command.sealed), now)
        }
        return actions
    }

    private mutating func answered(_ id: UniqueID, _ body: Data, _ now: Int64) -> [Action] {
        guard let epoch = machine.cursor.epoch ?? machine.epoch else { return [] }
        do {
            return settle(id, try opener.answer(body, to: id, epoch: epoch))
        } catch {
            // Whoever answered was not the pinned hub: the command stays, and the true answer will come.
            let fault = AdapterFault(
                .badInput, code: "answer.notAuthentic", field: "command \(id)", chinese: "答复未通过核验,将重发指令",
                english: "the answer is not from the pinned hub; the command is sent again",
                remedy: "若反复出现,请中心检查 / if it goes on, ask the centre to look")
            sentAt[id] = nil
            notBefore[id] = now + 5000
            lastFault = fault
            return [.report(fault)]
        }
    }

    private mutating func settle(_ id: UniqueID, _ answer: CommandAnswer) -> [Action] {
        sentAt[id] = nil
        notBefore[id] = nil
        hasPending = true
        do {
            try store.settle(id, answer)
            return try store.command(id).map { [.settled($0)] } ?? []
        } catch {
            let fault = AdapterFault(error)
            lastFault = fault
            return [.report(fault)]
        }
    }
}
