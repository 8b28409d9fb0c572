import CaseViews
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

/// One deadline in the words of a page: light, date, what is left, whose it is.
struct DeadlineText {
    let row: DeadlineRow
    let now: Instant
    let book: RuleBook
    let language: Language

    /// What both the board and the case page show of it.
    var fields: Fields {
        let state = row.state(at: now)
        return [
            "css": Self.style(of: state), "sign": state.sign, "word": state.label.text(in: language),
            "isProvisional": row.isProvisional && row.isOpen, "what": row.label.text(in: language),
            "isPromise": row.isPromise, "due": due ?? false, "left": left(in: state), "owner": owner,
            "since": DateText(row.started.occurredAt, in: language).fields,
            "subject": row.subjectNumber.map(\.description) ?? false,
        ]
    }

    /// Class of the style sheet.
    static func style(of state: DeadlineState) -> String {
        switch state {
        case .overdue, .dueSoon, .onTime, .paused: state.rawValue
        case .waiting, .free: "floor"
        case .met, .metLate, .cancelled: "closed"
        }
    }

    private var due: Fields? {
        row.limit.endsAtInstant
            ? row.dueAt.map { DateText($0, in: language).fields } : row.dueDay.map { DateText($0, in: language).fields }
    }

    private var owner: String {
        guard let owner = row.owner else { return row.duty.label.text(in: language) }
        return book.department(owner)?.name.text(in: language) ?? owner.description
    }

    private func left(in state: DeadlineState) -> String {
        switch state {
        case .met, .metLate, .cancelled, .free:
            return "—"
        case .overdue, .dueSoon, .onTime, .waiting:
            if row.limit.endsAtInstant { return hours }
            guard let counted else { return "—" }
            if state == .overdue { return overdue(by: counted.overdueBy(at: now)) }
            return counted.workingDaysLeft(at: now).map(remaining) ?? "—"
        case .paused:
            return counted?.workingDaysLeft(at: now).map { "\(Self.pausedWord(language)) \(remaining($0))" } ?? "—"
        }
    }

    private var hours: String {
        guard let dueAt = row.dueAt else { return "—" }
        let milliseconds = dueAt.milliseconds - now.milliseconds
        let hours = abs(milliseconds) / 3_600_000
        switch language {
        case .chinese: return milliseconds > 0 ? "剩 \(hours) 小时" : "逾期 \(hours) 小时"
        case .english: return milliseconds > 0 ? "\(hours) h left" : "\(hours) h overdue"
        }
    }

    private func remaining(_ days: Int) -> String {
        switch language {
        case .chinese: "剩 \(days) 个工作日"
        case .english: days == 1 ? "1 working day left" : "\(days) working days left"
        }
    }

    private func overdue(by days: Int) -> String {
        switch language {
        case .chinese: days == 0 ? "逾期不足 1 个工作日" : "逾期 \(days) 个工作日"
        case .english:
            days == 0
                ? "overdue, less than 1 working day"
                : days == 1 ? "1 working day overdue" : "\(days) working days overdue"
        }
    }

    private static func pausedWord(_ language: Language) -> String {
        switch language {
        case .chinese: "暂停,"
        case .english: "paused,"
        }
    }

    /// Counted anew with the calendar in force; nothing outside it.
    private var counted: Due? {
        try? row.evaluate(by: book)
    }
}
