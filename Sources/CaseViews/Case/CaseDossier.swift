import Casework
import EventSourcing
package import RuleBook
import WorkingCalendar

/// What the views keep of one case while it lives: its row and its open deadlines; one fold for the live views, for
/// their rebuild and for replay.
package struct CaseDossier: Codable, Hashable, Sendable {
    package private(set) var row: CaseRow
    package private(set) var sheet: DeadlineSheet
    /// Records of which the row shows a value, in order.
    private var shown: [ShownRecord] = []

    /// A case begins with its `CaseOpened`, which has still to be taken in.
    ///
    /// - Returns: Nothing for any other event.
    package init?(openedBy event: ReadEvent) {
        guard case .caseFile(.opened(let opened)) = event.event else { return nil }
        row = CaseRow(id: opened.caseFile, number: opened.number, opened: event.reference)
        sheet = DeadlineSheet()
    }

    /// Takes in one event of the case.
    ///
    /// - Returns: What it changed beside ``row``.
    package mutating func take(_ event: ReadEvent, rules: RuleBook) -> CaseChange {
        row.take(event)
        shown += ShownRecord.all(in: event)
        if case .review(.corrected(let corrected)) = event.event { correct(corrected, event) }
        let deadlines = sheet.take(event, rules: rules, facts: DeadlineFacts(row))
        let subject = TimelineWording.subject(of: event, in: row)
        let timeline = TimelineRow(
            of: event.recorded, meta: event.meta, subject: subject,
            subjectNumber: DeadlineFacts(row).number(of: subject), informed: event.informed,
            summary: TimelineWording.summary(of: event, in: row, rules: rules))
        return CaseChange(timeline: timeline, deadlines: deadlines)
    }

    private mutating func correct(_ corrected: ReviewEvent.Corrected, _ event: ReadEvent) {
        let index = shown.lastIndex { $0.event == corrected.event && $0.field.property == corrected.field }
        row.corrections.append(
            CaseRow.Correction(
                event: corrected.event, field: corrected.field, original: index.map { shown[$0].value },
                value: corrected.value?.description, corrected: event.reference))
        guard let index, let value = corrected.value?.description else { return }
        row.show(value, insteadOf: shown[index])
        shown[index].value = value
        if [.openedConcernsMinor, .itemConcernsMinor].contains(shown[index].field) { row.recallMinor(shown) }
    }

    /// Counts the open deadlines again with a newly published calendar.
    package mutating func recount(by rules: RuleBook) -> [DeadlineRow] {
        sheet.recount(by: rules)
    }
}

/// What one event changed of a case beside its row.
package struct CaseChange: Hashable, Sendable {
    package let timeline: TimelineRow
    /// Deadlines that began, changed or ended.
    package let deadlines: [DeadlineRow]
}
