import CaseDesk
import Foundation
import NIOConcurrencyHelpers

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// One attempt: the request goes out, the status comes back, nothing else is taken.
final class WebhookCall: NSObject, URLSessionDataDelegate {
    private struct State {
        var continuation: CheckedContinuation<Result<Int, NoticeError>, Never>?
        var session: URLSession?
    }

    private let request: URLRequest
    private let state = NIOLockedValueBox(State())

    init(_ request: URLRequest) {
        self.request = request
    }

    /// The status of the answer; 300 and more is told as it is.
    ///
    /// - Throws: ``NoticeError`` when nobody answered in ten seconds.
    func status() async throws(NoticeError) -> Int {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 10
        configuration.timeoutIntervalForResource = 10
        configuration.httpShouldSetCookies = false
        configuration.urlCredentialStorage = nil
        // A proxy named in the environment is nobody the operator allowed.
        configuration.connectionProxyDictionary = [:]
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
        let answer = await withCheckedContinuation { continuation in
            state.withLockedValue { state in
                state.continuation = continuation
                state.session = session
            }
            session.dataTask(with: request).resume()
        }
        return try answer.get()
    }

    private func finish(_ answer: Result<Int, NoticeError>) {
        let (continuation, session) = state.withLockedValue { state in
            defer { state = State() }
            return (state.continuation, state.session)
        }
        session?.invalidateAndCancel()
        continuation?.resume(returning: answer)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
        finish(.success(response.statusCode))
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        completionHandler(.cancel)
        finish(.success((response as? HTTPURLResponse)?.statusCode ?? 0))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        // The address stands in the error's own words; the code alone says enough.
        let code = (error as? URLError)?.code.rawValue ?? 0
        finish(.failure(NoticeError("no answer (\(code))")))
    }
}
