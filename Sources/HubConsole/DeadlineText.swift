import CaseViews
import Casework
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
            "pause": pause ?? false, "extended": extended ?? false, "ladder": ladder ?? false,
            "supervision": row.supervision.map(String.init) ?? false, "lateRecord": lateRecord ?? false,
            "subject": row.subjectNumber.map(\.description) ?? false,
        ]
    }

    /// Why it stands still, since when, for how many working days, and whether nobody was told.
    private var pause: String? {
        guard let pause = row.openPause else { return nil }
        let today = CivilDay(containing: now.milliseconds)
        let days = book.calendar?.workingDays(after: pause.startDay, through: today) ?? 0
        let reason = pause.reason.label.text(in: language)
        switch language {
        case .chinese:
            return "\(reason),\(pause.startDay) 起,\(days) 个工作日" + (row.isIrregular ? ",未记录告知" : "")
        case .english:
            let told = row.isIrregular ? ", no notice recorded" : ""
            return "\(reason), since \(pause.startDay), \(days) working \(days == 1 ? "day" : "days")" + told
        }
    }

    /// From what to what it was made longer, and on which clause.
    private var extended: String? {
        guard let last = row.extensions.last else { return nil }
        var amount = row.limit.amount
        for granted in row.extensions.map(\.granted) {
            switch granted {
            case .add(let more): amount += more
            case .total(let all): amount = max(amount, all)
            }
        }
        let word = Phrase.extended.text(in: language)
        return "\(word) \(row.limit.amount) → \(amount) (\(last.basis))"
    }

    /// The highest rung of the ladder and when it was reached.
    private var ladder: String? {
        guard let highest = row.crossed.last else { return nil }
        return "\(highest.level.label.text(in: language)) \(DateText(highest.at, in: language).text)"
    }

    /// When what met it was entered, where that was late.
    private var lateRecord: String? {
        guard row.isLateRecord == true, case .stopped(let event) = row.ending else { return nil }
        return DateText(event.recordedAt, in: language).text
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
