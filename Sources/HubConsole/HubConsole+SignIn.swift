import CaseDesk
import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore

extension HubConsole {
    /// The sign-in page.
    ///
    /// In a demo, whose data is invented, `?token=` signs in at once, so that a link can be printed.
    func showSignIn(_ visit: Visit) async throws -> Response {
        if desk.identity.isDemo, let token = visit.parameter("token") {
            return open(token, visit)
        }
        return page(.login, signInFields(visit, hasFailed: false), visit)
    }

    /// Opens a session for a pasted token.
    func signIn(_ visit: Visit) async throws -> Response {
        try refuseOtherSites(visit.request)
        let form: ByteBuffer
        do { form = try await visit.request.body.collect(upTo: 4096) } catch { throw ConsoleProblem.badForm }
        guard let token = Self.field("token", of: String(buffer: form)) else { throw ConsoleProblem.badForm }
        return open(token, visit)
    }

    /// Ends the session and has the browser forget what it kept.
    func signOut(_ visit: Visit) throws -> Response {
        try refuseOtherSites(visit.request)
        if let name = sessionName(in: visit.request) { sessions.close(name) }
        var response = Self.redirect(to: visit.language.link("/login"))
        response.headers[.setCookie] = cookie("", lifetime: 0)
        if let name = HTTPField.Name("Clear-Site-Data") { response.headers[name] = "\"cache\", \"cookies\"" }
        return response
    }

    /// The session a request names.
    func sessionName(in request: Request) -> String? {
        for cookies in request.headers[values: .cookie] {
            for pair in cookies.split(separator: ";") {
                let parts = pair.trimmingPrefix { $0 == " " }.split(separator: "=", maxSplits: 1)
                if parts.count == 2, parts[0] == cookieName { return String(parts[1]) }
            }
        }
        return nil
    }

    private func open(_ token: String, _ visit: Visit) -> Response {
        let token = token.trimmingPrefix { $0.isWhitespace }.prefix { !$0.isWhitespace }
        guard token.utf8.count <= 200, desk.authenticate(token: String(token)) != nil else {
            return page(.login, signInFields(visit, hasFailed: true), visit, status: .forbidden)
        }
        // A session made before signing in must not become the signed-in one.
        if let earlier = sessionName(in: visit.request) { sessions.close(earlier) }
        var response = Self.redirect(to: visit.language.link("/board"))
        response.headers[.setCookie] = cookie(sessions.open(token: String(token)), lifetime: 12 * 3600)
        return response
    }

    private func signInFields(_ visit: Visit, hasFailed: Bool) -> Fields {
        [
            "title": Phrase.signIn.text(in: visit.language), "hasFailed": hasFailed,
            "loginLink": visit.language.link("/login"),
        ]
    }

    /// `__Host-` binds the cookie to this host, but browsers take it over HTTPS only.
    private var cookieName: String { isSecure ? "__Host-onedoor" : "onedoor" }

    private func cookie(_ value: String, lifetime seconds: Int) -> String {
        "\(cookieName)=\(value); Path=/; Max-Age=\(seconds); HttpOnly; SameSite=Strict" + (isSecure ? "; Secure" : "")
    }

    /// Refuses a form that another site sent: browsers say so in `Sec-Fetch-Site`, older ones in `Origin`.
    func refuseOtherSites(_ request: Request) throws(ConsoleProblem) {
        if let name = HTTPField.Name("Sec-Fetch-Site"), let site = request.headers[name] {
            guard site == "same-origin" || site == "none" else { throw .crossSite }
            return
        }
        guard let origin = request.headers[.origin] else { return }
        let host = origin.split(separator: "/").last.map(String.init)
        guard host == request.head.authority else { throw .crossSite }
    }

    static func field(_ name: String, of form: String) -> String? {
        for pair in form.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2, parts[0] == name { return PercentCoding.decoded(parts[1]) }
        }
        return nil
    }
}
