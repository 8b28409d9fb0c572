import CaseDesk
import CaseViews
import Casework
import EventSourcing
import Hummingbird
import RuleBook

extension HubAPI {
    /// Referrals dispatched some minutes ago that no department's system has confirmed and nobody has signed for.
    ///
    /// Numbers, departments and times only, since an operator reads it who may see no case.
    func listUndelivered(_ call: APICall) async throws(ProblemDetails) -> Response {
        let minutes =
            try call.query.value("minutes", as: Int.self, form: DeliveryWatch.minutesForm)
            ?? DeliveryWatch.standardMinutes
        guard DeliveryWatch.minutesRange.contains(minutes) else {
            throw .invalidParameter("minutes", mustBe: DeliveryWatch.minutesForm)
        }
        let limit = try call.query.limit()
        let now = desk.clock.now()
        var filter = DeliveryWatch.filter(minutes: minutes, at: now)
        try await sight(of: call, for: .watchDelivery).narrow(&filter)
        let rows: [WorklistRow]
        let position: Position
        do {
            position = try await desk.views.position()
            rows = try await desk.views.worklist(filter, at: now, limit: limit)
        } catch {
            throw ProblemDetails(error)
        }
        let book = try await ruleBook()
        let entries = rows.compactMap { row in
            row.undeliveredSince.map { since in
                UndeliveredEntry(
                    department: row.department, referral: row.referral, number: row.number, role: row.role,
                    dispatchedAt: since, minutes: Int((now.milliseconds - since.milliseconds) / 60_000),
                    isEnrolled: book.keys(of: row.department) != nil)
            }
        }
        return try JSONAnswer.response(
            UndeliveredAnswer(position: position, minutes: minutes, referrals: entries), at: position)
    }
}

struct UndeliveredAnswer: Codable {
    let position: Position
    /// How long a referral had to wait to be listed.
    let minutes: Int
    /// The longest waiting first.
    let referrals: [UndeliveredEntry]
}

struct UndeliveredEntry: Codable {
    let department: DepartmentCode
    let referral: ReferralID
    let number: EntityNumber?
    let role: WorklistRow.Role
    let dispatchedAt: Instant
    /// Since then.
    let minutes: Int
    /// Whether the department has an adapter; without one somebody has to tell it and it signs by hand.
    let isEnrolled: Bool
}
