package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// A due date that anyone can compute again from this document alone (N-2): what started the count, by which rule and
/// calendars, every day with its reason, every pause and extension, and the answer.
///
/// References and codes only, so that it may be handed to anyone who may know the case. `Tests/CaseViewsTests/
/// check_certificate.py` does the computing again without any of our code.
package struct DeadlineCertificate: Codable, Hashable, Sendable {
    /// The version of the rule the deadline runs under, as far as it bears on the date.
    package struct Rule: Codable, Hashable, Sendable {
        package let id: DeadlineRuleID
        package let version: Int
        package let name: Label
        package let bound: DeadlineRule.Bound
        /// Where the limit is written.
        package let basis: DeadlineRule.Basis
        package let pausable: [DeadlineRule.PauseReason]
        package let isPromise: Bool
    }

    /// What one calendar says about the days of this deadline.
    package struct Calendar: Codable, Hashable, Sendable {
        package let version: String
        /// When it was published while the deadline ran; nothing for the one it started under.
        package let publishedAt: Instant?
        package let firmUntil: CivilDay
        package let officeHours: OfficeHours
        /// Mondays to Fridays off, from ``DeadlineCertificate/coversFrom`` through ``DeadlineCertificate/coversThrough``.
        package let offWeekdays: [CivilDay]
        /// Saturdays and Sundays worked, likewise.
        package let makeupWorkdays: [CivilDay]
    }

    /// Name of this form of document.
    package let format: String
    package let deadline: DeadlineID
    package let caseNumber: EntityNumber?
    package let subjectNumber: EntityNumber?
    /// The hub's log up to here is taken into account.
    package let position: Position
    /// The time at which ``state`` is told.
    package let at: Instant
    package let trigger: EventReference
    package let rule: Rule
    /// The limit with its unit before extensions, and how receipt, roll and cutoff are ruled.
    package let terms: DeadlineTerms
    package let pauses: [DeadlineRow.Pause]
    package let extensions: [DeadlineRow.Extension]
    package let calendars: [Calendar]
    package let coversFrom: CivilDay
    package let coversThrough: CivilDay
    /// Every day from the start through the due day by the last calendar.
    package let days: [AccountedDay]
    package let dueDay: CivilDay?
    package let dueAt: Instant?
    /// The date the law alone would give, where a late notice moved it before ``dueDay``.
    package let legalDueDay: CivilDay?
    /// A later notice can still move the date (暂定).
    package let isProvisional: Bool
    package let state: DeadlineState
    package let stateLabel: Label
    /// What met or cancelled it.
    package let ended: EventReference?
    /// Whether what met it was entered late; nothing while it is open.
    package let isLateRecord: Bool?

    /// Certifies one deadline.
    ///
    /// - Parameters:
    ///   - rules: The book as of `position`.
    ///   - at: The time its state is told for.
    /// - Returns: Nothing when its rule is not in the book.
    /// - Throws: ``CalendarError`` when the date cannot be computed: without a calendar there is nothing to certify.
    package init?(
        _ row: DeadlineRow, rules: RuleBook, position: Position, at instant: Instant
    ) throws(CalendarError) {
        guard let rule = rules.deadlineRule(row.id.rule, version: row.ruleVersion) else { return nil }
        let due = try row.evaluate(by: rules)
        let days = due.accountedDays
        let published = rules.calendars(since: row.started.position, through: row.endedAt)
        let first = CivilDay(containing: row.started.occurredAt.milliseconds)
        // A date that was held back lies between the old one and the new: all of them must be covered.
        var last = days.last?.day ?? first
        for step in published {
            let alone = try DeadlineEvaluation.evaluate(
                terms: row.terms, start: row.started.occurredAt,
                pauses: row.pauses.map { DeadlinePause(from: $0.from, to: $0.to) },
                extensions: row.extensions.map(\.granted), calendar: step.calendar)
            last = max(last, alone.dueDay ?? last)
        }
        format = "onedoor-deadline-certificate/1"
        deadline = row.id
        caseNumber = row.caseNumber
        subjectNumber = row.subjectNumber
        self.position = position
        at = instant
        trigger = row.started
        self.rule = Rule(
            id: rule.id, version: rule.version, name: rule.name, bound: rule.bound, basis: rule.basis,
            pausable: rule.pausable, isPromise: rule.promise)
        terms = row.terms
        pauses = row.pauses
        extensions = row.extensions
        calendars = published.map { step in
            Calendar(
                version: step.calendar.version, publishedAt: step.publishedAt, firmUntil: step.calendar.firmUntil,
                officeHours: step.calendar.officeHours,
                offWeekdays: step.calendar.offWeekdays(from: first, through: last),
                makeupWorkdays: step.calendar.makeupWorkdays(from: first, through: last))
        }
        coversFrom = first
        coversThrough = last
        self.days = days
        dueDay = due.dueDay
        dueAt = due.dueAt
        legalDueDay = due.legalDay
        isProvisional = due.isProvisional
        state = row.state(at: instant)
        stateLabel = state.label
        isLateRecord = row.isLateRecord
        switch row.ending {
        case .stopped(let event), .cancelled(let event): ended = event
        case nil: ended = nil
        }
    }
}
