import CaseDesk
import CaseViews
import Casework
import EventSourcing
import Hummingbird
import RuleBook

extension HubAPI {
    /// One case as it was known at a past time, and what each department had been told by then.
    func replayCase(_ call: APICall) async throws(ProblemDetails) -> Response {
        let row = try await findCase(
            try call.parameter("case"), for: try call.principal(), to: .replayCases)
        let asOf = try asOf(call)
        let department = try call.query.value("department", as: DepartmentCode.self, form: DepartmentCode.textForm)
        var view = PastMoment.View.asKnownAt
        if let text = call.query.text("view") {
            guard let asked = PastMoment.View(rawValue: text) else {
                throw .invalidParameter(
                    "view", mustBe: PastMoment.View.allCases.map(\.rawValue).joined(separator: " or "))
            }
            view = asked
        }
        let replay = try await replay(of: row.id, asOf: asOf, view: view)
        guard let replay else {
            throw ProblemDetails(APIRefusal.notOpenedYet)
        }
        return try JSONAnswer.response(
            ReplayAnswer(
                asOf: replay.asOf, view: replay.view, position: replay.position, caseFile: replay.row,
                timeline: replay.timeline,
                deadlines: replay.deadlines.map { BoardEntry($0, at: replay.asOf, rules: replay.rules) },
                knowledge: replay.knowledge.filter { department == nil || $0.department == department }),
            at: replay.position)
    }

    /// The past time that is asked about; the present without one.
    func asOf(_ call: APICall) throws(ProblemDetails) -> Instant {
        guard let text = call.query.text("asOf") else { return desk.clock.now() }
        guard let instant = CaseReplay.instant(asOf: text) else {
            throw .invalidParameter("asOf", mustBe: "a date that exists such as 2023-10-24, or \(Instant.textForm)")
        }
        return instant
    }

    /// A case folded from the log up to a time; nothing when it had not been opened by then.
    func replay(
        of caseID: CaseID, asOf: Instant, view: PastMoment.View = .asKnownAt
    ) async throws(ProblemDetails) -> CaseReplay? {
        let events: [RecordedEvent]
        do throws(EventLogError) {
            let opening = try await desk.log.read(
                .tagged(.caseFile(caseID), types: [CaseFileEvent.Kind.opened.rawValue]), after: .start, limit: 1)
            let request = opening.events.first.flatMap(Self.request)
            events = try await desk.log.readAll(CaseReplay.query(for: caseID, request: request)).events
        } catch {
            throw ProblemDetails(DeskError(error))
        }
        do { return try CaseReplay(of: caseID, events: events, asOf: asOf, view: view) } catch {
            throw ProblemDetails(DeskError(EventLogError(.unreadableRow, underlying: error)))
        }
    }

    /// The help request a case came from, as its opening names it.
    private static func request(openingOf event: RecordedEvent) -> HelpRequestID? {
        guard case .caseFile(.opened(let opened)) = try? CaseworkEvent(event) else { return nil }
        return opened.request
    }
}

struct ReplayAnswer: Codable {
    let asOf: Instant
    let view: PastMoment.View
    let position: Position
    let caseFile: CaseRow
    let timeline: [TimelineRow]
    let deadlines: [BoardEntry]
    let knowledge: [CaseReplay.Knowledge]

    private enum CodingKeys: String, CodingKey {
        case asOf, view, position, timeline, deadlines, knowledge
        case caseFile = "case"
    }
}
