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

    /// The newest version of every deadline rule, and where the work is done: towns, stations, posts and who holds them.
    func listRules() async throws(ProblemDetails) -> Response {
        let book = try await ruleBook()
        let named = book.departments.flatMap(\.posts) + book.towns.flatMap(\.stations).flatMap(\.posts)
        let posts = named.map { post in
            PostAnswer(
                code: post.code, name: post.name, isHead: post.head, holder: book.holder(of: post.code, on: today))
        }
        return try JSONAnswer.response(
            RulesAnswer(
                day: today, calendarVersion: book.calendarDocument?.version, rules: book.deadlineRules,
                towns: book.towns, posts: posts.sorted { $0.code < $1.code }))
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
    /// The day whose holders are told.
    let day: CivilDay
    let calendarVersion: String?
    let rules: [DeadlineRule]
    /// Each with its villages and stations.
    let towns: [Town]
    /// Those of departments and stations.
    let posts: [PostAnswer]
}

struct PostAnswer: Codable {
    let code: PostCode
    let name: Label
    let isHead: Bool
    /// An account, never a person; nothing while the post is vacant.
    let holder: AccountID?
}
