import Crypto
import DepartmentKit
import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Logging
import NIOConcurrencyHelpers
import ServiceLifecycle
import Testing

/// Real sockets on loopback: adapter, its local socket, and a feed with a made-up serve behind it.
@Suite(.timeLimit(.minutes(5))) struct RuntimeTests {
    /// One adapter of a test, with everything it has on disk.
    private struct Bench {
        let store: DepartmentStore
        let runtime: AdapterRuntime
        let client: AdapterClient
        let server: LineServer
        private let place: TemporaryFolder

        /// - Parameter speaks: Whether the adapter says by itself that referrals have arrived.
        init(
            _ sheet: HandOverSheet, _ secrets: DepartmentSecrets, in place: TemporaryFolder, speaks: Bool = false
        ) throws {
            self.place = place
            let folder = AdapterFolder(place.path + "/d")
            _ = try folder.initialise(department: sheet.department)
            store = try DepartmentStore(folder: folder.path, department: sheet.department, logID: sheet.logID)
            var logger = Logger(label: "test.adapter")
            logger.logLevel = .critical
            let post = try #require(PostCode("jiaoyu/aid"))
            let runtime = try AdapterRuntime(
                sheet: sheet, keys: secrets, store: store, post: speaks ? post : nil, clock: PushedClock(),
                logger: logger)
            self.runtime = runtime
            let generator = NIOLockedValueBox(SeededGenerator(seed: 77))
            let control = AdapterControl(runtime: runtime, post: post) {
                generator.withLockedValue { $0.uniqueID() }
            }
            server = LineServer(path: folder.socket) { await control.answer($0) }
            client = AdapterClient(folder)
        }

        /// Runs adapter and socket while `body` does; then stops both.
        func run(_ body: (Bench) async throws -> Void) async throws {
            let group = ServiceGroup(
                configuration: .init(
                    services: [.init(service: runtime), .init(service: server)], logger: Logger(label: "test.group")))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await body(self)
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
            }
        }

        /// Asks for the status until it is as wanted; the test's time limit ends a wait in vain.
        func status(where isWanted: (AdapterStatus) -> Bool) async throws -> AdapterStatus {
            while true {
                try Task.checkCancellation()
                if let reply = try? await client.ask(AdapterRequest(act: "status")), let status = reply.status,
                    isWanted(status)
                {
                    return status
                }
                await Task.yield()
            }
        }

        func act(_ act: AdapterAct, _ change: (inout AdapterRequest) -> Void = { _ in }) async throws -> AdapterReply {
            var request = AdapterRequest(act)
            request.referral = "DY23-00001-R2"
            change(&request)
            return try await client.ask(request)
        }
    }

    @Test func `an adapter follows its feed over real sockets and its acts are answered`() async throws {
        let place = try TemporaryFolder()
        let hub = TestHub(script: try SliceScript.danyangEducation(), head: 1)
        let serve = try await SimulatedServe(hub)
        let bench = try Bench(serve.sheet, hub.secrets, in: place)
        try await bench.run { bench in
            _ = try await bench.status { $0.connection == .live && $0.sequence == 1 }
            let reply = try await bench.act(.receive)
            #expect(reply.result == .accepted)
            #expect(reply.position == 100)
            serve.change { $0.head = 5 }
            let status = try await bench.status { $0.sequence == 5 }
            #expect(status.hubTime == PushedClock.danyangMorning)
            #expect(status.isDemo)
            let shown = try await bench.client.ask(AdapterRequest(act: "inbox"))
            #expect(shown.inbox?.map(\.state) == [.inProgress])
            #expect(shown.inbox?.flatMap(\.parts).isEmpty == true)
            var question = AdapterRequest(act: "show")
            question.referral = "DY23-00001-R2"
            #expect(try await bench.client.ask(question).inbox?.first?.parts.count == 2)
            let progress = try await bench.act(.reportProgress) { request in
                request.open = .object(["stage": .string("contactMade")])
                request.note = "已联系学校"
                request.externalReference = "教办2023-17"
            }
            #expect(progress.result == .accepted)
        }
        let sent = serve.received
        #expect(sent.map(\.head.type) == ["ReceiveReferral", "ReportProgress"])
        #expect(sent.last?.head.occurredAt == PushedClock.danyangMorning)
        #expect(sent.last?.head.externalReference == "教办2023-17")
        #expect(sent.last?.payload.open == .object(["stage": .string("contactMade")]))
        #expect(sent.last?.payload.sealed.map(\.group) == [.narrative])
        #expect(serve.acknowledged.last == 5)
    }

    @Test func `§4.6: an adapter says by itself, once, that a referral lies in its store, and again after no restart`()
        async throws
    {
        let place = try TemporaryFolder()
        let hub = TestHub(script: try SliceScript.danyangEducation(), head: 1)
        let serve = try await SimulatedServe(hub)
        for _ in 1...2 {
            let bench = try Bench(serve.sheet, hub.secrets, in: place, speaks: true)
            try await bench.run { bench in
                _ = try await bench.status { $0.connection == .live && $0.sequence >= 1 && $0.pending == 0 }
                // A later act is answered after what was queued before it.
                #expect(try await bench.act(.receive).result == .accepted)
                #expect(try bench.store.arrivals(limit: 10).isEmpty)
            }
        }
        let words = serve.received.filter { $0.head.type == DeliveryArrival.command }
        #expect(words.map(\.head.subject) == ["referral/\(hub.script.referral)"])
        #expect(words.first?.head.actingPost.description == "jiaoyu/aid")
        #expect(words.first?.payload.open == .object([:]))
    }

    @Test func `a key the hub does not know is refused with a remedy, and nothing arrives`() async throws {
        let place = try TemporaryFolder()
        let hub = TestHub(script: try SliceScript.danyangEducation())
        let stranger = DepartmentSecrets().transport.publicKey.rawRepresentation
        let serve = try await SimulatedServe(hub, enrolled: [stranger])
        let bench = try Bench(serve.sheet, hub.secrets, in: place)
        try await bench.run { bench in
            let status = try await bench.status { $0.faultCode != nil }
            #expect(status.faultCode == "feed.keyRefused")
            #expect(status.fault?.contains("登记") == true)
            #expect(status.sequence == 0)
        }
    }

    @Test func `an act while the hub is away is stored, said to be, and goes out later`() async throws {
        let place = try TemporaryFolder()
        let hub = TestHub(script: try SliceScript.danyangEducation())
        let command = try #require(UniqueID("01890a5d-ac96-774b-bcce-b302099a8057"))
        do {
            let bench = try Bench(hub.sheet, hub.secrets, in: place)
            _ = try bench.store.apply(Array(hub.script.entries[0...0]), epoch: hub.epoch)
            try await bench.run { bench in
                _ = try await bench.status { _ in true }
                let unknown = try await bench.act(.receive) { $0.waitSeconds = 0 }
                #expect(unknown.result == .error)
                #expect(unknown.code == "hub.timeUnknown")
                let reply = try await bench.act(.receive) { request in
                    request.command = command
                    request.occurredAt = PushedClock.danyangMorning
                    request.waitSeconds = 0
                }
                #expect(reply.result == .waiting)
                #expect(reply.chinese == "已存,待连通后发出")
                #expect(try await bench.status { $0.pending == 1 }.isConnected == false)
            }
        }
        let serve = try await SimulatedServe(hub)
        let bench = try Bench(serve.sheet, hub.secrets, in: place)
        try await bench.run { bench in
            _ = try await bench.status { $0.connection == .live && $0.pending == 0 }
            let again = try await bench.act(.receive) { request in
                request.command = command
                request.occurredAt = PushedClock.danyangMorning
            }
            #expect(again.result == .accepted)
            let other = try await bench.act(.start) { $0.command = command }
            #expect(other.code == "command.otherBody")
        }
        #expect(serve.received.map(\.head.id) == [command])
    }

    @Test func `a line that is no request, an unknown act or referral is refused with its field`() async throws {
        let place = try TemporaryFolder()
        let hub = TestHub(script: try SliceScript.danyangEducation())
        let bench = try Bench(hub.sheet, hub.secrets, in: place)
        _ = try bench.store.apply(hub.script.entries, epoch: hub.epoch)
        try await bench.run { bench in
            _ = try await bench.status { _ in true }
            #expect(try await bench.client.ask(AdapterRequest(act: "dance")).code == "act.unknown")
            let missing = try await bench.client.ask(AdapterRequest(.accept))
            #expect(missing.code == "request.missingField")
            #expect(missing.field == "referral")
            let unknown = try await bench.act(.accept) { $0.referral = "DY23-00009-R1" }
            #expect(unknown.code == "referral.unknown")
            let foreign = try await bench.act(.accept) { $0.post = PostCode("fulian/office") }
            #expect(foreign.field == "post")
            let open = try await bench.act(.accept) { $0.open = .string("x") }
            #expect(open.field == "open")
            let wait = try await bench.act(.accept) { $0.waitSeconds = 1000 }
            #expect(wait.field == "waitSeconds")
            #expect(try bench.store.pendingCount() == 0)
        }
    }
}
