import Casework
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

extension DeadlineSheet {
    /// Begins what the event starts: one instance for each subject that has none open.
    mutating func start(by event: ReadEvent, rules: RuleBook, facts: DeadlineFacts) -> [DeadlineRow] {
        var started: [DeadlineRow] = []
        let day = CivilDay(containing: event.recorded.occurredAt.milliseconds)
        var types = [event.recorded.type]
        // An item added after the application starts what the application would have started for it.
        if case .caseFile(.itemAdded) = event.event {
            types.append(CaseFileEvent.Kind.applicationSubmitted.rawValue)
        }
        for rule in rules.deadlineRules(startingAt: types, on: day) {
            for scope in subjects(of: rule, startedBy: event, facts) where isAsked(rule, about: scope, by: event, facts)
            {
                guard let row = begin(rule, scope, event, rules, facts) else { continue }
                open.append(row)
                started.append(row)
            }
        }
        return started
    }

    /// Whether a rule for certain policies has to do with what the event is about.
    private func isAsked(
        _ rule: DeadlineRule, about scope: EventTag, by event: ReadEvent, _ facts: DeadlineFacts
    ) -> Bool {
        guard let wanted = rule.policyItems else { return true }
        // A survey asks for nothing where somebody has been at home already.
        if SpecialRule(rule.id) == .surveyStart, isVisited { return false }
        if SpecialRule(rule.id) == .opinionFirst, !facts.isWithTown(scope) { return false }
        let own = facts.policyItems(of: scope)
        if !own.isEmpty { return own.contains { wanted.contains($0) } }
        let named = event.subjects(of: .item).compactMap { facts.policyItem(of: $0) }
        return named.contains { wanted.contains($0) }
    }

    /// Whether the home visit has been made: its limit has run and runs no more.
    private var isVisited: Bool {
        cycles.keys.contains { $0.hasPrefix("visit.home/") }
            && !open.contains { $0.id.rule.description == "visit.home" }
    }

    /// What a rule starts to run for at this event.
    private func subjects(of rule: DeadlineRule, startedBy event: ReadEvent, _ facts: DeadlineFacts) -> [EventTag] {
        let isStarted = rule.start.contains { $0.matches(type: event.recorded.type, data: event.data) }
        let owned = event.subjects(of: rule.scope)
        if SpecialRule(rule.id) == .voluntaryHandle {
            // A voluntary body is bound by the day it agreed to, and by none where it agreed to none.
            guard isStarted, let property = rule.limitProperty, event.data[property]?.text != nil else { return [] }
            return owned.filter { facts.referral($0)?.isOffer == true }
        }
        // A meeting about several cases has its limits once, in the sheet of the case its event names.
        if case .meeting = event.event, rule.scope == .meeting, let row = facts.row, event.caseID != row.id {
            return []
        }
        switch event.event {
        case .caseFile(.applicationSubmitted):
            guard isStarted else { return [] }
            // The application carries every item added with it.
            if rule.scope == .item { return (facts.row?.items ?? []).map { EventTag.item($0.id) } }
            return belonging(owned, to: rule, facts)
        case .caseFile(.itemAdded):
            // An item added at or after the application counts from its own day.
            let byApplication = rule.start.contains { $0.event == CaseFileEvent.Kind.applicationSubmitted.rawValue }
            let isLate = rule.scope == .item && byApplication && facts.row?.submitted != nil
            return isStarted || isLate ? belonging(owned, to: rule, facts) : []
        case .meeting(.resolutionAdopted), .meeting(.conditionMet):
            guard isStarted else { return [] }
            guard SpecialRule(rule.id) == .dispatch else { return belonging(owned, to: rule, facts) }
            return event.subjects(of: .resolution).filter { scope in
                guard let resolution = facts.resolution(scope), resolution.isInForce else { return false }
                return !resolution.actions.isEmpty && !facts.isFullyDispatched(resolution)
            }
        case .caseFile(.triaged(let triage)):
            guard isStarted else { return [] }
            switch SpecialRule(rule.id) {
            case .dispatch: return triage.path == .refer ? [.item(triage.item)] : []
            case .meetingConvene: return facts.row.map { [.caseFile($0.id)] } ?? []
            case .returnRuling, .meetingMinutes, .secondCase, .voluntaryHandle, .surveyStart, .opinionFirst, nil:
                return belonging(owned, to: rule, facts)
            }
        case .meeting(.requested):
            guard isStarted else { return [] }
            // Triage already started it; asking again gives no more time, only urgency gives less.
            if SpecialRule(rule.id) == .meetingConvene, rule.terms(startedBy: event.data).limit == rule.terms.limit,
                open.contains(where: { $0.id.rule == rule.id && $0.id.scope.kind == .caseFile })
            {
                return []
            }
            return belonging(owned, to: rule, facts)
        case .caseFile(.opened(let opened)):
            // Nothing has to be linked or justified where there is no other case.
            guard isStarted else { return [] }
            return SpecialRule(rule.id) == .secondCase && opened.otherOpenCases.isEmpty
                ? [] : belonging(owned, to: rule, facts)
        case .request, .caseFile, .intake, .relief, .inquiry, .visit, .review, .meeting, .referral, .followUp,
            .deadline, .desk, nil:
            return isStarted || repeats(rule, event, facts) ? belonging(owned, to: rule, facts) : []
        }
    }

    /// Whether a stop of this kind starts the next run: a review does, the conclusion does not.
    private func repeats(_ rule: DeadlineRule, _ event: ReadEvent, _ facts: DeadlineFacts) -> Bool {
        guard rule.repeats == true,
            rule.stop.contains(where: { $0.matches(type: event.recorded.type, data: event.data) })
        else { return false }
        return event.subjects(of: rule.scope).allSatisfy { facts.followUp($0)?.isOpen ?? true }
    }

    /// Requests keep their own sheet; a case's sheet holds everything else.
    private func belonging(_ owned: [EventTag], to rule: DeadlineRule, _ facts: DeadlineFacts) -> [EventTag] {
        if let row = facts.row {
            return rule.scope == .caseFile ? [.caseFile(row.id)] : rule.scope == .request ? [] : owned
        }
        return rule.scope == .request ? owned : []
    }

    private func itemOwner(
        _ rule: DeadlineRule, _ scope: EventTag, _ rules: RuleBook, _ facts: DeadlineFacts
    ) -> DepartmentCode? {
        guard rule.policyItems != nil, let item = facts.policyItem(of: scope) else { return nil }
        return rules.policyItem(item)?.department
    }

    private mutating func begin(
        _ rule: DeadlineRule, _ scope: EventTag, _ event: ReadEvent, _ rules: RuleBook, _ facts: DeadlineFacts
    ) -> DeadlineRow? {
        let owner: DepartmentCode?
        switch rule.owner {
        case .lead: owner = facts.referral(scope)?.lead ?? event.department
        case .department:
            // Where the event names nobody, it is whose item it is.
            owner = event.department ?? itemOwner(rule, scope, rules, facts)
        case .centre, .meetingOffice, .town, .applicant: owner = nil
        }
        // The confirmation of minutes, what a resolution gives bodies to do, and a courtesy run once for each body.
        let body = rule.runsPerBody ? owner : nil
        let key = DeadlineID(rule: rule.id, scope: scope, body: body)
        guard !open.contains(where: { $0.id.rule == rule.id && $0.id.scope == scope && $0.id.body == body }) else {
            return nil
        }
        let cycle = (cycles[key.unnumbered] ?? 0) + 1
        cycles[key.unnumbered] = cycle
        var row = DeadlineRow(
            id: DeadlineID(rule: rule.id, scope: scope, body: body, cycle: cycle), ruleVersion: rule.version,
            label: rule.name, caseID: facts.caseID, caseNumber: facts.caseNumber,
            town: facts.town, subjectNumber: facts.number(of: scope),
            policyItem: facts.policyItem(of: scope), bound: rule.bound, duty: rule.owner, owner: owner,
            started: event.reference,
            terms: rule.terms(startedBy: event.data), isPromise: rule.promise, pauses: [], extensions: [],
            isProvisional: false)
        facts.label(&row)
        row.count(by: rules)
        return row
    }
}
