import CaseDesk
import CaseViews
import EventSourcing
import Hummingbird
import RuleBook

extension HubAPI {
    /// One page of joint meetings, newest first.
    func listMeetings(_ call: APICall) async throws(ProblemDetails) -> Response {
        var filter = MeetingFilter(states: try call.query.set("state", of: CaseRow.Meeting.State.self))
        if let text = call.query.text("case") {
            filter.caseID = try await findCase(text, for: try call.principal(), to: .readCases).id
        }
        let after = try call.query.position("after")
        let limit = try call.query.limit()
        let page: MeetingPage
        do { page = try await desk.views.meetings(filter, after: after, limit: limit) } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            MeetingsAnswer(
                position: page.position, rows: page.rows.map(MeetingEntry.init), next: page.next?.number),
            at: page.position)
    }

    /// One joint meeting with its agenda, resolutions, and how each body answered to its extract.
    func readMeeting(_ call: APICall) async throws(ProblemDetails) -> Response {
        let (row, position) = try await findMeeting(call)
        return try JSONAnswer.response(MeetingAnswer(position: position, meeting: MeetingEntry(row)), at: position)
    }

    /// One body's extract of the minutes, as it was sent; nobody reads another body's, a court's is for printing.
    func readMeetingExtract(_ call: APICall) async throws(ProblemDetails) -> Response {
        guard let department = DepartmentCode(try call.parameter("code")) else { throw .notFound }
        let principal = try call.principal()
        let rule = PermissionTable.rule(for: .readExtracts, of: principal.role)
        if rule.conditions?.contains(.ownDepartment) == true, principal.department != department {
            // Not found, so that no body learns who else was at the table.
            throw .notFound
        }
        let (row, position) = try await findMeeting(call)
        guard let extract = row.extracts.first(where: { $0.department == department }) else { throw .notFound }
        return try JSONAnswer.response(
            ExtractAnswer(
                position: position, meeting: row.id, number: row.number, meetsAt: row.meetsAt, extract: extract),
            at: position)
    }

    private func findMeeting(_ call: APICall) async throws(ProblemDetails) -> (MeetingRow, Position) {
        guard let id = MeetingID(try call.parameter("meeting")) else { throw .notFound }
        let found: MeetingRow?
        let position: Position
        do {
            position = try await desk.views.position()
            found = try await desk.views.meeting(id)
        } catch {
            throw ProblemDetails(error)
        }
        guard let row = found else { throw .notFound }
        return (row, position)
    }
}

struct MeetingsAnswer: Codable {
    let position: Position
    let rows: [MeetingEntry]
    let next: UInt64?
}

/// A meeting and what of it is open.
struct MeetingEntry: Codable {
    private let row: MeetingRow
    private let open: [MeetingRow.Duty]

    init(_ row: MeetingRow) {
        self.row = row
        open = row.open
    }

    init(from decoder: any Decoder) throws {
        row = try MeetingRow(from: decoder)
        open = try decoder.container(keyedBy: CodingKeys.self).decode([MeetingRow.Duty].self, forKey: .open)
    }

    private enum CodingKeys: String, CodingKey { case open }

    func encode(to encoder: any Encoder) throws {
        try row.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(open, forKey: .open)
    }
}

struct MeetingAnswer: Codable {
    let position: Position
    let meeting: MeetingEntry
}

struct ExtractAnswer: Codable {
    let position: Position
    let meeting: MeetingID
    let number: EntityNumber?
    let meetsAt: Instant?
    let extract: MeetingRow.Extract
}
