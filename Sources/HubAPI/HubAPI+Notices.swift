import CaseDesk
import CaseViews
import EventSourcing
import Hummingbird
import RuleBook

extension HubAPI {
    /// The notices of the caller's post, desk, station and office, newest first; nobody reads another's.
    func listNotices(_ call: APICall) async throws(ProblemDetails) -> Response {
        let principal = try call.principal()
        let boxes = NoticeRecipient.mailboxes(
            of: principal.role, department: principal.department, town: principal.town, post: principal.post,
            rules: try await ruleBook())
        let onlyUnread = try call.query.value("unread", as: Bool.self, form: "true or false") ?? false
        let before = try call.query.position("before")
        let limit = try call.query.limit()
        let page: NoticePage
        do throws(ViewStoreError) {
            page = try await desk.views.notices(
                for: boxes, onlyUnread: onlyUnread, before: before, limit: limit)
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            NoticesAnswer(
                recipients: boxes.sorted(), position: page.position, next: page.next, rows: page.rows),
            at: page.position)
    }
}

struct NoticesAnswer: Codable {
    /// Whose notices the caller reads.
    let recipients: [NoticeRecipient]
    let position: Position
    let next: Position?
    let rows: [NoticeRow]
}
