import AsyncHTTPClient
package import CaseDesk
package import EventSourcing
package import Foundation
import NIOCore
import NIOHTTP1

/// Talks to a running hub over its HTTP API.
package struct HubClient: Sendable {
    /// One answer: status, headers in lower case, body.
    package struct Answer: Sendable {
        package let status: Int
        package let headers: [String: String]
        package let body: JSONValue
        package let data: Data
    }

    /// What one answer may hold; pages of the hub are far smaller.
    private static let largestAnswer = 256 << 20

    /// One client for the life of the process: a command line asks one hub, and its connections end with it.
    private static let client: HTTPClient = {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10)))
        // Whoever waits at a terminal is told at once that nobody listens.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private let base: String
    private let token: String

    /// - Parameter base: `http://127.0.0.1:8080`, without a final slash.
    package init(base: String, token: String) {
        self.base = base
        self.token = token
    }

    /// Reads one resource.
    ///
    /// - Parameter atLeast: The answer shows everything up to this position.
    /// - Throws: ``CommandFailure`` when the hub does not answer or says no.
    package func get(_ path: String, atLeast: Position? = nil) async throws(CommandFailure) -> Answer {
        var headers: [String: String] = [:]
        if let atLeast { headers["OneDoor-Min-Position"] = "\(atLeast)" }
        return try await checked(send("GET", path, headers: headers, body: nil))
    }

    /// Asks a question that is sent and not only fetched.
    ///
    /// - Throws: ``CommandFailure`` when the hub does not answer or says no.
    package func ask(_ path: String, _ question: JSONValue, id: UniqueID) async throws(CommandFailure) -> Answer {
        guard let data = try? EventJSON.encode(question) else {
            throw CommandFailure(
                .badInput, code: "hub.question", field: path, chinese: "问题写不成 JSON",
                english: "the question cannot be written as JSON", remedy: "检查各字段 / check its fields")
        }
        return try await checked(send("POST", path, headers: ["Idempotency-Key": id.description], body: data))
    }

    /// Sends one command.
    ///
    /// - Throws: ``CommandFailure`` when the hub does not answer or refuses.
    package func perform(
        _ type: String, subject: String = "", body: CommandBody, id: UniqueID
    ) async throws(CommandFailure) -> CommandReceipt {
        do {
            let data = try EventJSON.encode(body)
            let path = subject.isEmpty ? "/v1/commands/\(type)" : "/v1/commands/\(type)/\(subject)"
            let answer = try await checked(
                send("POST", path, headers: ["Idempotency-Key": id.description], body: data))
            return try EventJSON.decode(CommandReceipt.self, from: answer.data)
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure(
                .unreachable, code: "hub.answer", chinese: "中心的回答无法读取", english: "the hub's answer could not be read",
                remedy: "确认地址指向 OneDoor / check that the address is a OneDoor hub")
        }
    }

    /// Sends a request as it is and gives the answer, whatever its status.
    ///
    /// - Throws: ``CommandFailure`` `unreachable` when there is no answer.
    package func send(
        _ method: String, _ path: String, headers: [String: String], body: Data?
    ) async throws(CommandFailure) -> Answer {
        guard let url = URL(string: base + path), ["http", "https"].contains(url.scheme), url.host() != nil else {
            throw CommandFailure(
                .usage, code: "hub.address", field: base, chinese: "地址无效", english: "the address is not valid",
                remedy: "例如 http://127.0.0.1:8080 / for example http://127.0.0.1:8080")
        }
        var request = HTTPClientRequest(url: url.absoluteString)
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        for (name, value) in headers { request.headers.replaceOrAdd(name: name, value: value) }
        do {
            let response = try await Self.client.execute(request, timeout: .seconds(30))
            let data = Data(try await response.body.collect(upTo: Self.largestAnswer).readableBytesView)
            var answered: [String: String] = [:]
            for (name, value) in response.headers { answered[name.lowercased()] = value }
            let value = (try? EventJSON.decode(JSONValue.self, from: data)) ?? .null
            return Answer(status: Int(response.status.code), headers: answered, body: value, data: data)
        } catch is NIOTooManyBytesError {
            throw CommandFailure(
                .unreachable, code: "hub.answerTooLarge", field: path, chinese: "中心的回答超过 256 MiB",
                english: "the hub's answer is larger than 256 MiB",
                remedy: "加筛选条件或分页读取 / ask for less, by a filter or a page")
        } catch {
            throw CommandFailure(
                .unreachable, code: "hub.unreachable", field: base, chinese: "连不上中心",
                english: "the hub does not answer",
                remedy: "确认 onedoor serve 正在运行 / check that onedoor serve is running")
        }
    }

    private func checked(_ answer: Answer) throws(CommandFailure) -> Answer {
        if (200..<300).contains(answer.status) { return answer }
        let status: ExitStatus =
            switch answer.status {
            case 401, 403: .notPermitted
            case 404: .nothingMatched
            case 409, 503: .tryAgain
            case 400, 413, 415: .badInput
            case 422: .refused
            case 507: .cannotCreate
            default: .unreachable
            }
        throw CommandFailure(
            status, code: answer.body["code"]?.text ?? "http.\(answer.status)", field: answer.body["field"]?.text ?? "",
            chinese: answer.body["detail"]?.text ?? "中心拒绝了请求",
            english: answer.body["detailEnglish"]?.text ?? "the hub refused the request (\(answer.status))",
            remedy: answer.body["remedy"]?.text ?? "见中心的日志 / see the hub's log")
    }
}
