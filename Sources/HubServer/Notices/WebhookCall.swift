import AsyncHTTPClient
import CaseDesk
import NIOCore
import NIOHTTP1

/// One attempt: the request goes out, the status comes back, nothing else is taken.
///
/// Each attempt has a connection of its own, closed when it ends: notices are few and far between, and a connection kept
/// from one morning to the next is one that somebody between has long forgotten.
struct WebhookCall: Sendable {
    private static let configuration: HTTPClient.Configuration = {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(10), read: .seconds(10)), proxy: nil)
        // One attempt is one attempt: whoever keeps the notices tries again, with time in between.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }()

    private let request: HTTPClientRequest

    init(_ request: HTTPClientRequest) {
        self.request = request
    }

    /// The status of the answer; 300 and more is told as it is.
    ///
    /// - Throws: ``NoticeError`` when nobody answered in ten seconds, or the task was cancelled.
    func status() async throws(NoticeError) -> Int {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: Self.configuration)
        let answer: Result<Int, NoticeError>
        do {
            answer = .success(Int(try await client.execute(request, timeout: .seconds(10)).status.code))
        } catch let error as HTTPClientError {
            answer = .failure(NoticeError("no answer (\(error.shortDescription))"))
        } catch {
            // The address stands in the error's own words; its kind alone says enough.
            answer = .failure(NoticeError("no answer (\(type(of: error)))"))
        }
        // Every connection it had is closed with it, so there is nothing left that could fail.
        try? await client.shutdown()
        return try answer.get()
    }
}
