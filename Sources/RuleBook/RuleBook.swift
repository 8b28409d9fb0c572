package import Deadlines
package import EventSourcing
package import WorkingCalendar

/// Everything laid down up to some position: departments, policies, the dispatch catalogue, limits, the calendar.
///
/// The one source of rules in the program; files are only ever imported into the log.
package struct RuleBook: Hashable, Sendable {
    /// What hub this is; nothing in an empty log.
    package private(set) var hub: HubCreated?
    private(set) var departmentVersions: [DepartmentCode: [Department]] = [:]
    private var departmentKeys: [DepartmentCode: DepartmentKeys] = [:]
    private(set) var townVersions: [TownCode: [Town]] = [:]
    /// Ascending by first day.
    private(set) var tenures: [PostCode: [PostTenure]] = [:]
    private(set) var successions: [DepartmentCode: DepartmentSuccession] = [:]
    private(set) var policyVersions: [PolicyItemCode: [PolicyItem]] = [:]
    private(set) var retirements: [PolicyItemCode: PolicyItemRetirement] = [:]
    private(set) var taskVersions: [TaskCode: [DispatchTask]] = [:]
    private var ruleVersions: [DeadlineRuleID: [DeadlineRule]] = [:]
    /// Rules of which some version may start at an event of this type, sorted.
    private var rulesByStart: [String: [DeadlineRuleID]] = [:]
    private var calendars: [CalendarDocument] = []
    /// The calendars with their place in the log; empty in a book that was not read from one.
    private var calendarSteps: [CalendarStep] = []
    /// The calendar in force; nothing until one is published.
    package private(set) var calendar: WorkingCalendar?

    package init() {}

    /// The names of the event types a rule book is folded from.
    package static let eventTypes = Set(RuleBookEvent.Kind.allCases.map(\.rawValue))

    /// What publishing reads and guards: everything laid down.
    package static var boundary: EventQuery { .types(eventTypes) }

    // MARK: Departments

    /// One version of a department, as it was then.
    package func department(_ code: DepartmentCode, version: Int) -> Department? {
        departmentVersions[code]?.last { $0.version == version }
    }

    /// All departments, sorted by code.
    package var departments: [Department] {
        departmentVersions.values.compactMap(\.last).sorted { $0.code < $1.code }
    }

    /// The newest version of a department.
    package func department(_ code: DepartmentCode) -> Department? {
        departmentVersions[code]?.last
    }

    /// The newest keys of a department.
    package func keys(of code: DepartmentCode) -> DepartmentKeys? {
        departmentKeys[code]
    }

    /// The department whose adapter acts as this account.
    package func department(relayedBy account: AccountID) -> DepartmentCode? {
        departmentKeys.values.first { $0.account == account }?.department
    }

    /// The departments whose feed may hold entries, sorted by code.
    package var feeds: [DepartmentCode] {
        departments.filter(\.kind.hasFeed).map(\.code)
    }

    // MARK: Policies and tasks

    /// The newest version of every policy item, sorted by code.
    package var policyItems: [PolicyItem] {
        policyVersions.values.compactMap(\.last).sorted { $0.code < $1.code }
    }

    /// A policy item.
    ///
    /// - Parameter version: The newest when nothing is given.
    package func policyItem(_ code: PolicyItemCode, version: Int? = nil) -> PolicyItem? {
        policyVersions[code]?.last { version == nil || $0.version == version }
    }

    /// The newest version of every task of the dispatch catalogue, sorted by code.
    package var tasks: [DispatchTask] {
        taskVersions.values.compactMap(\.last).sorted { $0.code < $1.code }
    }

    /// An entry of the dispatch catalogue.
    ///
    /// - Parameter version: The newest when nothing is given.
    package func task(_ code: TaskCode, version: Int? = nil) -> DispatchTask? {
        taskVersions[code]?.last { version == nil || $0.version == version }
    }

    /// The tasks that serve a policy item, sorted by code: what the dispatcher is offered first.
    package func tasks(for item: PolicyItemCode) -> [DispatchTask] {
        tasks.filter { $0.items.contains(item) }
    }

    // MARK: Deadlines

    private mutating func note(_ rule: DeadlineRule) {
        ruleVersions[rule.id, default: []].append(rule)
        let starts = rule.start.map(\.event) + (rule.repeats == true ? rule.stop.map(\.event) : [])
        for type in starts where rulesByStart[type]?.contains(rule.id) != true {
            rulesByStart[type, default: []].append(rule.id)
            rulesByStart[type]?.sort()
        }
    }

    /// The rules in force on a day, the newest version of each, sorted by id.
    package func deadlineRules(on day: CivilDay) -> [DeadlineRule] {
        ruleVersions.values.compactMap { versions in versions.last { $0.effectiveFrom <= day } }
            .sorted { $0.id < $1.id }
    }

    /// The rules in force on a day that may start at events of these types, sorted by id.
    ///
    /// Of each some version starts at one of the types, or starts anew where such an event ends a run and the rule
    /// repeats. No other rule can start at such an event.
    package func deadlineRules(startingAt types: [String], on day: CivilDay) -> [DeadlineRule] {
        var ids = types.first.flatMap { rulesByStart[$0] } ?? []
        for type in types.dropFirst() { ids = Array(Set(ids).union(rulesByStart[type] ?? [])).sorted() }
        return ids.compactMap { deadlineRule($0, on: day) }
    }

    /// The version of a rule that starts instances on a day: the newest that is effective by then.
    package func deadlineRule(_ id: DeadlineRuleID, on day: CivilDay) -> DeadlineRule? {
        ruleVersions[id]?.last { $0.effectiveFrom <= day }
    }

    /// One version of a rule; the newest when no version is given.
    package func deadlineRule(_ id: DeadlineRuleID, version: Int? = nil) -> DeadlineRule? {
        ruleVersions[id]?.last { version == nil || $0.version == version }
    }

    /// The newest version of every rule, whether effective yet or not, sorted by id.
    package var deadlineRules: [DeadlineRule] {
        ruleVersions.values.compactMap(\.last).sorted { $0.id < $1.id }
    }

    /// The calendar document in force, from which ``calendar`` was built.
    package var calendarDocument: CalendarDocument? { calendars.last }

    /// The calendars a deadline runs under: the one in force at a position of the log, then each one published after it.
    ///
    /// - Parameter end: The last position that counts; nothing for all. A book read from files, not from a log, has one
    ///   calendar, which was always there.
    package func calendars(since start: Position, through end: Position? = nil) -> [PublishedCalendar] {
        guard !calendarSteps.isEmpty else { return calendar.map { [PublishedCalendar($0)] } ?? [] }
        let first = calendarSteps.last { $0.position <= start }.map { PublishedCalendar($0.calendar.calendar) }
        let later = calendarSteps.filter { step in step.position > start && end.map { step.position <= $0 } ?? true }
        return (first.map { [$0] } ?? []) + later.map(\.calendar)
    }

    /// Every calendar published, oldest first, with its time and place in the log; a book read from files has none.
    package var calendarPublications: [(document: CalendarDocument, publishedAt: Instant?, position: Position)] {
        calendarSteps.compactMap { step in
            publishedCalendar(version: step.calendar.calendar.version).map {
                ($0, step.calendar.publishedAt, step.position)
            }
        }
    }

    /// Remembers when the calendar just taken in was published.
    mutating func noteCalendar(publishedAt: Instant, position: Position) {
        guard let calendar else { return }
        calendarSteps.append(
            CalendarStep(position: position, calendar: PublishedCalendar(calendar, publishedAt: publishedAt)))
    }

    /// The document of a calendar published so far.
    package func publishedCalendar(version: String) -> CalendarDocument? {
        calendars.last { $0.version == version }
    }

    /// Takes in one recorded event; what was published cannot be refused.
    package mutating func evolve(with event: RuleBookEvent) {
        switch event {
        case .hubCreated(let created): hub = created
        case .departmentRegistered(let department): departmentVersions[department.code, default: []].append(department)
        case .departmentKeysRegistered(let keys): departmentKeys[keys.department] = keys
        case .townRegistered(let town): townVersions[town.code, default: []].append(town)
        case .postHolderChanged(let tenure): tenures[tenure.post, default: []].append(tenure)
        case .departmentSucceeded(let succession): successions[succession.department] = succession
        case .policyItemPublished(let item), .policyItemRevised(let item):
            policyVersions[item.code, default: []].append(item)
        case .policyItemRetired(let retirement): retirements[retirement.code] = retirement
        case .dispatchCatalogRevised(let task): taskVersions[task.code, default: []].append(task)
        case .deadlineRulePublished(let rule): note(rule)
        case .calendarPublished(let published):
            calendars.append(published.calendar)
            // The decision proved that it can be built; a log that says otherwise keeps the calendar before it.
            if let built = try? WorkingCalendar(published.calendar) { calendar = built }
        }
    }
}

/// One published calendar and where in the log it stands.
private struct CalendarStep: Hashable {
    let position: Position
    let calendar: PublishedCalendar
}
