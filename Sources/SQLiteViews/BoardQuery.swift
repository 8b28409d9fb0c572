import CaseViews
import Deadlines
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

/// Conditions joined by AND, with their arguments.
struct SQLConditions {
    private(set) var terms: [String] = []
    private(set) var arguments = StatementArguments()

    mutating func add(_ term: String, _ values: (any DatabaseValueConvertible)?...) {
        terms.append(term)
        arguments += StatementArguments(values)
    }

    mutating func add(owner: BoardFilter.Owner?) {
        switch owner {
        case .centre: add("owner = ?", "")
        case .department(let department): add("owner = ?", department.description)
        case nil: break
        }
    }

    /// Leaves out what the meeting office has nothing to do with.
    mutating func add(onlyBeforeMeeting: Bool) {
        guard onlyBeforeMeeting else { return }
        add("case_id IN (SELECT case_id FROM case_file WHERE before_meeting = 1)")
    }

    /// Leaves out the cases of people the reader may not judge, and those no keeper of the reader's has.
    mutating func addSight(_ keepers: Set<CaseRow.Keeper>, hiding people: Set<PersonReference>) {
        if !keepers.isEmpty {
            let marks = keepers.map { _ in "?" }.joined(separator: ",")
            terms.append("case_id IN (SELECT case_id FROM case_keeper WHERE keeper IN (\(marks)))")
            arguments += StatementArguments(keepers.map(\.key).sorted())
        }
        if !people.isEmpty {
            let marks = people.map { _ in "?" }.joined(separator: ",")
            terms.append(
                "(case_id IS NULL OR case_id NOT IN (SELECT case_id FROM case_person WHERE person IN (\(marks))))")
            arguments += StatementArguments(people.sorted().map(\.blob))
        }
    }

    /// Leaves out referrals of cases the reader does not see, as lists and board leave those cases out.
    mutating func addCases(of filter: WorklistFilter) {
        guard filter.isNarrowed else { return }
        var cases = SQLConditions()
        if let town = filter.town { cases.add("town = ?", town.description) }
        if filter.onlyBeforeMeeting { cases.add("before_meeting = 1") }
        cases.addSight(filter.keepers, hiding: filter.hiddenPeople)
        terms.append("referral IN (SELECT referral FROM case_referral JOIN case_file USING (case_id) \(cases.clause))")
        arguments += cases.arguments
    }

    var clause: String { terms.isEmpty ? "" : "WHERE " + terms.joined(separator: " AND ") }
}

/// A board's filter as SQL; lights are ranges of stored instants, so nothing is stored that time alone could change.
struct BoardQuery {
    struct Part {
        let sql: String
        let arguments: StatementArguments
    }

    /// The queries whose rows together, in key order, are the page and one more.
    let parts: [Part]

    init(_ filter: BoardFilter, at now: Instant, after: BoardKey?, limit: Int) {
        let wanted =
            filter.states.isEmpty ? Set(DeadlineState.allCases.filter(\.isOpen)) : filter.states
        var parts: [Part] = []
        if let lights = Self.lights(wanted, now.milliseconds) {
            parts.append(Self.part("is_open = 1", lights, filter, after, limit))
        }
        let ended = DeadlineState.allCases.filter { !$0.isOpen && wanted.contains($0) }
        for state in ended {
            parts.append(Self.part("is_open = 0", "ended = '\(state.rawValue)'", filter, after, limit))
        }
        self.parts = parts
    }

    /// The condition for the open lights wanted; nothing when none is.
    private static func lights(_ wanted: Set<DeadlineState>, _ now: Int64) -> String? {
        let open = DeadlineState.allCases.filter { $0.isOpen && wanted.contains($0) }
        guard !open.isEmpty else { return nil }
        guard open.count < DeadlineState.allCases.filter(\.isOpen).count else { return "1" }
        let alternatives: [String] = open.map { state -> String in
            switch state {
            case .overdue: "due_key <= \(now)"
            case .dueSoon: "due_key > \(now) AND warn_key <= \(now) AND paused < 2"
            case .onTime: "due_key > \(now) AND warn_key > \(now) AND paused = 0"
            case .paused: "due_key > \(now) AND paused = 1"
            case .waiting: "paused = 2 AND warn_key > \(now)"
            case .free: "paused = 2 AND warn_key <= \(now)"
            case .met, .metLate, .cancelled: "0"
            }
        }
        let lights = alternatives.joined(separator: " OR ")
        // The bound common to all lights wanted lets the index skip what lies before it.
        return wanted.contains(.overdue) ? "(\(lights))" : "due_key > \(now) AND (\(lights))"
    }

    private static func part(
        _ openness: String, _ lights: String, _ filter: BoardFilter, _ after: BoardKey?, _ limit: Int
    ) -> Part {
        var conditions = SQLConditions()
        conditions.add(openness)
        conditions.add(lights)
        conditions.add(owner: filter.owner)
        if let rule = filter.rule { conditions.add("rule = ?", rule.description) }
        if let town = filter.town { conditions.add("town = ?", town.description) }
        if let caseID = filter.caseID { conditions.add("case_id = ?", caseID.blob) }
        if let item = filter.policyItem { conditions.add("item = ?", item.description) }
        if let isPromise = filter.isPromise { conditions.add("promise = ?", isPromise) }
        if let isProvisional = filter.isProvisional { conditions.add("provisional = ?", isProvisional) }
        if let from = filter.dueFrom { conditions.add("due_day >= ?", from.description) }
        if let through = filter.dueThrough { conditions.add("due_day <= ?", through.description) }
        conditions.add(onlyBeforeMeeting: filter.onlyBeforeMeeting)
        conditions.addSight(filter.keepers, hiding: filter.hiddenPeople)
        if let after {
            conditions.add("(due_key, id) > (?, ?)", after.dueAt.milliseconds, after.id.description)
        }
        return Part(
            sql: "SELECT body FROM deadline \(conditions.clause) ORDER BY due_key, id LIMIT \(limit + 1)",
            arguments: conditions.arguments)
    }
}
