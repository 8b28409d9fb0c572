import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import MerkleLog
import Testing
import ZeroMQTransport

@testable import DepartmentFeed

/// A department with real sockets around the subscriber machine; it keeps what it reads in memory.
final class DepartmentStub {
    let member: ServeStub.Member
    private let serve: ServeStub
    private let context: ZeroMQContext
    private let controlEndpoint: String
    private(set) var machine: SubscriberMachine
    private var control: ZeroMQSocket?
    private var feed: ZeroMQSocket?
    private(set) var texts: [String] = []
    private(set) var chain: Data
    private(set) var answers: [UniqueID: Data] = [:]
    private(set) var retries: [UniqueID: Int] = [:]
    private(set) var undeliverable: [UniqueID: RefuseCode] = [:]

    init(
        _ member: ServeStub.Member, of serve: ServeStub, cursor: AdapterCursor? = nil
    ) throws {
        self.member = member
        self.serve = serve
        context = try ZeroMQContext()
        controlEndpoint = try #require(serve.ready?.controlEndpoint)
        chain = FeedChain.start(logID: serve.scopeIDs.log.bytes, department: member.code.description)
        let start = AdapterCursor(epoch: nil, sequence: 0, chain: chain)
        machine = SubscriberMachine(
            department: member.code, logID: serve.scopeIDs.log, consumer: "test", cursor: cursor ?? start, seed: 1)
    }

    func step(_ input: SubscriberMachine.Input) throws {
        let now = Turn.now()
        var effects = machine.step(input, now: now)[...]
        while let effect = effects.popFirst() {
            switch effect {
            case .openControl:
                control = try client(.dealer)
                try control?.connect(controlEndpoint)
            case .openFeed(let endpoint):
                feed = try client(.subscriber)
                try feed?.subscribe(FeedScope.topic(of: member.code))
                try feed?.connect(endpoint)
            case .close:
                control = nil
                feed = nil
            case .send(let message):
                _ = try control?.send(message.frames)
            case .deliver(let entries, let block, _):
                effects += machine.step(.applied(try apply(entries, block)), now: now)
            case .answered(let id, let body): answers[id] = body
            case .retry(let id, let milliseconds): retries[id] = milliseconds
            case .undeliverable(let id, let code): undeliverable[id] = code
            case .heard, .changed: break
            }
        }
    }

    /// Hears everything that waits, then lets time pass.
    func turn() throws {
        while let message = try control?.receive() { try step(.control(message.frames)) }
        while let message = try feed?.receive() { try step(.feed(message.frames)) }
        try step(.tick)
    }

    private func apply(_ entries: [SealedEntry], _ block: KeyBlock) throws -> AdapterCursor {
        let scope = serve.scope(member.code)
        let key = try block.open(with: member.agreement, verifiedBy: serve.signing.publicKey, scope: scope)
        for entry in entries {
            texts.append(String(decoding: try entry.open(with: key, scope: scope), as: UTF8.self))
            chain = FeedChain.next(after: chain, sequence: entry.sequence, leaf: entry.leaf)
        }
        return AdapterCursor(epoch: scope.epoch, sequence: entries.last?.sequence ?? 0, chain: chain)
    }

    private func client(_ kind: ZeroMQSocket.Kind) throws -> ZeroMQSocket {
        try ZeroMQSocket(
            kind, in: context, security: .client(member.curve, serverKey: serve.serverKeys.publicKey),
            maximumMessage: 8 << 20)
    }
}
