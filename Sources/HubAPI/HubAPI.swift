package import CaseDesk
package import CaseViews
import EventSourcing
import HTTPTypes
package import Hummingbird
import RuleBook

/// The HTTP interface of the hub: commands in, views out, JSON both ways.
///
/// Add ``OutermostMiddleware`` to the router first: it answers what is thrown here.
package struct HubAPI: Sendable {
    let desk: CaseDesk
    private let access: AccessTable
    /// The description of the API, the same for as long as it is served.
    private let description: JSONValue
    let past: (any PastBoardSource)?

    /// - Parameters:
    ///   - access: Who may read what; commands have their own roles.
    ///   - past: Makes boards of past times; without it none can be asked for.
    package init(desk: CaseDesk, access: AccessTable = .api, past: (any PastBoardSource)? = nil) {
        self.desk = desk
        self.past = past
        self.access = access
        description = OpenAPIDocument(access: access).document
    }

    /// Every route of the API.
    package static let routes = Operation.allCases.map(\.route)

    /// Adds the routes; each asks the access table before anything else.
    package func addRoutes<Context: RequestContext>(to router: Router<Context>) {
        for operation in Operation.allCases {
            let route = operation.route
            let answer: @Sendable (Request, Context) async throws -> Response = { request, context in
                let call = try await admit(request, parameters: context.parameters, to: operation)
                return try await respond(to: call)
            }
            router.on(RouterPath(route.path), method: route.method, use: answer)
            // HEAD is GET without a body; the outermost middleware takes the body away.
            if route.method == .get { router.on(RouterPath(route.path), method: .head, use: answer) }
        }
    }

    /// Who calls and whether they may; reads wait until the views are where the caller has already been.
    private func admit(
        _ request: Request, parameters: Parameters, to operation: Operation
    ) async throws(ProblemDetails) -> APICall {
        guard let rule = access.rule(for: operation.route) else { throw .forbidden }
        var principal: Principal?
        if let roles = rule.roles {
            let known = try authenticate(request)
            guard roles.contains(known.role) else { throw .forbidden }
            principal = known
        }
        let query = try QueryReader(request, for: operation)
        if operation.readsViews { try await waitForViews(request) }
        return APICall(
            operation: operation, request: request, parameters: parameters, query: query, caller: principal)
    }

    private func authenticate(_ request: Request) throws(ProblemDetails) -> Principal {
        guard let header = request.headers[.authorization] else { throw .unauthorized }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.count <= 200,
            let principal = desk.authenticate(token: String(parts[1]))
        else { throw .unauthorized }
        return principal
    }

    private func waitForViews(_ request: Request) async throws(ProblemDetails) {
        guard let text = request.headers[HeaderNames.minPosition] else { return }
        guard let number = UInt64(text), number.description == text, number <= UInt64(Int64.max) else {
            throw .invalidParameter("OneDoor-Min-Position", mustBe: "a position, a whole number such as 42")
        }
        let head: Position
        do { head = try await desk.log.head().position } catch { throw ProblemDetails(DeskError(error)) }
        guard Position(number) <= head else {
            throw ProblemDetails(APIRefusal.positionAhead)
        }
        guard await desk.waitUntil(Position(number), atMost: .seconds(2)) else {
            throw ProblemDetails(APIRefusal.viewsBehind, retryAfterSeconds: 1)
        }
    }

    private func respond(to call: APICall) async throws(ProblemDetails) -> Response {
        switch call.operation {
        case .performCommand, .performCommandOnSubject: try await performCommand(call)
        case .listCommands: try listCommands()
        case .board: try await board(call)
        case .boardCounts: try await boardCounts(call)
        case .boardRates: try await boardRates(call)
        case .boardTrend: try await boardTrend(call)
        case .certifyDeadline: try await certifyDeadline(call)
        case .listCases: try await listCases(call)
        case .readCase: try await readCase(call)
        case .readTimeline: try await readTimeline(call)
        case .replayCase: try await replayCase(call)
        case .readCaseDays: try await readCaseDays(call)
        case .listDepartments: try await listDepartments()
        case .readWorklist: try await readWorklist(call)
        case .listUndelivered: try await listUndelivered(call)
        case .listMeetings: try await listMeetings(call)
        case .readMeeting: try await readMeeting(call)
        case .readMeetingExtract: try await readMeetingExtract(call)
        case .listRules: try await listRules()
        case .listCalendars: try await listCalendars()
        case .readCalendar: try await readCalendar(call)
        case .listMoves: try await listMoves(call)
        case .previewCalendar: try await previewCalendar(call)
        case .readLogHead: try await readLogHead()
        case .find: try await find(call)
        case .askStatus: try await askStatus(call)
        case .reveal: try await reveal(call)
        case .revealPerson: try await revealPerson(call)
        case .listAttachments: try await listAttachments(call)
        case .storeAttachment: try await storeAttachment(call)
        case .openAttachment: try await openAttachment(call)
        case .readPostWorklist: try await readPostWorklist(call)
        case .listEmergencyAccesses: try await listEmergencyAccesses()
        case .listNotices: try await listNotices(call)
        case .isAlive: try JSONAnswer.response(AliveAnswer(status: "alive"))
        case .isReady: try await isReady()
        case .describeAPI: try JSONAnswer.response(description)
        }
    }
}

/// One admitted request.
struct APICall: Sendable {
    let operation: Operation
    let request: Request
    let parameters: Parameters
    let query: QueryReader
    /// Nothing on routes that are open to everyone.
    let caller: Principal?

    /// The caller, where the access table has made sure that there is one.
    func principal() throws(ProblemDetails) -> Principal {
        guard let caller else { throw .unauthorized }
        return caller
    }

    /// One part of the path.
    func parameter(_ name: String) throws(ProblemDetails) -> String {
        guard let value = parameters.get(name) else { throw .notFound }
        return value
    }
}
