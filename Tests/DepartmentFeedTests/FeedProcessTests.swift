import EventSourcing
import FeedProtocol
import Foundation
import Glibc
import Logging
import Testing
import ZeroMQTransport

@testable import DepartmentFeed

/// The whole feed process on a thread of its own, with real sockets, a played serve and played departments.
@Suite(.serialized, .timeLimit(.minutes(5))) struct FeedProcessTests {
    /// Runs a feed beside `body`, which plays serve and departments on this thread, and closes the link after it.
    private func running(
        _ serve: ServeStub, config: LinkConfig? = nil, secret: String? = nil,
        _ body: @escaping @Sendable (Stage) throws -> Void
    ) async throws -> FeedEnd {
        let process = FeedProcess(
            link: serve.feedEnd, secretPath: secret ?? serve.secretPath,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        serve.send(LinkFrame(.config, json: config ?? serve.config()))
        // Proof: the stub is handed over to the stage's thread whole; nobody else touches it until that thread has ended.
        nonisolated(unsafe) let stub = serve
        async let played: Result<Void, any Error> = DedicatedThread.run(named: "stage") {
            let stage = Stage(serve: stub)
            defer { stub.closeLink() }
            return Result { try body(stage) }
        }
        let end = try await DedicatedThread.run(named: "feed") { process.run() }
        try await played.get()
        return end
    }

    @Test func `a department that comes late gets every entry once and in order, then follows live`() async throws {
        let serve = try ServeStub(["jiaoyu", "gongan"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        for number in 1...600 { try serve.append("entry \(number)", for: jiaoyu) }
        let end = try await running(serve) { stage in
            let serve = stage.serve
            try stage.waitForReady()
            let department = try stage.department(jiaoyu)
            #expect(try stage.until { department.machine.state == .live && department.texts.count == 600 })
            for number in 601...700 {
                try serve.append("entry \(number)", for: jiaoyu)
                serve.ring()
            }
            #expect(try stage.until { department.texts.count >= 700 })
            #expect(department.texts == (1...700).map { "entry \($0)" })
            #expect(try stage.until { serve.acknowledgements.last?.seq == 700 })
            #expect(department.chain == serve.chains[jiaoyu]?.last)
        }
        #expect(end == .done)
    }

    @Test func `no department hears of another's entries`() async throws {
        let serve = try ServeStub(["jiaoyu", "gongan"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        let gongan = try #require(DepartmentCode("gongan"))
        _ = try await running(serve) { stage in
            try stage.waitForReady()
            let one = try stage.department(jiaoyu)
            let other = try stage.department(gongan)
            #expect(try stage.until { one.machine.state == .live && other.machine.state == .live })
            for number in 1...20 {
                try stage.serve.append("for jiaoyu \(number)", for: jiaoyu)
                try stage.serve.append("for gongan \(number)", for: gongan)
                stage.serve.ring()
            }
            #expect(try stage.until { one.texts.count == 20 && other.texts.count == 20 })
            #expect(one.texts.allSatisfy { $0.hasPrefix("for jiaoyu") })
            #expect(other.texts.allSatisfy { $0.hasPrefix("for gongan") })
        }
    }

    @Test func `a stranger's key and another department's key hear nothing`() async throws {
        let serve = try ServeStub(["jiaoyu", "gongan"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        let gongan = try #require(DepartmentCode("gongan"))
        _ = try await running(serve) { stage in
            try stage.waitForReady()
            let endpoint = try #require(stage.serve.ready?.feedEndpoints["jiaoyu"])
            let context = try ZeroMQContext()
            let foreign = try [CurveKeyPair(), #require(stage.serve.members[gongan]).curve].map { keys in
                let socket = try ZeroMQSocket(
                    .subscriber, in: context,
                    security: .client(keys, serverKey: stage.serve.serverKeys.publicKey), maximumMessage: 8 << 20)
                try socket.subscribe(Data())
                let monitor = try socket.monitor()
                try socket.connect(endpoint)
                return (socket, monitor)
            }
            for (socket, monitor) in foreign {
                #expect(
                    try stage.until {
                        while let event = try monitor.next() { if event == .handshakeFailed { return true } }
                        return false
                    })
                #expect(try socket.receive() == nil)
            }
            let department = try stage.department(jiaoyu)
            try stage.serve.append("secret", for: jiaoyu)
            stage.serve.ring()
            #expect(try stage.until { department.texts == ["secret"] })
            for (socket, _) in foreign { #expect(try socket.receive() == nil) }
        }
    }

    @Test func `a copy of another history is told that it forked`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        try serve.append("ours", for: jiaoyu)
        _ = try await running(serve) { stage in
            try stage.waitForReady()
            let cursor = AdapterCursor(
                epoch: stage.serve.scopeIDs.epoch, sequence: 1, chain: Data(repeating: 7, count: 32))
            let department = try stage.department(jiaoyu, cursor: cursor)
            #expect(try stage.until { department.machine.state == .stopped(.forked) })
            let ahead = AdapterCursor(
                epoch: stage.serve.scopeIDs.epoch, sequence: 2, chain: Data(repeating: 7, count: 32))
            let second = try stage.department(jiaoyu, cursor: ahead)
            #expect(try stage.until { second.machine.state == .stopped(.forked) })
        }
    }

    @Test func `commands reach serve as they are and its answer comes back`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        serve.answer = .sealed(Data("sealed answer".utf8))
        _ = try await running(serve) { stage in
            try stage.waitForReady()
            let department = try stage.department(jiaoyu)
            #expect(try stage.until { department.machine.state == .live })
            let first = try #require(UniqueID(bytes: 1...16))
            let body = Data(repeating: 5, count: 500)
            try department.step(.command(id: first, body: body))
            #expect(try stage.until { department.answers[first] == Data("sealed answer".utf8) })
            #expect(stage.serve.commands == [LinkCommand(department: jiaoyu, body: body)])
            stage.serve.answer = .busy(retryMilliseconds: 250)
            let second = try #require(UniqueID(bytes: 2...17))
            try department.step(.command(id: second, body: body))
            #expect(try stage.until { department.retries[second] == 250 })
            let third = try #require(UniqueID(bytes: 3...18))
            try department.step(.command(id: third, body: Data(count: 10)))
            #expect(try stage.until { department.undeliverable[third] == .malformed })
        }
    }

    @Test func `a key that is taken away loses its connection, the others keep theirs`() async throws {
        let serve = try ServeStub(["jiaoyu", "gongan"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        let gongan = try #require(DepartmentCode("gongan"))
        _ = try await running(serve) { stage in
            try stage.waitForReady()
            let leaving = try stage.department(gongan)
            let staying = try stage.department(jiaoyu)
            #expect(try stage.until { leaving.machine.state == .live && staying.machine.state == .live })
            stage.serve.remove(gongan)
            stage.serve.send(LinkFrame(.config, json: stage.serve.config()))
            #expect(try stage.until { stage.serve.readyCount == 2 })
            #expect(try stage.until { leaving.machine.state != .live })
            try stage.serve.append("after", for: jiaoyu)
            stage.serve.ring()
            #expect(try stage.until { staying.texts == ["after"] && staying.machine.state == .live })
            #expect(leaving.machine.state != .live)
        }
    }

    @Test func `heartbeats come without entries and carry the hub's time`() async throws {
        let serve = try ServeStub(["jiaoyu"])
        let jiaoyu = try #require(DepartmentCode("jiaoyu"))
        _ = try await running(serve) { stage in
            try stage.waitForReady()
            let member = try #require(stage.serve.members[jiaoyu])
            let context = try ZeroMQContext()
            let socket = try ZeroMQSocket(
                .subscriber, in: context,
                security: .client(member.curve, serverKey: stage.serve.serverKeys.publicKey), maximumMessage: 8 << 20)
            try socket.subscribe(FeedScope.topic(of: jiaoyu))
            try socket.connect(try #require(stage.serve.ready?.feedEndpoints["jiaoyu"]))
            var beats: [FeedHeader] = []
            var bodies: [Data] = []
            let heard = try stage.until {
                while let message = try socket.receive(), message.frames.count == 3 {
                    beats.append(try FeedHeader(bytes: message.frames[1]))
                    bodies.append(message.frames[2])
                }
                return beats.count >= 2
            }
            #expect(heard)
            #expect(bodies.allSatisfy { $0.isEmpty })
            #expect(beats.allSatisfy { $0.kind == .heartbeat && $0.isDemo && $0.headPosition == Position(9) })
            #expect(beats.allSatisfy { $0.civilTime == Instant(milliseconds: 1_692_061_200_000) })
        }
    }
}
