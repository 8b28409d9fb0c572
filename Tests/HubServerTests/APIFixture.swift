import CaseDesk
import CaseViews
import EventSourcing
import Foundation
import HubAPI
import HubConsole
import HubServer
import HubTesting
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import RuleBook
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A hub with an empty casebook and the shipped rules, served on a real port while a test runs.
struct APIFixture: Sendable {
    let base: String
    let desk: CaseDesk
    let views: FixedViews
    let clock: PushedClock
    let journal: Journal

    /// 2023-09-06 10:00 +08:00, in the story of Danyang.
    static let now = Instant(milliseconds: 1_693_965_600_000)

    /// Starts a hub, gives it to the test, stops it.
    static func serve(
        views: FixedViews = FixedViews(), isDemo: Bool = true, isSecure: Bool = false,
        access: AccessTable = .api, _ body: @escaping @Sendable (APIFixture) async throws -> Void
    ) async throws {
        let clock = PushedClock(at: now)
        var generator = SeededGenerator(seed: 7)
        let identity = LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: isDemo)
        let log = InMemoryEventLog(identity: identity, clock: clock)
        try await publishRules(in: log, &generator)
        let journal = Journal()
        let logger = Logger(label: "test", factory: { _ in journal })
        let runner = ViewRunner(log: log, views: views, logger: logger)
        let desk = CaseDesk(
            log: log, keys: FixedKeys(logID: identity.logID), views: views, viewRunner: runner, clock: clock,
            hubCode: "DY", logger: logger)
        let console = try HubConsole(
            desk: desk, maskedName: { $0 == FixedViews.applicant ? FixedViews.maskedName : nil }, isSecure: isSecure,
            logger: logger)
        let router = HubRouter.make(
            desk: desk, api: HubAPI(desk: desk, access: access, past: FixedPast(views: views)), console: console,
            isSecure: isSecure)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) }, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await runner.run() }
            group.addTask { try await application.run() }
            var iterator = ports.makeAsyncIterator()
            let number = try #require(await iterator.next())
            _ = await desk.waitUntil(try await log.head().position)
            try await body(
                APIFixture(base: "http://127.0.0.1:\(number)", desk: desk, views: views, clock: clock, journal: journal)
            )
            group.cancelAll()
            // Being stopped is how both end here.
            while (try? await group.next()) != nil {}
        }
    }

    private static func publishRules(in log: InMemoryEventLog, _ generator: inout SeededGenerator) async throws {
        var book = RuleBook()
        var samples = EventSamples(generator: generator, logID: log.identity.logID)
        for command in try RuleFixture.shipped().commands {
            for decided in try book.decide(command) {
                let stored = decided.event.stored
                let data = String(decoding: try EventJSON.encode(stored.payload), as: UTF8.self)
                let event = try samples.event(stored.kind.rawValue, data: data, tags: decided.tags)
                _ = try await log.append(samples.append([event]))
                book.evolve(with: decided.event)
            }
        }
        generator = samples.generator
    }

    // MARK: Asking

    /// What came back.
    struct Answer {
        let status: Int
        let headers: [String: String]
        let data: Data

        var text: String { String(decoding: data, as: UTF8.self) }
        var json: JSONValue { (try? JSONDecoder().decode(JSONValue.self, from: data)) ?? .null }
        var code: String? { json["code"]?.text }

        subscript(header: String) -> String? { headers[header.lowercased()] }
    }

    /// Sends one request; redirects are not followed and cookies not kept.
    func send(
        _ method: String, _ path: String, as role: Role? = nil, headers: [String: String] = [:], body: Data? = nil
    ) async throws -> Answer {
        var request = URLRequest(url: try #require(URL(string: base + path)))
        request.httpMethod = method
        request.httpBody = body
        request.httpShouldHandleCookies = false
        if let role { request.setValue("Bearer \(FixedKeys.token(for: role))", forHTTPHeaderField: "Authorization") }
        // Foundation would ask for English by itself.
        request.setValue("zh-CN", forHTTPHeaderField: "Accept-Language")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let (data, response) = try await Self.session.data(for: request)
        let http = try #require(response as? HTTPURLResponse)
        var named: [String: String] = [:]
        for (name, value) in http.allHeaderFields { named["\(name)".lowercased()] = "\(value)" }
        return Answer(status: http.statusCode, headers: named, data: data)
    }

    func get(_ path: String, as role: Role? = nil, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, as: role, headers: headers)
    }

    /// Sends a command with a fresh id unless the headers bring one.
    func command(
        _ path: String, _ body: String, as role: Role = .dispatcher, headers: [String: String] = [:]
    ) async throws -> Answer {
        var all = ["Content-Type": "application/json", "Idempotency-Key": "01890a5d-ac96-774b-bcce-b302099a8057"]
        all.merge(headers) { $1 }
        return try await send("POST", "/v1/commands/\(path)", as: role, headers: all, body: Data(body.utf8))
    }

    /// Signs in at the console.
    ///
    /// - Returns: The value of a `Cookie` header.
    func cookie(for role: Role) async throws -> String {
        let form = Data("token=\(FixedKeys.token(for: role))".utf8)
        let answer = try await send(
            "POST", "/login", headers: ["Content-Type": "application/x-www-form-urlencoded"], body: form)
        return String(try #require(answer["set-cookie"]).prefix { $0 != ";" })
    }

    private static let session: URLSession = {
        let configuration = URLSessionConfiguration.ephemeral
        // Cookies are the tests' own business: a store would mix those of all hubs on this host.
        configuration.httpCookieStorage = nil
        configuration.httpShouldSetCookies = false
        configuration.httpCookieAcceptPolicy = .never
        return URLSession(configuration: configuration, delegate: RedirectsRefused(), delegateQueue: nil)
    }()
}

/// Lets a test see a redirect instead of where it leads.
private final class RedirectsRefused: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}

/// Everything the doors log, so that a test can see what they log and what they do not.
struct Journal: LogHandler {
    private let lines = NIOLockedValueBox<[String]>([])
    var logLevel = Logger.Level.debug
    var metadata: Logger.Metadata = [:]

    var messages: [String] { lines.withLockedValue { $0 } }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        lines.withLockedValue { $0.append("\(event.message) \(event.metadata ?? [:])") }
    }
}
