package import CaseDesk
import CaseViews
import EventSourcing
package import HubAPI
package import HubConsole
package import Hummingbird
import RuleBook

/// Joins the two doors people and programs use, API and console, into one router.
package enum HubRouter {
    /// Every route, each answer with its headers, each failure as a problem document or a page.
    ///
    /// - Parameter isSecure: Whether browsers reach us by HTTPS, through a proxy.
    package static func make(
        desk: CaseDesk, api: HubAPI, console: HubConsole, isSecure: Bool = false
    ) -> Router<BasicRequestContext> {
        let routes = HubAPI.routes + HubConsole.routes.map { Route($0.method, $0.path) }
        let outermost = OutermostMiddleware<BasicRequestContext>(
            routes: routes, isDemo: desk.identity.isDemo, isSecure: isSecure,
            position: { (try? await desk.views.position()) ?? .start },
            errorPage: { problem, request, requestID in
                console.problemPage(
                    status: problem.status, title: Label(problem.title.chinese, problem.title.english),
                    detail: Label(problem.chinese, problem.english), to: request, requestID: requestID)
            })
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: outermost)
        api.addRoutes(to: router)
        console.addRoutes(to: router)
        return router
    }
}
