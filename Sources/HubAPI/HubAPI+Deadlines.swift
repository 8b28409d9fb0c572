import CaseDesk
import CaseViews
import Crypto
import EventSourcing
import FoundationEssentials
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// The certificate of one deadline (N-2), open or ended, for whoever may open its case.
    func certifyDeadline(_ call: APICall) async throws(ProblemDetails) -> Response {
        guard let id = try call.query.value("id", as: DeadlineID.self, form: DeadlineID.textForm) else {
            throw .invalidParameter("id", mustBe: DeadlineID.textForm)
        }
        let row: DeadlineRow?
        let position: Position
        do {
            position = try await desk.views.position()
            row = try await desk.views.deadline(id)
        } catch {
            throw ProblemDetails(error)
        }
        guard let row else { throw .notFound }
        try await requireSight(of: row, call)
        let rules = try await ruleBook()
        let certificate: DeadlineCertificate?
        do throws(CalendarError) {
            certificate = try DeadlineCertificate(row, rules: rules, position: position, at: desk.clock.now())
        } catch {
            throw ProblemDetails(APIRefusal.notCountable)
        }
        guard let certificate else { throw .notFound }
        return try JSONAnswer.response(CertificateAnswer(certificate), at: position)
    }

    /// Whose every working day of one case was (N-1), as it was known at a time.
    func readCaseDays(_ call: APICall) async throws(ProblemDetails) -> Response {
        let row = try await findCase(try call.parameter("case"), for: try call.principal(), to: .openCase)
        guard let replay = try await replay(of: row.id, asOf: try asOf(call)) else {
            throw ProblemDetails(APIRefusal.notOpenedYet)
        }
        return try JSONAnswer.response(
            CaseDaysAnswer(asOf: replay.asOf, position: replay.position, accounts: replay.days), at: replay.position)
    }

    /// A deadline is seen with its case; one of a request that is no case yet, by whoever's sight ends nowhere.
    private func requireSight(of row: DeadlineRow, _ call: APICall) async throws(ProblemDetails) {
        if let caseID = row.caseID {
            _ = try await findCase(caseID.description, for: try call.principal(), to: .openCase)
        } else {
            let sight = try await sight(of: call, for: .readCases)
            guard !sight.isLocal, !sight.onlyBeforeMeeting else { throw .notFound }
        }
    }
}

/// A certificate and the digest of its canonical JSON: keys sorted, no white space, UTF-8.
struct CertificateAnswer: Codable {
    let certificate: DeadlineCertificate
    /// `sha256:` and 64 hexadecimal digits.
    let digest: String

    init(_ certificate: DeadlineCertificate) throws(ProblemDetails) {
        self.certificate = certificate
        guard let bytes = try? EventJSON.encode(certificate) else { throw ProblemDetails(APIRefusal.internalError) }
        digest =
            "sha256:"
            + SHA256.hash(data: bytes)
            .map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

struct CaseDaysAnswer: Codable {
    let asOf: Instant
    let position: Position
    /// One for each run of the promise to the citizen; empty before the application.
    let accounts: [CaseDays]
}
