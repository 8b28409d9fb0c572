package import EventSourcing
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore

/// The first and last thing every request meets: it names the request, turns every failure into an answer that says
/// what to do, and gives every answer its headers.
///
/// Add it to the router before any route; the router then puts it round its "not found" as well.
package struct OutermostMiddleware<Context: RequestContext>: RouterMiddleware {
    /// Makes the page a person sees instead of a problem document.
    package typealias ErrorPage = @Sendable (ProblemDetails, _ request: Request, _ requestID: String) -> Response

    private let methods: MethodTable
    private let isDemo: Bool
    private let isSecure: Bool
    private let position: @Sendable () async -> Position
    private let errorPage: ErrorPage?

    /// - Parameters:
    ///   - routes: Every route of the router.
    ///   - isSecure: Whether browsers reach us by HTTPS, so that they should never come by HTTP again.
    ///   - position: The place up to which answers are true, for `OneDoor-Position`.
    ///   - errorPage: For addresses outside the API; without one they get problem documents too.
    package init(
        routes: [Route], isDemo: Bool, isSecure: Bool, position: @escaping @Sendable () async -> Position,
        errorPage: ErrorPage? = nil
    ) {
        methods = MethodTable(routes)
        self.isDemo = isDemo
        self.isSecure = isSecure
        self.position = position
        self.errorPage = errorPage
    }

    @concurrent
    package func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response: Response
        do {
            response = try await next(request, context)
        } catch {
            let problem = problem(for: error, request, context)
            response = answer(to: problem, request, requestID: context.id)
        }
        if request.method == .head { response = response.createHeadResponse() }
        if response.headers[HeaderNames.position] == nil {
            response.headers[HeaderNames.position] = await position().description
        }
        response.headers[HeaderNames.requestID] = context.id
        if isDemo { response.headers[HeaderNames.demo] = "1" }
        SecurityHeaders.complete(&response.headers, isSecure: isSecure)
        return response
    }

    private func answer(to problem: ProblemDetails, _ request: Request, requestID: String) -> Response {
        guard let errorPage, !Self.isAPI(request.uri.path) else { return problem.response(requestID: requestID) }
        var page = errorPage(problem, request, requestID)
        for field in problem.headers where field.name != .wwwAuthenticate { page.headers[field.name] = field.value }
        return page
    }

    private static func isAPI(_ path: String) -> Bool {
        path == "/v1" || path.hasPrefix("/v1/") || path == "/livez" || path == "/readyz" || path == "/openapi.json"
    }

    private func problem(for error: any Error, _ request: Request, _ context: Context) -> ProblemDetails {
        if let problem = error as? ProblemDetails { return problem }
        if error is NIOTooManyBytesError { return .bodyTooLarge }
        if let known = error as? any HTTPResponseError {
            if known.status == .notFound {
                let allowed = methods.methods(of: request.uri.path)
                return allowed.isEmpty ? .notFound : .methodNotAllowed(allowed: allowed)
            }
            if let problem = ProblemDetails(clientError: known.status) { return problem }
        }
        // The type of an error says where to look; its text could quote personal data, so it stays out of the log.
        context.logger.error("request failed", metadata: ["error": "\(type(of: error))"])
        return .internalError
    }
}
