import CaseDesk
import CaseViews
import EventSourcing
import HubAPI
import HubConsole
import Hummingbird
import Logging
import RuleBook

/// The API and the pages of one hub on one port.
struct WebService: Sendable {
    let desk: CaseDesk
    let host: String
    let port: Int
    let logger: Logger

    /// The application, not yet listening.
    ///
    /// - Parameter bound: Called once with the port it listens at.
    func application(bound: @escaping @Sendable (Int) async -> Void) throws -> some ApplicationProtocol {
        let names = MaskedNames(desk: desk)
        let console = try HubConsole(desk: desk, maskedName: { await names.name(of: $0) }, logger: logger)
        let router = Router(context: BasicRequestContext.self)
        router.add(
            middleware: OutermostMiddleware(
                routes: HubAPI.routes + HubConsole.routes.map { Route($0.method, $0.path) },
                isDemo: desk.identity.isDemo, isSecure: false,
                position: { [views = desk.views] in (try? await views.position()) ?? .start },
                errorPage: { problem, request, requestID in
                    console.problemPage(
                        status: problem.status, title: Label(problem.title.chinese, problem.title.english),
                        detail: Label(problem.chinese, problem.english), to: request, requestID: requestID)
                }))
        HubAPI(desk: desk).addRoutes(to: router)
        console.addRoutes(to: router)
        return Application(
            router: router, configuration: .init(address: .hostname(host, port: port), serverName: nil),
            onServerRunning: { channel in await bound(channel.localAddress?.port ?? port) }, logger: logger)
    }
}
