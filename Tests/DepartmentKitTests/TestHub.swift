import Crypto
import DepartmentKit
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting

/// A hub without sockets, log or database, that speaks the feed protocol to one department; it can also lie.
struct TestHub: Sendable {
    enum Lie: Hashable {
        case none
        /// The key block is signed by somebody else.
        case signature
        /// One bit of the second entry of each batch differs.
        case alteredEntry
        /// Two entries changed places.
        case swappedEntries
        /// The batch is sealed under another epoch than its header says.
        case sealedEpoch
        /// Answers are sealed and signed by somebody else.
        case answer
    }

    let signing = Curve25519.Signing.PrivateKey()
    let command = Curve25519.KeyAgreement.PrivateKey()
    let secrets = DepartmentSecrets()
    let department = SliceScript.department
    let key: FeedKey
    var script: SliceScript
    var epoch: UniqueID
    var lie = Lie.none
    /// Entries that exist by now.
    var head: Int
    var civilTime = PushedClock.danyangMorning
    /// What COMMAND is answered with; nothing means silence.
    var decide: @Sendable (SignedCommand) -> CommandAnswer? = { _ in .accepted(Position(100)) }
    var busy: Int?
    private(set) var commands: [SignedCommand] = []
    private(set) var commandBodies: [Data] = []
    private(set) var acknowledged: [UInt64] = []
    private(set) var hellos: [HelloBody] = []
    private(set) var replays: [ReplayBody] = []

    init(script: SliceScript, head: Int? = nil) {
        self.script = script
        epoch = script.epoch
        self.head = head ?? script.entries.count
        key = FeedKey(id: Data(repeating: 9, count: 8), key: SymmetricKey(size: .bits256))
    }

    var sheet: HandOverSheet {
        HandOverSheet(
            department: department, logID: SliceScript.logID, controlEndpoint: "tcp://127.0.0.1:1",
            serverKey: Data(repeating: 1, count: 32), signingKey: signing.publicKey.rawRepresentation,
            commandKey: command.publicKey.rawRepresentation)
    }

    private func scope(_ epoch: UniqueID) -> FeedScope {
        FeedScope(logID: SliceScript.logID, epoch: epoch, department: department)
    }

    func keyBlock(by signer: Curve25519.Signing.PrivateKey? = nil, epoch other: UniqueID? = nil) throws -> KeyBlock {
        try KeyBlock(
            wrapping: key, for: secrets.agreement.publicKey, signedBy: signer ?? signing, scope: scope(other ?? epoch))
    }

    func header(_ kind: FeedHeader.Kind) -> FeedHeader {
        FeedHeader(
            kind: kind, isDemo: true, count: 0, firstSequence: 0, lastSequence: 0, headSequence: UInt64(head),
            headPosition: Position(UInt64(head) * 3), civilTime: civilTime, epoch: epoch)
    }

    /// Entries `first` through `last`, numbered from 1.
    func batch(_ first: Int, _ last: Int) throws -> FeedBatch {
        var generator = script.generator
        let sealedEpoch = lie == .sealedEpoch ? generator.uniqueID() : epoch
        var contents = Array(script.entries[(first - 1)...(last - 1)])
        if lie == .swappedEntries, contents.count > 1 { contents.swapAt(0, 1) }
        let entries = try contents.enumerated().map { index, entry in
            try SealedEntry(
                sealing: entry.event, sequence: UInt64(first + index),
                position: script.entries[first - 1 + index].position, leaf: entry.leaf,
                nonce: AES.GCM.Nonce(data: generator.bytes(12)), key: key, scope: scope(sealedEpoch))
        }
        let block = try keyBlock(
            by: lie == .signature ? Curve25519.Signing.PrivateKey() : nil, epoch: sealedEpoch)
        let honest = try FeedBatch(header: header(.entries), keyBlock: block, entries: entries)
        guard lie == .alteredEntry else { return honest }
        var bytes = honest.joined
        bytes[bytes.count - 20] ^= 1
        return try FeedBatch(joined: bytes)
    }

    func feedFrames(_ first: Int, _ last: Int) throws -> [Data] {
        let batch = try batch(first, last)
        return [scope(epoch).topic, batch.header.bytes, batch.body]
    }

    var heartbeat: [Data] { [scope(epoch).topic, header(.heartbeat).bytes, Data()] }

    /// What the hub says to one message on the control connection.
    mutating func answer(_ message: ControlMessage) throws -> [ControlMessage] {
        switch message.verb {
        case .hello:
            let hello = try ControlJSON.decode(HelloBody.self, from: message.body)
            hellos.append(hello)
            // As serve does: where a reader stands is an acknowledgement.
            if hello.seq > 0 { acknowledged.append(hello.seq) }
            return [
                ControlMessage(
                    .welcome, request: message.request,
                    json: WelcomeBody(
                        logId: SliceScript.logID, epoch: epoch, headSeq: UInt64(head), demo: true,
                        feedEndpoint: "tcp://127.0.0.1:2"))
            ]
        case .replay:
            let wanted = try ControlJSON.decode(ReplayBody.self, from: message.body)
            replays.append(wanted)
            var answers: [ControlMessage] = []
            var next = Int(wanted.from)
            while next <= head {
                let last = min(next + 1, head)
                answers.append(ControlMessage(.events, request: message.request, body: try batch(next, last).joined))
                next = last + 1
            }
            let done = HeadBody(headSeq: UInt64(head))
            return answers + [ControlMessage(.done, request: message.request, json: done)]
        case .acknowledge:
            let body = try ControlJSON.decode(AcknowledgeBody.self, from: message.body)
            guard body.chain.bytes == script.entries[Int(body.seq) - 1].chain else {
                return [ControlMessage(.refuse, request: message.request, json: RefuseBody(code: .forked))]
            }
            acknowledged.append(body.seq)
            return [ControlMessage(.acknowledged, request: message.request, json: AcknowledgedBody(seq: body.seq))]
        case .ping:
            return [ControlMessage(.pong, request: message.request, json: HeadBody(headSeq: UInt64(head)))]
        case .command: return try decided(message)
        case .credit, .bye: return []
        case .welcome, .refuse, .events, .done, .acknowledged, .pong, .answer, .busy: return []
        }
    }

    private mutating func decided(_ message: ControlMessage) throws -> [ControlMessage] {
        if let retryMs = busy {
            busy = nil
            return [ControlMessage(.busy, request: message.request, json: BusyBody(retryMs: retryMs))]
        }
        guard let body = try sealedAnswer(to: message.body) else { return [] }
        return [ControlMessage(.answer, request: message.request, body: body)]
    }

    /// The ANSWER body to a COMMAND body; nothing when the hub decides to be silent.
    mutating func sealedAnswer(to commandBody: Data) throws -> Data? {
        let opened = try SignedCommand.open(
            commandBody, with: command, departmentKeys: [secrets.signing.publicKey],
            scope: CommandScope(logID: SliceScript.logID, department: department)
        ).command
        commandBodies.append(commandBody)
        commands.append(opened)
        guard let answer = decide(opened) else { return nil }
        var generator = script.generator
        return try answer.seal(
            commandID: opened.head.id, key: key,
            keyBlock: keyBlock(by: lie == .answer ? Curve25519.Signing.PrivateKey() : nil),
            nonce: AES.GCM.Nonce(data: generator.bytes(12)), logID: SliceScript.logID)
    }

    mutating func note(acknowledged sequence: UInt64) {
        acknowledged.append(sequence)
    }
}

/// An engine and a hub that hear each other, on a clock that the test moves.
struct EngineBench {
    var hub: TestHub
    var engine: AdapterEngine
    var now: Int64 = 0
    /// Whether messages pass; else both sides speak into the dark.
    var isConnected = true
    private(set) var settled: [OutboxCommand] = []
    private(set) var confirmedAt: [Instant] = []
    private(set) var reports: [AdapterFault] = []
    private(set) var stopped: AdapterFault?

    init(_ hub: TestHub, _ store: any DepartmentStorePort) throws {
        self.hub = hub
        engine = try AdapterEngine(sheet: hub.sheet, keys: hub.secrets, store: store, consumer: "test", seed: 1)
    }

    mutating func start() throws {
        try step(.start)
        try beat()
    }

    mutating func beat() throws {
        if isConnected { try step(.feed(hub.heartbeat)) }
    }

    /// Lets time pass in ticks of a tenth of a second, with a heartbeat each second.
    mutating func pass(seconds: Int) throws {
        for tick in 0..<seconds * 10 {
            now += 100
            try step(.tick)
            if tick % 10 == 9 { try beat() }
        }
    }

    mutating func step(_ input: AdapterEngine.Input) throws {
        var waiting = engine.step(input, now: now)[...]
        while let action = waiting.popFirst() {
            switch action {
            case .openControl, .openFeed, .close: break
            case .send(let message):
                guard isConnected else { continue }
                for answer in try hub.answer(message) {
                    waiting += engine.step(.control(answer.frames), now: now)[...]
                }
            case .confirm(let instant): confirmedAt.append(instant)
            case .settled(let command): settled.append(command)
            case .report(let fault): reports.append(fault)
            case .stop(let fault): stopped = fault
            }
        }
    }
}
