import Deadlines
import EventSourcing
import WorkingCalendar

/// Works through a file of worked examples.
struct DueVectorCheck {
    private let file: DueVectorFile
    private let calendar: CalendarDocument

    init(_ file: DueVectorFile, calendar: CalendarDocument) {
        self.file = file
        self.calendar = calendar
    }

    /// How many examples there are, of all four kinds.
    var count: Int {
        file.vectors.count + (file.states?.count ?? 0) + (file.warnings?.count ?? 0)
            + (file.recalculations?.count ?? 0)
    }

    /// One line for each value that comes out otherwise than written; empty when all are as written.
    var differences: [String] {
        var found: [String] = []
        var built: [String: WorkingCalendar] = [:]
        func calendar(_ name: String?) throws(CalendarError) -> WorkingCalendar {
            let key = name ?? ""
            if let known = built[key] { return known }
            let overlay = name.flatMap { file.overlays?[$0]?.overlay }
            let made = try WorkingCalendar(overlay.map(self.calendar.overlaid) ?? self.calendar)
            built[key] = made
            return made
        }
        for vector in file.vectors {
            found += Self.told(vector.id) { () throws(CalendarError) in
                try Self.differences(of: vector, calendar(vector.calendar))
            }
        }
        for state in file.states ?? [] {
            found += Self.told(state.id) { () throws(CalendarError) in
                try Self.differences(of: state, calendar(nil))
            }
        }
        for warning in file.warnings ?? [] {
            found += Self.told(warning.id) { () throws(CalendarError) in
                try Self.differences(of: warning, calendar(nil))
            }
        }
        for move in file.recalculations ?? [] {
            found += Self.told(move.id) { () throws(CalendarError) in
                let moved = try MovedDue(
                    old: move.oldDue, new: move.newDue, publishedAt: move.publishedAt,
                    calendar: calendar(move.calendar))
                return [
                    Self.difference("legal_due", move.expect.legalDue, moved.legal),
                    Self.difference("effective_due", move.expect.effectiveDue, moved.effective),
                ].compactMap { $0 }
            }
        }
        return found
    }

    private static func told(
        _ id: String, _ work: () throws(CalendarError) -> [String]
    ) -> [String] {
        do throws(CalendarError) {
            return try work().map { "\(id): \($0)" }
        } catch {
            return ["\(id): \(error)"]
        }
    }

    private static func differences(
        of vector: DueVectorFile.Vector, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> [String] {
        let due = try DeadlineEvaluation.evaluate(
            terms: vector.terms, start: vector.clock.start, pauses: vector.clock.stretches,
            extensions: (vector.extensions ?? []).compactMap(\.value), calendar: calendar)
        let counted = due.countedDays.map { String($0.description.dropFirst(5)) }
        return [
            difference("due_date", vector.expect.dueDate, due.dueDay),
            vector.expect.dueAt.flatMap { difference("due_at", $0, due.dueAt) },
            vector.expect.provisional.flatMap { difference("provisional", $0, due.isProvisional) },
            vector.expect.calendarVersion.flatMap { difference("calendar_version", $0, due.calendarVersion) },
            vector.counted.flatMap { difference("counted", $0, counted) },
        ].compactMap { $0 }
    }

    private static func differences(
        of state: DueVectorFile.State, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> [String] {
        let due = try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: state.clock.limit), start: state.clock.start, pauses: state.clock.stretches,
            calendar: calendar)
        let found = due.state(at: state.now, satisfiedAt: state.doneAt, warningLevel: state.warnAtRemaining)
        return [
            difference("state", state.expect.state, word(found)),
            state.expect.remaining.flatMap { difference("remaining", $0, due.workingDaysLeft(at: state.now)) },
            state.expect.overdueBy.flatMap { difference("overdue_by", $0, due.overdueBy(at: state.now)) },
        ].compactMap { $0 }
    }

    private static func differences(
        of warning: DueVectorFile.Warning, _ calendar: WorkingCalendar
    ) throws(CalendarError) -> [String] {
        let due = try DeadlineEvaluation.evaluate(
            terms: DeadlineTerms(limit: warning.clock.limit), start: warning.clock.start,
            pauses: warning.clock.stretches, calendar: calendar)
        let told = try due.reaches(.warning, warning: warning.warnAtRemaining)
        let midnight = told.map { Instant(milliseconds: CivilDay(containing: $0.milliseconds).startMilliseconds) }
        return [
            difference("warn_at", warning.expect.warnAt, midnight),
            difference("notify_at", warning.expect.notifyAt, told),
        ].compactMap { $0 }
    }

    /// The file's word for a state.
    private static func word(_ state: DeadlineState) -> String {
        switch state {
        case .onTime: "on_time"
        case .dueSoon: "due_soon"
        case .metLate: "met_late"
        case .overdue, .paused, .met, .cancelled, .waiting, .free: state.rawValue
        }
    }

    private static func difference<Value: Equatable>(_ name: String, _ wanted: Value, _ found: Value?) -> String? {
        guard wanted != found else { return nil }
        return
            "\(name) 应为 \(wanted)，得 \(found.map { "\($0)" } ?? "无") – expected \(wanted), got \(found.map { "\($0)" } ?? "none")"
    }
}
