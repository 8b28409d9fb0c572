import CaseViews
import Casework
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

    /// Leaves out the cases of people the reader may not judge, and those no keeper of the reader's has.
    mutating func addSight(_ keepers: Set<CaseRow.Keeper>, hiding people: Set<PersonReference>) {
        if !keepers.isEmpty {
            let marks = keepers.map { _ in "?" }.joined(separator: ",")
            terms.append("case_id IN (SELECT case_id FROM case_keeper WHERE keeper IN (\(marks)))")
            arguments += StatementArguments(keepers.map(\.key).sorted())
        }
        if !people.isEmpty {
            terms.append("(case_id IS NULL OR case_id NOT IN (\(Self.casesOf(people.count))))")
            arguments += StatementArguments(people.sorted().map(\.blob))
        }
    }

    /// Leaves only the cases of some people.
    mutating func addCases(of people: Set<PersonReference>) {
        terms.append("case_id IN (\(Self.casesOf(people.count)))")
        arguments += StatementArguments(people.sorted().map(\.blob))
    }

    /// The cases some people appear in.
    private static func casesOf(_ count: Int) -> String {
        let marks = Array(repeating: "?", count: count).joined(separator: ",")
        return "SELECT case_id FROM case_person WHERE person IN (\(marks))"
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

    // MARK: The board

    /// What makes a partial index usable; nothing for an index of all rows.
    mutating func add(holding index: String) {
        if index.hasSuffix("rare") { add("(flags > 1 OR standing > 0)") }
        if index.hasSuffix("late") { add("flags & \(DeadlineColumns.Flags.lateRecord.rawValue) <> 0") }
        if index.hasSuffix("sharp") { add("flags & \(DeadlineColumns.Flags.sharp.rawValue) <> 0") }
    }

    /// What of a filter the cells know; rows have the same columns.
    mutating func addColumns(of filter: BoardFilter) {
        switch filter.owner {
        case .centre: add("owner = ?", "")
        case .department(let department): add("owner = ?", department.description)
        case nil: break
        }
        if let rule = filter.rule { add("rule = ?", DeadlineColumns.key(rule)) }
        if let kind = filter.kind { add("kind = ?", DeadlineColumns.key(kind)) }
        if let town = filter.town { add("town = ?", town.description) }
        if filter.isWithoutTown { add("town = ?", "") }
        if let reason = filter.pausedFor {
            add("standing = \(DeadlineColumns.Standing.paused(for: reason).rawValue)")
        }
        add(.promise, filter.isPromise)
        add(.provisional, filter.isProvisional)
        add(.urgent, filter.isUrgent)
        add(.irregular, filter.isIrregular)
        if filter.onlyBeforeMeeting { add(.beforeMeeting, true) }
        add(.byHours, filter.isByHours)
        add(.lateRecord, filter.isLateRecord)
        if filter.dueFrom != nil || filter.dueThrough != nil {
            add("due_key < ?", BoardKey.firstPaused.milliseconds)
        }
        if let from = filter.dueFrom { add("due_key > ?", from.startMilliseconds) }
        if let through = filter.dueThrough { add("due_key <= ?", through.endMilliseconds) }
        addPauses(of: filter)
    }

    /// What no row is; a bare zero would take the partial indexes from the planner.
    private static let nothing = "(standing < 0)"

    /// How long a pause has lasted: paused deadlines stand in the order of the days their pauses began.
    private mutating func addPauses(of filter: BoardFilter) {
        func since(_ day: CivilDay) -> Int64 { BoardKey.paused(since: day).milliseconds }
        if filter.pausedOver != nil {
            add("standing >= \(DeadlineColumns.Standing.firstPause)")
            add("due_key >= ?", BoardKey.firstPaused.milliseconds)
            if let day = filter.pausedThrough { add("due_key <= ?", since(day)) } else { add(Self.nothing) }
        }
        guard let isOverlong = filter.isOverlong else { return }
        let alternatives = filter.overlong.sorted { $0.key < $1.key }.map { reason, day in
            "standing = \(DeadlineColumns.Standing.paused(for: reason).rawValue) AND due_key <= \(since(day))"
        }
        let overlong = alternatives.isEmpty ? Self.nothing : "(\(alternatives.joined(separator: " OR ")))"
        add(isOverlong ? overlong : "NOT \(overlong)")
        // The bounds common to all let an index skip the rest.
        if isOverlong, let latest = filter.overlong.values.max() {
            add("due_key >= ?", BoardKey.firstPaused.milliseconds)
            add("due_key <= ?", since(latest))
        }
    }

    private mutating func add(_ flag: DeadlineColumns.Flags, _ isWanted: Bool?) {
        guard let isWanted else { return }
        add("flags & \(flag.rawValue) \(isWanted ? "<>" : "=") 0")
    }

    /// What of a filter only the rows know.
    mutating func addRows(of filter: BoardFilter) {
        if let caseID = filter.caseID { add("case_id = ?", caseID.blob) }
        if let item = filter.policyItem { add("item = ?", item.description) }
        if let handler = filter.handler { add("handler = ?", handler.description) }
        if let channel = filter.channel { add("channel = ?", channel.rawValue) }
        if let level = filter.level { add("level = \(level.rawValue)") }
        if let level = filter.levelFrom { add("level >= \(level.rawValue)") }
        if filter.village != nil {
            let marks = filter.villageKeepers.map { _ in "?" }.joined(separator: ",")
            terms.append("case_id IN (SELECT case_id FROM case_keeper WHERE keeper IN (\(marks)))")
            arguments += StatementArguments(filter.villageKeepers.map(\.key).sorted())
        }
        if let from = filter.startedFrom { add("started_day >= ?", from.number) }
        if let through = filter.startedThrough { add("started_day <= ?", through.number) }
        addSight(filter.keepers, hiding: filter.hiddenPeople)
    }

    /// The lights wanted of what is open: ranges of stored instants, so that nothing is stored that time alone changes.
    mutating func add(lights wanted: Set<DeadlineState>, at now: Int64) {
        let open = DeadlineState.allCases.filter { $0.isOpen && wanted.contains($0) }
        guard open.count < DeadlineState.allCases.filter(\.isOpen).count else { return }
        let pause = DeadlineColumns.Standing.firstPause
        let alternatives: [String] = open.map { state -> String in
            switch state {
            case .overdue: "due_key <= \(now)"
            case .dueSoon: "due_key > \(now) AND warn_key <= \(now) AND standing = 0"
            case .onTime: "due_key > \(now) AND warn_key > \(now) AND standing = 0"
            case .paused: "due_key > \(now) AND standing >= \(pause)"
            case .waiting: "standing = 1 AND warn_key > \(now)"
            case .free: "standing = 1 AND warn_key <= \(now)"
            case .met, .metLate, .cancelled: "0"
            }
        }
        // The bound common to all lights wanted lets the index skip what lies before it.
        if !open.contains(.overdue) { add("due_key > \(now)") }
        if open == [.paused] { add("due_key >= \(BoardKey.firstPaused.milliseconds)") }
        if open.allSatisfy({ $0 != .paused && $0 != .waiting && $0 != .free }), !open.contains(.onTime) {
            add("due_key < \(BoardKey.firstPaused.milliseconds)")
        }
        if open == [.overdue] { add("due_key <= \(now)") } else { add("(\(alternatives.joined(separator: " OR ")))") }
    }
}
