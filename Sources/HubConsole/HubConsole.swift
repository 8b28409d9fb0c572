package import CaseDesk
import CaseViews
package import EventSourcing
import FoundationEssentials
package import HTTPTypes
package import Hummingbird
package import Logging
import NIOCore
package import RuleBook

/// The pages for people: deadline board and case, rendered here, without any script.
///
/// Names come masked; the console never shows an identity in clear.
package struct HubConsole: Sendable {
    /// The name of a person as a list may show it, `张*`; nothing when none is known or the person was erased.
    package typealias MaskedName = @Sendable (PersonReference) async -> String?

    let desk: CaseDesk
    let maskedName: MaskedName
    private let pages: Pages
    let sessions = SessionStore()
    let isSecure: Bool
    private let logger: Logger

    /// - Parameter isSecure: Whether browsers reach us by HTTPS; then the cookie is theirs alone.
    /// - Throws: When a template does not parse.
    package init(
        desk: CaseDesk, maskedName: @escaping MaskedName, isSecure: Bool = false,
        logger: Logger = Logger(label: "onedoor.console")
    ) throws {
        self.desk = desk
        self.maskedName = maskedName
        self.isSecure = isSecure
        self.logger = logger
        pages = try Pages()
    }

    /// Every route of the console.
    package static let routes: [(method: HTTPRequest.Method, path: String)] = [
        (.get, "/"), (.get, "/board"), (.get, "/cases/{case}"), (.get, "/login"), (.post, "/login"),
        (.get, "/notices"), (.post, "/notices/read"), (.post, "/cases/{case}/remind"),
        (.get, "/cases/{case}/reminders/{serial}"), (.post, "/logout"), (.get, "/assets/console.css"),
    ]

    /// Adds the pages to a router.
    package func addRoutes<Context: RequestContext>(to router: Router<Context>) {
        add(.get, "/", to: router) { _, _ in Self.redirect(to: "/board") }
        add(.get, "/board", to: router) { visit, _ in
            try await signedIn(visit) { principal in
                try await page(
                    .board, BoardPageMaker(console: self, visit: visit, principal: principal).fields(), visit)
            }
        }
        add(.get, "/cases/{case}", to: router) { visit, parameters in
            try await signedIn(visit) { principal in
                let maker = CasePageMaker(console: self, visit: visit, principal: principal)
                return try await page(.caseFile, maker.fields(named: parameters.get("case") ?? ""), visit)
            }
        }
        add(.get, "/cases/{case}/reminders/{serial}", to: router) { visit, parameters in
            try await signedIn(visit) { principal in
                let maker = ReminderPageMaker(console: self, visit: visit, principal: principal)
                let fields = try await maker.fields(
                    case: parameters.get("case") ?? "", serial: parameters.get("serial") ?? "")
                return page(.reminder, fields, visit)
            }
        }
        add(.post, "/cases/{case}/remind", to: router) { visit, parameters in
            try await remind(visit, case: parameters.get("case") ?? "")
        }
        add(.get, "/notices", to: router) { visit, _ in try await showNotices(visit) }
        add(.post, "/notices/read", to: router) { visit, _ in try await markNotices(visit) }
        add(.get, "/login", to: router) { visit, _ in try await showSignIn(visit) }
        add(.post, "/login", to: router) { visit, _ in try await signIn(visit) }
        add(.post, "/logout", to: router) { visit, _ in try signOut(visit) }
        add(.get, "/assets/console.css", to: router) { visit, _ in StyleSheet.response(to: visit.request) }
    }

    /// A page instead of a problem document, for addresses outside the API.
    ///
    /// - Parameter requestID: What the visitor tells the operator; the log has it too.
    package func problemPage(
        status: HTTPResponse.Status, title: Label, detail: Label, to request: Request, requestID: String
    ) -> Response {
        let visit = Visit(request: request, requestID: requestID, principal: nil)
        return problem(ConsoleProblem(status: status, title: title, detail: detail, remedy: nil), visit)
    }

    // MARK: Around every page

    private func add<Context: RequestContext>(
        _ method: HTTPRequest.Method, _ path: String, to router: Router<Context>,
        _ answer: @escaping @Sendable (Visit, Parameters) async throws -> Response
    ) {
        let responder: @Sendable (Request, Context) async throws -> Response = { request, context in
            let principal = sessionName(in: request).flatMap(sessions.token).flatMap(desk.authenticate)
            let visit = Visit(request: request, requestID: context.id, principal: principal)
            do { return try await answer(visit, context.parameters) } catch let error as ConsoleProblem {
                return problem(error, visit)
            }
        }
        router.on(RouterPath(path), method: method, use: responder)
        if method == .get { router.on(RouterPath(path), method: .head, use: responder) }
    }

    /// Lets in whoever may read cases; others are sent to sign in, or told that they may not.
    private func signedIn(_ visit: Visit, _ answer: (Principal) async throws -> Response) async throws -> Response {
        guard let principal = visit.principal else { return Self.redirect(to: visit.language.link("/login")) }
        switch principal.role {
        case .dispatcher, .supervisor, .approver, .meetingOffice, .auditor: return try await answer(principal)
        case .station, .village:
            guard principal.town != nil else { throw ConsoleProblem.forbidden }
            return try await answer(principal)
        case .department, .departmentHead, .voluntary, .operator: throw ConsoleProblem.forbidden
        }
    }

    func page(
        _ page: Pages.Page, _ content: Fields, _ visit: Visit, status: HTTPResponse.Status = .ok
    ) -> Response {
        let language = visit.language
        var fields = content
        fields["isDemo"] = desk.identity.isDemo
        fields["stylesheet"] = StyleSheet.path
        fields["homeLink"] = language.link("/board")
        fields["noticesLink"] = language.link("/notices")
        fields["otherLanguageLink"] = language.other.link(visit.isPage ? visit.request.uri.path : "/board")
        fields["isSignedIn"] = visit.principal != nil
        fields["signedInAs"] = visit.principal?.role.label.text(in: language) ?? false
        let rendered = pages.render(page, fields, in: language)
        if !rendered.missing.isEmpty {
            logger.error("page template incomplete", metadata: ["page": "\(page)", "names": "\(rendered.missing)"])
        }
        var response = Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: rendered.html)))
        response.headers[.contentType] = "text/html; charset=utf-8"
        response.headers[.contentLanguage] = language.tag
        response.headers[.vary] = "Accept-Language, Cookie"
        return response
    }

    private func problem(_ problem: ConsoleProblem, _ visit: Visit) -> Response {
        let language = visit.language
        let isSignedIn = visit.principal != nil
        return page(
            .problem,
            [
                "title": problem.title.text(in: language), "detail": problem.detail.text(in: language),
                "remedy": problem.remedy?.text(in: language) ?? false, "requestID": visit.requestID,
                "backLink": language.link(isSignedIn ? "/board" : "/login"),
                "backText": (isSignedIn ? Phrase.backToBoard : .backToSignIn).text(in: language),
            ], visit, status: problem.status)
    }

    static func redirect(to path: String) -> Response {
        Response(status: .seeOther, headers: [.location: path])
    }
}
