import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// A due date that one calendar moves, and whom that concerns; references and codes only.
package struct DueMove: Codable, Hashable, Sendable {
    package let deadline: DeadlineID
    package let label: Label
    package let caseNumber: EntityNumber?
    package let subjectNumber: EntityNumber?
    package let town: TownCode?
    /// Whose duty it is, as the rule says, and the department where it is one.
    package let duty: DeadlineRule.Owner
    package let owner: DepartmentCode?
    /// Promised to the applicant, who has to be told as well.
    package let isPromise: Bool
    package let before: CivilDay
    /// The day people are held to: never one that has passed when the calendar came (`reference/deadlines.md` §5.8).
    package let after: CivilDay
    /// The day the law alone gives, where it was held back.
    package let legal: CivilDay?
    package let isProvisional: Bool

    /// Who has to be told.
    package var told: Set<Recipient> { isPromise ? [.owner, .applicant] : [.owner] }

    /// Somebody who has to be told of a moved date.
    package enum Recipient: String, Codable, CaseIterable, Hashable, Sendable {
        case owner, applicant
    }

    /// One line of the report's canonical text, without its end.
    package var canonicalLine: String {
        let owner = owner?.description ?? duty.rawValue
        return [
            deadline.description, caseNumber?.description ?? "-", owner, before.description, after.description,
            legal?.description ?? "-", isPromise ? "promise" : "-",
        ].joined(separator: "\t")
    }
}

/// What one calendar does to a running deadline.
package enum CalendarEffect: Hashable, Sendable {
    case moved(DueMove)
    /// The date stays and is no longer 暂定, or is now.
    case sameDay(isProvisional: Bool)
    case none
}

extension DeadlineRow {
    /// What a calendar would do that is published at an instant.
    ///
    /// - Parameter rules: The book with every calendar published so far.
    /// - Returns: ``CalendarEffect/none`` too where the deadline has no date: paused, or outside the calendars.
    package func effect(of calendar: WorkingCalendar, publishedAt: Instant, by rules: RuleBook) -> CalendarEffect {
        let before = rules.calendars(since: started.position, through: endedAt)
        return effect(before, before + [PublishedCalendar(calendar, publishedAt: publishedAt)])
    }

    /// What a calendar did that was published while the deadline ran, seen with all that is known of it now.
    package func effect(ofPublished version: String, by rules: RuleBook) -> CalendarEffect {
        let calendars = rules.calendars(since: started.position, through: endedAt)
        // The first is the one it started under, which moved nothing.
        guard let index = calendars.lastIndex(where: { $0.calendar.version == version }), index > 0 else {
            return .none
        }
        return effect(Array(calendars[..<index]), Array(calendars[...index]))
    }

    private func effect(_ before: [PublishedCalendar], _ after: [PublishedCalendar]) -> CalendarEffect {
        guard let old = try? evaluate(under: before), let new = try? evaluate(under: after), let oldDay = old.dueDay,
            let newDay = new.dueDay
        else { return .none }
        guard oldDay != newDay else {
            return old.isProvisional == new.isProvisional ? .none : .sameDay(isProvisional: new.isProvisional)
        }
        return .moved(
            DueMove(
                deadline: id, label: label, caseNumber: caseNumber, subjectNumber: subjectNumber, town: town,
                duty: duty, owner: owner, isPromise: isPromise, before: oldDay, after: newDay, legal: new.legalDay,
                isProvisional: new.isProvisional))
    }
}
