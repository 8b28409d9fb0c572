import CaseDesk
import CaseViews
import EventSourcing
import Hummingbird
import RuleBook
import WorkingCalendar

extension HubAPI {
    /// The departments in force, without their keys.
    func listDepartments() async throws(ProblemDetails) -> Response {
        try JSONAnswer.response(DepartmentsAnswer(departments: try await ruleBook().departments))
    }

    /// What one department has on its desk; its own people see no other department's.
    func readWorklist(_ call: APICall) async throws(ProblemDetails) -> Response {
        guard let department = DepartmentCode(try call.parameter("code")) else { throw .notFound }
        let principal = try call.principal()
        let rule = PermissionTable.rule(for: .readWorklist, of: principal.role)
        if rule.conditions?.contains(.ownDepartment) == true, principal.department != department {
            // Not found, so that no department learns which others there are work for.
            throw .notFound
        }
        guard try await ruleBook().department(department) != nil else { throw .notFound }
        let closed = try call.query.value("closed", as: Bool.self, form: "true or false") ?? false
        let limit = try call.query.limit()
        var filter = WorklistFilter(of: department, includingClosed: closed)
        try await sight(of: call, for: .readWorklist).narrow(&filter)
        let rows: [WorklistRow]
        let position: Position
        do {
            position = try await desk.views.position()
            rows = try await desk.views.worklist(filter, at: desk.clock.now(), limit: limit)
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(WorklistAnswer(position: position, rows: rows), at: position)
    }

    /// The newest version of every deadline rule.
    func listRules() async throws(ProblemDetails) -> Response {
        let book = try await ruleBook()
        return try JSONAnswer.response(
            RulesAnswer(calendarVersion: book.calendarDocument?.version, rules: book.deadlineRules))
    }
}

struct WorklistAnswer: Codable {
    let position: Position
    let rows: [WorklistRow]
}

struct DepartmentsAnswer: Codable {
    let departments: [Department]
}

struct RulesAnswer: Codable {
    let calendarVersion: String?
    let rules: [DeadlineRule]
}
