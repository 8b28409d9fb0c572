import FoundationEssentials
import Glibc

/// Sends requests over a few connections that stay open, from one thread, and takes the time of each answer.
final class HTTPLoad {
    /// One answer.
    struct Answer: Sendable {
        let status: Int
        let body: Data
    }

    private struct Connection {
        let descriptor: Int32
        var inbox: [UInt8] = []
        /// What it waits for, and from when the wait counts.
        var waiting: (number: Int, since: ContinuousClock.Instant)?
    }

    /// What came of a run.
    struct Outcome: Sendable {
        var latency = LatencyHistogram()
        var seconds = 0.0
        /// Answers by status; a run is sound when all are 2xx.
        var statuses: [Int: Int] = [:]
        /// The first answer that was none of 2xx, for the report.
        var firstFailure = ""

        var answered: Int { statuses.values.reduce(0, +) }
        var failed: Int { statuses.filter { !(200..<300).contains($0.key) }.values.reduce(0, +) }
    }

    private var connections: [Connection]
    private let patience: Int32 = 30_000

    /// Connects to the own machine.
    ///
    /// - Throws: ``BenchFailure`` when nobody listens at the port.
    init(port: UInt16, connections count: Int) throws(BenchFailure) {
        connections = []
        for _ in 0..<count { connections.append(Connection(descriptor: try Self.connect(port))) }
    }

    deinit {
        for connection in connections { close(connection.descriptor) }
    }

    private static func connect(_ port: UInt16) throws(BenchFailure) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard descriptor >= 0, connected == 0 else {
            close(descriptor)
            throw .served("127.0.0.1:\(port)", "nobody listens")
        }
        return descriptor
    }

    /// Sends one request and waits for its answer.
    func ask(_ request: Data) throws(BenchFailure) -> Answer {
        try send(request, on: 0)
        while true {
            if let answer = try takeAnswer(on: 0) { return answer }
            try receive(on: 0)
        }
    }

    /// Sends requests for a while.
    ///
    /// - Parameters:
    ///   - rate: Requests a second, each due at its own moment whether the one before was answered or not, and timed from
    ///     that moment; nothing sends the next as soon as a connection is free.
    ///   - make: The request of a number, 0 and up; nothing ends the run.
    func run(
        seconds: Double, rate: Double?, _ make: (Int) throws(BenchFailure) -> Data?
    ) throws(BenchFailure) -> Outcome {
        var outcome = Outcome()
        let began = ContinuousClock.now
        var next = 0
        var isOver = false
        while true {
            let now = ContinuousClock.now
            if (now - began).inSeconds >= seconds { isOver = true }
            var pause: Int32 = 100
            for index in connections.indices where connections[index].waiting == nil && !isOver {
                var due = now
                if let rate {
                    due = began + .seconds(Double(next) / rate)
                    guard due <= ContinuousClock.now else {
                        pause = 1
                        break
                    }
                }
                guard let request = try make(next) else {
                    isOver = true
                    break
                }
                connections[index].waiting = (next, due)
                next += 1
                try send(request, on: index)
            }
            if isOver, connections.allSatisfy({ $0.waiting == nil }) { break }
            try gather(pause, &outcome)
        }
        outcome.seconds = (ContinuousClock.now - began).inSeconds
        return outcome
    }

    /// Takes what has been answered, waiting a little when nothing has.
    private func gather(_ pause: Int32, _ outcome: inout Outcome) throws(BenchFailure) {
        var waits = connections.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        guard poll(&waits, nfds_t(waits.count), pause) > 0 else { return }
        for index in waits.indices where waits[index].revents != 0 {
            try receive(on: index)
            while let answer = try takeAnswer(on: index) {
                guard let waiting = connections[index].waiting else { continue }
                connections[index].waiting = nil
                outcome.latency.record(ContinuousClock.now - waiting.since)
                outcome.statuses[answer.status, default: 0] += 1
                if !(200..<300).contains(answer.status), outcome.firstFailure.isEmpty {
                    outcome.firstFailure = String(decoding: answer.body.prefix(200), as: UTF8.self)
                }
            }
        }
    }

    // MARK: Bytes

    private func send(_ request: Data, on index: Int) throws(BenchFailure) {
        let bytes = Array(request)
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes {
                Glibc.send(connections[index].descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw .served("send", "errno \(errno)") }
            done += count
        }
    }

    private func receive(on index: Int) throws(BenchFailure) {
        var wait = pollfd(fd: connections[index].descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&wait, 1, patience) > 0 else { throw .served("receive", "no answer within 30 s") }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(connections[index].descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { throw .served("receive", "the connection was closed") }
        connections[index].inbox += buffer.prefix(count)
    }

    /// The first whole answer of what has come in.
    private func takeAnswer(on index: Int) throws(BenchFailure) -> Answer? {
        let inbox = connections[index].inbox
        guard let end = Self.headEnd(of: inbox) else { return nil }
        let lines = String(decoding: inbox[..<end], as: UTF8.self).split(separator: "\r\n")
        guard let first = lines.first, let status = Int(first.split(separator: " ").dropFirst().first ?? "") else {
            throw .served("answer", "no status line")
        }
        var length = 0
        for line in lines.dropFirst() where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.split(separator: ":")[1].filter { $0.isNumber }) ?? 0
        }
        let whole = end + 4 + length
        guard inbox.count >= whole else { return nil }
        connections[index].inbox.removeFirst(whole)
        return Answer(status: status, body: Data(inbox[(end + 4)..<whole]))
    }

    private static func headEnd(of bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (0...(bytes.count - 4)).first { place in
            bytes[place] == 13 && bytes[place + 1] == 10 && bytes[place + 2] == 13 && bytes[place + 3] == 10
        }
    }
}

extension BenchFailure {
    /// A hub that was started for the measurement and does not do what it should.
    static func served(_ what: String, _ english: String) -> Self {
        Self(
            .log, code: "bench.served", field: what, chinese: "被测的中心没有正常工作",
            english: "the hub under measurement does not work as it should: \(english)",
            remedy: "见 serve.err / see serve.err in the bench's folder")
    }
}
