import Casework
import EventSourcing
package import RuleBook

/// The deadlines of one case, or of one request before it is a case: a pure fold of events and rules.
///
/// Rules start, stop and cancel instances by their triggers; what a trigger cannot say (every action dispatched,
/// approved with its successor, every body has its extract) stands here, named by rule, as `RULINGS.md` §1 has it.
package struct DeadlineSheet: Codable, Hashable, Sendable {
    /// Those that somebody still has to act on, in order of start.
    package internal(set) var open: [DeadlineRow] = []
    /// How many instances of a rule about one subject were begun, so that a closed row need not be kept here.
    var cycles: [String: Int] = [:]
    /// Ended ones that had reached a rung nobody has recorded yet; few, and gone once it is.
    var owed: [DeadlineRow] = []

    package init() {}

    /// Takes in one event.
    ///
    /// - Returns: The rows that began, changed or ended, each once, in its newest form.
    mutating func take(_ event: ReadEvent, rules: RuleBook, facts: DeadlineFacts) -> [DeadlineRow] {
        var changed: [DeadlineID: DeadlineRow] = [:]
        for row in adjust(by: event, rules: rules) { changed[row.id] = row }
        for row in end(by: event, rules: rules, facts: facts) { changed[row.id] = row }
        for row in start(by: event, rules: rules, facts: facts) { changed[row.id] = row }
        for row in relabel(by: facts) where changed[row.id] == nil { changed[row.id] = row }
        return changed.values.sorted { $0.id < $1.id }
            .map { row in open.first { $0.id == row.id } ?? row }
    }

    /// Takes in that a rung was crossed, by an open deadline or one that has ended since.
    mutating func cross(_ crossed: DeadlineEvent.Crossed, at instant: Instant, rules: RuleBook) -> [DeadlineRow] {
        let id = DeadlineID(rule: crossed.rule, scope: crossed.instance, body: crossed.body, cycle: crossed.cycle)
        let crossing = LadderCrossing(level: crossed.level, at: instant)
        if let index = open.firstIndex(where: { $0.id == id }) {
            open[index].cross(crossing, supervision: crossed.supervision, by: rules)
            return [open[index]]
        }
        guard let index = owed.firstIndex(where: { $0.id == id }) else { return [] }
        owed[index].cross(crossing, supervision: crossed.supervision, by: rules)
        return [owed[index].nextCrossing == nil ? owed.remove(at: index) : owed[index]]
    }

    /// Counts every open deadline again with a newly published calendar.
    ///
    /// - Parameter rules: The book whose newest calendar is the one just published.
    /// - Returns: The rows whose dates changed.
    package mutating func recount(by rules: RuleBook) -> [DeadlineRow] {
        var changed: [DeadlineRow] = []
        for index in open.indices {
            let before = open[index]
            open[index].count(by: rules)
            if open[index] != before { changed.append(open[index]) }
        }
        return changed
    }

    /// What comes after the start: a meeting is requested before it has a number, a post takes over a referral.
    private mutating func relabel(by facts: DeadlineFacts) -> [DeadlineRow] {
        var changed: [DeadlineRow] = []
        for index in open.indices {
            let before = open[index]
            facts.label(&open[index])
            if open[index] != before { changed.append(open[index]) }
        }
        return changed
    }

    /// Every deadline with a rung to come or to be recorded.
    package var onNextRung: [DeadlineRow] { (open + owed).filter { $0.nextCrossing != nil } }

    /// Ends one open row and takes it off the sheet.
    mutating func close(_ id: DeadlineID, _ ending: DeadlineRow.Ending, rules: RuleBook) -> DeadlineRow? {
        guard let index = open.firstIndex(where: { $0.id == id }) else { return nil }
        var row = open.remove(at: index)
        row.ending = ending
        row.isLateRecord = row.isRecordedLate(by: rules)
        row.climb(by: rules)
        if row.nextCrossing != nil { owed.append(row) }
        return row
    }
}
