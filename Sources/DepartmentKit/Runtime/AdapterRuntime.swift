import Crypto
package import EventSourcing
package import FeedProtocol
import FoundationEssentials
package import Logging
import ServiceLifecycle
import ZeroMQTransport

/// A department's adapter while it runs: follows the feed, keeps the slice, carries commands to the hub.
package final class AdapterRuntime: Service {
    enum Wish: Sendable {
        /// The outbox has something new.
        case send
        case stop
    }

    /// What was last known of the hub when an act was asked for.
    package enum Outcome: Hashable, Sendable {
        case answered(OutboxCommand)
        /// Stored; it goes out once the hub can be reached.
        case waiting(OutboxCommand)
    }

    package let store: any DepartmentStorePort
    package let department: DepartmentCode
    private let sheet: HandOverSheet
    private let keys: DepartmentSecrets
    private let writer: CommandWriter
    private let post: PostCode?
    private let clock: any CivilClock
    private let logger: Logger
    private let inbox: Mailbox<Wish>
    private let desk = AnswerDesk()

    /// Takes everything an adapter needs; nothing runs yet.
    ///
    /// - Parameters:
    ///   - store: Opened for the department and log of the sheet.
    ///   - post: In whose name the adapter says that referrals have arrived; nothing means it never says so.
    ///   - clock: The department's own civil clock; a demo goes by the hub's instead.
    /// - Throws: ``AdapterFault`` when keys and sheet do not fit.
    package init(
        sheet: HandOverSheet, keys: DepartmentSecrets, store: any DepartmentStorePort, post: PostCode? = nil,
        clock: any CivilClock, logger: Logger
    ) throws(AdapterFault) {
        self.sheet = sheet
        self.keys = keys
        self.store = store
        self.post = post
        self.clock = clock
        self.logger = logger
        department = sheet.department
        writer = try CommandWriter(sheet: sheet, keys: keys)
        do {
            inbox = try Mailbox(capacity: 256)
        } catch {
            throw Self.transport(error)
        }
    }

    /// How it is; nothing before the first turn of its loop.
    package var status: AdapterStatus? { desk.status }

    /// Follows the feed until graceful shutdown or cancellation.
    ///
    /// - Throws: ``AdapterFault`` when a person must look: forked, altered, no feed, a store that cannot be written.
    package func run() async throws {
        let ended = try await withTaskCancellationOrGracefulShutdownHandler {
            try await DedicatedThread.run(named: "adapter") { [self] in follow() }
        } onCancelOrGracefulShutdown: {
            _ = self.inbox.put(.stop)
        }
        desk.close()
        if case .failure(let fault) = ended { throw fault }
    }

    /// Stores a command and carries it to the hub.
    ///
    /// - Parameters:
    ///   - head: Its `occurredAt` is kept when this id was stored before.
    ///   - patience: How long to wait for the answer, in milliseconds.
    /// - Returns: The answer, or the command as it waits in the outbox; either way it is on stable storage.
    /// - Throws: ``AdapterFault`` when it could not be stored.
    package func perform(
        _ head: CommandHead, _ payload: CommandPayload, patience: Int
    ) async throws(AdapterFault) -> Outcome {
        let command = try writer.write(head, payload, salt: Self.salt(), queuedAt: clock.now())
        let stored: OutboxCommand
        do {
            stored = try store.enqueue(command)
        } catch {
            throw AdapterFault(error)
        }
        if stored.answer != nil { return .answered(stored) }
        // A full mailbox holds the same wish already.
        _ = inbox.put(.send)
        let answered = await desk.answer(to: stored.id, until: SocketLoop.now() + Int64(patience)) {
            (try? store.command(stored.id)).flatMap { $0?.answer == nil ? nil : $0 }
        }
        return answered.map { .answered($0) } ?? .waiting(stored)
    }

    /// When an act happens that is asked for now.
    ///
    /// - Throws: ``AdapterFault`` while it is unknown whether the hub is a demo, whose clock is its own.
    package func civilNow() throws(AdapterFault) -> Instant {
        let heard: HubTime?
        do {
            heard = try store.hubTime()
        } catch {
            throw AdapterFault(error)
        }
        guard let heard else {
            throw AdapterFault(
                .tryAgain, code: "hub.timeUnknown", chinese: "尚未与枢纽连通过,不知道它的时间",
                english: "the hub has never been heard yet, so its time is unknown",
                remedy: "连通后再试,或给出 occurredAt / try again once connected, or give occurredAt")
        }
        return heard.isDemo ? heard.now : clock.now()
    }

    private static func salt() -> Data {
        var salt = Data(count: 16)
        var random = SystemRandomNumberGenerator()
        for index in salt.indices { salt[index] = UInt8.random(in: .min ... .max, using: &random) }
        return salt
    }

    /// Puts into the outbox, for each referral that has arrived, the word that it has; each word once.
    ///
    /// - Returns: Whether something was put in; what cannot be written now is said the next time.
    private func confirmArrivals(at instant: Instant) -> Bool {
        guard let post, let arrivals = try? store.arrivals(limit: 256) else { return false }
        var hasQueued = false
        for arrival in arrivals {
            do {
                let id = arrival.commandID(of: department)
                if try store.command(id) == nil {
                    let head = CommandHead(
                        id: id, type: DeliveryArrival.command, subject: "referral/\(arrival.referral)",
                        occurredAt: max(arrival.at, instant), actingPost: post)
                    let command = try writer.write(
                        head, CommandPayload(open: .object([:])), salt: Self.salt(), queuedAt: clock.now())
                    _ = try store.enqueue(command)
                    hasQueued = true
                }
                try store.noteConfirmed(arrival)
            } catch {
                logger.error(
                    "送达确认未能写入 / the word of an arrival could not be stored",
                    metadata: ["referral": "\(arrival.referral)", "error": "\(type(of: error))"])
                return hasQueued
            }
        }
        return hasQueued
    }

    /// The loop, on its own thread; the engine and the sockets are made and stay there.
    private func follow() -> Result<Void, AdapterFault> {
        do {
            let engine = try AdapterEngine(
                sheet: sheet, keys: keys, store: store, consumer: "adapter", seed: UInt64.random(in: .min ... .max))
            let pair = try CurveKeyPair(secretKey: keys.transport.rawRepresentation)
            let loop = try SocketLoop(
                engine: engine, sheet: sheet, keys: pair, inbox: inbox, desk: desk,
                confirm: { [self] in confirmArrivals(at: $0) }, logger: logger)
            return try loop.run().map { .failure($0) } ?? .success(())
        } catch let error as AdapterFault {
            return .failure(error)
        } catch let error as ZeroMQError {
            return .failure(Self.transport(error))
        } catch {
            return .failure(AdapterFault(.unavailable("\(type(of: error))")))
        }
    }

    private static func transport(_ error: ZeroMQError) -> AdapterFault {
        AdapterFault(
            .unreachable, code: "feed.transport", chinese: "传输层出错", english: "the transport failed: \(error)",
            remedy: "重新启动适配器;若反复出现请检查系统资源 / start again; if it goes on, check the system's resources")
    }
}
