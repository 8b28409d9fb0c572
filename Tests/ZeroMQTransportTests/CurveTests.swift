import CZeroMQ
import FoundationEssentials
import Testing
import ZeroMQTransport

/// Who gets in, with real sockets on loopback.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CurveTests {
    @Test func `a department receives its own feed`() throws {
        let jiaoyu = try CurveKeyPair()
        let bench = try TransportBench(domains: ["feed.jiaoyu": [jiaoyu.publicKey: "jiaoyu"]])
        let (publisher, endpoint) = try bench.server(.publisher, domain: "feed.jiaoyu")
        let subscriber = try bench.client(.subscriber, jiaoyu, to: endpoint)
        var got: [Data] = []
        let arrived = try bench.pump {
            _ = try publisher.send([Data("od1/jiaoyu/".utf8), Data([1]), Data()])
            if let message = try subscriber.receive() { got = message.frames }
            return !got.isEmpty
        }
        #expect(arrived)
        #expect(got == [Data("od1/jiaoyu/".utf8), Data([1]), Data()])
        #expect(publisher.enforcesDomain())
    }

    @Test func `an unknown key is refused and receives nothing`() throws {
        let jiaoyu = try CurveKeyPair()
        let stranger = try CurveKeyPair()
        let bench = try TransportBench(domains: ["feed.jiaoyu": [jiaoyu.publicKey: "jiaoyu"]])
        let (publisher, endpoint) = try bench.server(.publisher, domain: "feed.jiaoyu")
        #expect(try refused(stranger, at: endpoint, publisher, bench))
        #expect(bench.decisions.allSatisfy { $0.user == nil })
    }

    @Test func `a key of another department is refused at this feed`() throws {
        let jiaoyu = try CurveKeyPair()
        let gongan = try CurveKeyPair()
        let bench = try TransportBench(domains: [
            "feed.jiaoyu": [jiaoyu.publicKey: "jiaoyu"], "feed.gongan": [gongan.publicKey: "gongan"],
        ])
        let (publisher, endpoint) = try bench.server(.publisher, domain: "feed.jiaoyu")
        #expect(try refused(gongan, at: endpoint, publisher, bench))
    }

    @Test(arguments: [ZMQ_NULL, ZMQ_PLAIN]) func `a client without CURVE receives nothing`(mechanism: Int32) throws {
        let jiaoyu = try CurveKeyPair()
        let bench = try TransportBench(domains: ["feed.jiaoyu": [jiaoyu.publicKey: "jiaoyu"]])
        let (publisher, endpoint) = try bench.server(.publisher, domain: "feed.jiaoyu")
        let context = try #require(zmq_ctx_new())
        let socket = try #require(zmq_socket(context, ZMQ_SUB))
        defer {
            zmq_close(socket)
            zmq_ctx_term(context)
        }
        var linger: Int32 = 0
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
        if mechanism == ZMQ_PLAIN {
            zmq_setsockopt(socket, ZMQ_PLAIN_USERNAME, "jiaoyu", 6)
            zmq_setsockopt(socket, ZMQ_PLAIN_PASSWORD, "jiaoyu", 6)
        }
        zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0)
        zmq_connect(socket, endpoint)
        // Its own department's client connects after it and is served: by then the other would have been, too.
        let witness = try bench.client(.subscriber, jiaoyu, to: endpoint)
        var heard = 0
        let served = try bench.pump {
            _ = try publisher.send([Data("od1/jiaoyu/".utf8), Data([1]), Data()])
            while try witness.receive() != nil { heard += 1 }
            return heard >= 20
        }
        #expect(served)
        var byte: UInt8 = 0
        #expect(zmq_recv(socket, &byte, 1, ZMQ_DONTWAIT) == -1)
    }

    @Test func `the router learns the department from CURVE`() throws {
        let jiaoyu = try CurveKeyPair()
        let bench = try TransportBench(domains: ["control": [jiaoyu.publicKey: "jiaoyu"]])
        let (router, endpoint) = try bench.server(.router, domain: "control")
        let dealer = try bench.client(.dealer, jiaoyu, to: endpoint)
        #expect(try dealer.send([Data("PING".utf8), Data(count: 8), Data()]) == .sent)
        var received: ZeroMQSocket.Received?
        let arrived = try bench.pump {
            if let message = try router.receive() { received = message }
            return received != nil
        }
        #expect(arrived)
        #expect(received?.userID == "jiaoyu")
        let routing = try #require(received?.frames.first)
        #expect(try router.send([routing, Data("PONG".utf8)]) == .sent)
        #expect(try router.send([Data([9, 9, 9]), Data("PONG".utf8)]) == .unreachable)
        var answer: [Data] = []
        let answered = try bench.pump {
            if let message = try dealer.receive() { answer = message.frames }
            return !answer.isEmpty
        }
        #expect(answered)
        #expect(answer == [Data("PONG".utf8)])
    }

    @Test func `a message above the limit ends the connection and reaches nobody`() throws {
        let jiaoyu = try CurveKeyPair()
        let bench = try TransportBench(domains: ["control": [jiaoyu.publicKey: "jiaoyu"]])
        let (router, endpoint) = try bench.server(.router, domain: "control")
        let dealer = try bench.client(.dealer, jiaoyu, to: endpoint)
        let monitor = try dealer.monitor()
        _ = try dealer.send([Data(count: 70_000)])
        let ended = try bench.pump {
            while let event = try monitor.next() { if event == .disconnected { return true } }
            return false
        }
        #expect(ended)
        #expect(try router.receive() == nil)
    }

    @Test func `a second authority in one context is an error`() throws {
        let bench = try TransportBench(domains: [:])
        #expect(throws: ZeroMQError.self) { _ = try ZAPHandler(in: bench.hubContext, registry: ZAPRegistry()) }
    }

    @Test func `a taken port is said to be taken`() throws {
        let bench = try TransportBench(domains: [:])
        let (_, endpoint) = try bench.server(.router, domain: "control")
        let second = try ZeroMQSocket(
            .router, in: bench.hubContext, security: .server(bench.serverKeys, domain: "control"),
            maximumMessage: 1024)
        do {
            _ = try second.bind(endpoint)
            Issue.record("bound twice")
        } catch {
            #expect(error.isAddressInUse)
            #expect(error.description.contains(endpoint))
        }
    }

    private func refused(
        _ keys: CurveKeyPair, at endpoint: String, _ publisher: ZeroMQSocket, _ bench: TransportBench
    ) throws -> Bool {
        let subscriber = try bench.client(.subscriber, keys, to: endpoint)
        let monitor = try subscriber.monitor()
        // Connecting may have gone ahead of the monitor: a second connection is watched from its beginning.
        try subscriber.connect(endpoint)
        let refused = try bench.pump {
            _ = try publisher.send([Data("od1/jiaoyu/".utf8), Data([1]), Data()])
            while let event = try monitor.next() { if event == .handshakeFailed { return true } }
            return false
        }
        #expect(try subscriber.receive() == nil)
        return refused
    }
}
