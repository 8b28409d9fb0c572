import CaseDesk
import CaseViews
import Casework
import EventSourcing
import RuleBook
import WorkingCalendar

/// Gathers what the inbox shows: the notices of the reader's post, desk and office, newest first.
struct NoticesPageMaker {
    let console: HubConsole
    let visit: Visit
    let principal: Principal

    private static let rowsOnPage = 100

    func fields() async throws -> Fields {
        let desk = console.desk
        let language = visit.language
        var before: Position?
        if let text = visit.parameter("before") {
            guard let number = UInt64(text), number < UInt64(Int64.max) else { throw ConsoleProblem.badParameter }
            before = Position(number)
        }
        let page: NoticePage
        do {
            let rules = try await desk.ruleBook.current().history.current
            let boxes = NoticeRecipient.mailboxes(
                of: principal.role, department: principal.department, town: principal.town, post: principal.post,
                rules: rules)
            page = try await desk.views.notices(
                for: boxes, onlyUnread: false, before: before, limit: Self.rowsOnPage)
        } catch let error as EventLogError {
            throw ConsoleProblem(DeskError(error))
        } catch let error as ViewStoreError {
            throw ConsoleProblem(error)
        }
        let now = desk.clock.now()
        return [
            "title": Phrase.noticesTitle.text(in: language), "now": DateText(now, in: language).fields,
            "position": page.position.description, "hasNotices": !page.rows.isEmpty,
            "notices": page.rows.map { row($0, now) },
            "nextLink": page.next.map { language.link("/notices", [("before", $0.description)]) } ?? false,
        ]
    }

    private func word(_ row: NoticeRow) -> Label {
        switch row.kind {
        case .ladder: row.level?.label ?? Label("时限", "deadline")
        case .reminder: Label("催办", "reminder")
        case .calendar: Label("日历变动", "calendar")
        }
    }

    private func move(_ move: DueMove) -> Fields {
        let language = visit.language
        let isLed = principal.department == nil
        return [
            "link": (isLed ? move.caseNumber.map { language.link("/cases/\($0)") } : nil) ?? false,
            "number": (move.subjectNumber ?? move.caseNumber)?.description ?? move.deadline.description,
            "name": move.label.text(in: language), "before": move.before.description, "after": move.after.description,
            "provisional": move.isProvisional ? Phrase.provisional.text(in: language) : false,
        ]
    }

    private func row(_ row: NoticeRow, _ now: Instant) -> Fields {
        let language = visit.language
        // Only those who may sign in to the case's page are led there.
        let caseLink = principal.department == nil ? row.caseNumber.map { language.link("/cases/\($0)") } : nil
        let printLink =
            caseLink == nil
            ? nil
            : row.serial.map { serial in
                language.link("/cases/\(row.caseNumber.map(\.description) ?? "")/reminders/\(serial)")
            }
        return [
            "word": word(row).text(in: language), "moves": (row.dates?.moves ?? []).map(move),
            "what": row.name.text(in: language), "caseLink": caseLink ?? false,
            "caseNumber": row.caseNumber?.description ?? false, "printLink": printLink ?? false,
            "recipient": row.recipient.description, "position": row.position.description,
            "at": DateText(row.occurredAt, in: language).fields, "isRead": row.isRead,
            "markID": IdentifierSource().next(at: now).description,
        ]
    }
}
