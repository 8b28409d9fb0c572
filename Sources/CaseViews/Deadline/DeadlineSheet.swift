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

    /// Ends one open row and takes it off the sheet.
    mutating func close(_ id: DeadlineID, _ ending: DeadlineRow.Ending) -> DeadlineRow? {
        guard let index = open.firstIndex(where: { $0.id == id }) else { return nil }
        var row = open.remove(at: index)
        row.ending = ending
        return row
    }
}
