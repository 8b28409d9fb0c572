import EventSourcing
import FeedProtocol
import FoundationEssentials
import ZeroMQTransport

/// The feed's sockets: one PUB and ZAP domain a department, one ROUTER for control, the ZAP handler before all.
final class FeedSockets {
    private struct Publisher {
        let socket: ZeroMQSocket
        /// As bound, `tcp://0.0.0.0:7401`.
        let endpoint: String
        let keys: [HexBytes]
    }

    static let controlDomain = "control"
    /// Domain of the self-test: its key is good here and nowhere else.
    static let testDomain = "selftest"
    private static let maximumRequest: Int64 = 64 << 10

    let context: ZeroMQContext
    let authentication: ZAPHandler
    private let serverKeys: CurveKeyPair
    private var publishers: [DepartmentCode: Publisher] = [:]
    private(set) var router: ZeroMQSocket
    private(set) var controlEndpoint: String
    private var config: LinkConfig

    /// Binds everything, or nothing stays bound.
    ///
    /// - Throws: ``FeedEnd``; `tryAgain` when a port is taken, naming it.
    init(config: LinkConfig, serverKeys: CurveKeyPair) throws(FeedEnd) {
        self.config = config
        self.serverKeys = serverKeys
        do {
            context = try ZeroMQContext()
            authentication = try ZAPHandler(in: context, registry: Self.registry(config))
        } catch {
            throw FeedEnd(.unsafe, field: "ZAP", chinese: "无法建立准入检查", english: "no admission check: \(error)")
        }
        (router, controlEndpoint) = try Self.bind(
            .router, domain: Self.controlDomain, at: "tcp://\(config.bindAddress):\(config.controlPort)", context,
            serverKeys)
        for department in config.departments { try open(department) }
    }

    static func domain(of department: DepartmentCode) -> String { "feed.\(department)" }

    /// Where departments reach a feed, by code.
    var feedEndpoints: [DepartmentCode: String] {
        publishers.mapValues { announced($0.endpoint) }
    }

    var announcedControlEndpoint: String { announced(controlEndpoint) }

    /// Endpoints with their domains as bound: for the self-test.
    var bound: [(domain: String, endpoint: String)] {
        [(Self.controlDomain, controlEndpoint)]
            + publishers.sorted { $0.key < $1.key }.map { (Self.domain(of: $0.key), $0.value.endpoint) }
    }

    var allEnforceDomains: Bool {
        router.enforcesDomain() && publishers.values.allSatisfy { $0.socket.enforcesDomain() }
    }

    /// Sends a feed message; a department nobody listens to loses it, and replays later.
    func publish(_ department: DepartmentCode, header: Data, body: Data) throws(ZeroMQError) {
        _ = try publishers[department]?.socket.send([FeedScope.topic(of: department), header, body])
    }

    /// Lets PUB sockets attach new subscribers even while nothing is sent.
    func processEvents() {
        for publisher in publishers.values { publisher.socket.processEvents() }
    }

    /// Takes a new list of departments and keys.
    ///
    /// A key that is gone must also lose its connection, which libzmq does only when the socket is closed; so a socket
    /// whose keys were reduced is bound anew at its old port.
    func apply(_ new: LinkConfig) throws(FeedEnd) {
        let old = config
        config = new
        authentication.registry = Self.registry(new)
        let listed = Dictionary(new.departments.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var someoneLeft = false
        for (code, publisher) in publishers {
            let kept = Set(listed[code]?.curveKeys ?? [])
            guard !Set(publisher.keys).isSubset(of: kept) else { continue }
            someoneLeft = true
            publisher.socket.close()
            publishers[code] = nil
            if let department = listed[code] { try open(department, at: publisher.endpoint) }
        }
        for department in new.departments {
            if let known = publishers[department.code] {
                publishers[department.code] = Publisher(
                    socket: known.socket, endpoint: known.endpoint, keys: department.curveKeys)
            } else {
                try open(department)
            }
        }
        guard someoneLeft || old.bindAddress != new.bindAddress else { return }
        router.close()
        (router, controlEndpoint) = try Self.bind(
            .router, domain: Self.controlDomain, at: controlEndpoint, context, serverKeys)
    }

    func close() {
        for publisher in publishers.values { publisher.socket.close() }
        router.close()
        authentication.close()
    }

    private func open(_ department: LinkConfig.Department, at endpoint: String? = nil) throws(FeedEnd) {
        let (socket, bound) = try Self.bind(
            .publisher, domain: Self.domain(of: department.code),
            at: endpoint ?? "tcp://\(config.bindAddress):\(department.port)", context, serverKeys)
        publishers[department.code] = Publisher(socket: socket, endpoint: bound, keys: department.curveKeys)
    }

    private static func bind(
        _ kind: ZeroMQSocket.Kind, domain: String, at endpoint: String, _ context: ZeroMQContext, _ keys: CurveKeyPair
    ) throws(FeedEnd) -> (ZeroMQSocket, String) {
        // ZeroMQ writes "any free port" with a star.
        let wanted = endpoint.hasSuffix(":0") ? String(endpoint.dropLast()) + "*" : endpoint
        do {
            let socket = try ZeroMQSocket(
                kind, in: context, security: .server(keys, domain: domain), maximumMessage: maximumRequest)
            return (socket, try bind(socket, at: wanted))
        } catch {
            if error.isAddressInUse {
                throw FeedEnd(
                    .tryAgain, field: endpoint, chinese: "端口被占用",
                    english: "another program has this port; end it or change it")
            }
            throw FeedEnd(.configuration, field: endpoint, chinese: "无法监听该地址", english: "cannot be bound: \(error)")
        }
    }

    /// Binds; the port of a socket closed just now may take libzmq some milliseconds to give back.
    private static func bind(_ socket: ZeroMQSocket, at endpoint: String) throws(ZeroMQError) -> String {
        let poller = ZeroMQPoller()
        for _ in 0..<100 {
            do {
                return try socket.bind(endpoint)
            } catch {
                guard error.isAddressInUse else { throw error }
                _ = try poller.wait([], milliseconds: 10)
            }
        }
        return try socket.bind(endpoint)
    }

    private func announced(_ endpoint: String) -> String {
        let port = endpoint.split(separator: ":").last ?? ""
        return "tcp://\(config.announcedHost):\(port)"
    }

    private static func registry(_ config: LinkConfig) -> ZAPRegistry {
        var domains: [String: [Data: String]] = [controlDomain: [:]]
        for department in config.departments {
            for key in department.curveKeys where key.bytes.count == 32 {
                domains[domain(of: department.code), default: [:]][key.bytes] = department.code.description
                domains[controlDomain, default: [:]][key.bytes] = department.code.description
            }
        }
        return ZAPRegistry(domains: domains)
    }
}
