import Deadlines
package import EventSourcing
import WorkingCalendar

extension RuleBook: Decider {
    package typealias Command = RuleBookCommand
    package typealias Event = RuleBookEvent
    package typealias Refusal = RuleBookRefusal

    /// Publishes one version of one rule.
    ///
    /// - Returns: Nothing when that version is published with the same content.
    /// - Throws: ``RuleBookRefusal``, also when the version is taken by other content or is not the next one.
    package func decide(_ command: RuleBookCommand) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        switch command {
        case .createHub(let created): try create(created)
        case .registerDepartment(let department): try register(department)
        case .registerDepartmentKeys(let keys): try register(keys)
        case .registerTown(let town): try register(town)
        case .changePostHolder(let tenure): try change(tenure)
        case .succeedDepartment(let succession): try succeed(succession)
        case .publishPolicyItem(let item): try publish(item)
        case .retirePolicyItem(let retirement): try retire(retirement)
        case .reviseDispatchCatalog(let task): try revise(task)
        case .publishDeadlineRule(let rule): try publish(rule)
        case .publishCalendar(let calendar): try publish(calendar)
        }
    }

    private func create(_ created: HubCreated) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        if let hub {
            guard hub == created else { throw .hubAlreadyCreated }
            return []
        }
        guard (2...6).contains(created.hubCode.utf8.count),
            created.hubCode.utf8.allSatisfy({ (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) })
        else { throw .hubCodeMalformed }
        return [Decided(.hubCreated(created), tags: [])]
    }

    private func register(_ department: Department) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        let before = self.department(department.code)
        guard
            try isNew(
                department, version: department.version, newest: before?.version,
                published: { version in
                    self.department(department.code, version: version)
                })
        else { return [] }
        try requireText(department.name)
        try requireLater(department.effectiveFrom, than: before?.effectiveFrom)
        if department.kind != .town, TownCode(department.code.description).flatMap({ town($0) }) != nil {
            throw .codeOfTown(department.code)
        }
        if let before, before.kind != department.kind { throw .departmentKindChanged(to: department.kind) }
        if let ancestor = department.successorOf, self.department(ancestor) == nil {
            throw .unknownDepartment(ancestor)
        }
        var seen: Set<PostCode> = []
        for post in department.posts {
            guard post.code.department == department.code else { throw .postOfAnotherDepartment(post.code) }
            guard seen.insert(post.code).inserted else { throw .postListedTwice(post.code) }
            try requireText(post.name)
        }
        return [Decided(.departmentRegistered(department), tags: [.department(department.code)])]
    }

    private func register(_ keys: DepartmentKeys) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        guard self.keys(of: keys.department) != keys else { return [] }
        // A judicial body may be enrolled too: its feed can be listened to and stays empty by rule.
        guard department(keys.department) != nil else { throw .unknownDepartment(keys.department) }
        for other in departments where other.code != keys.department {
            guard let taken = self.keys(of: other.code) else { continue }
            // Otherwise one body's connection or signature would pass for another's.
            if taken.transport == keys.transport || taken.signing == keys.signing || taken.agreement == keys.agreement
                || (keys.account != nil && taken.account == keys.account)
            {
                throw .keyInUse(by: other.code)
            }
        }
        return [Decided(.departmentKeysRegistered(keys), tags: [.department(keys.department)])]
    }

    private func publish(_ item: PolicyItem) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        guard
            try isNew(
                item, version: item.version, newest: policyItem(item.code)?.version,
                published: { version in
                    policyItem(item.code, version: version)
                })
        else { return [] }
        try requireText(item.name)
        if let eligibility = item.eligibility { try requireText(eligibility) }
        guard let department = department(item.department) else { throw .unknownDepartment(item.department) }
        guard department.kind != .judicial else { throw .judicialBodyIsAsked(item.department) }
        try requireLater(item.effectiveFrom, than: policyItem(item.code)?.effectiveFrom)
        if let retirement = retirements[item.code] { throw .itemRetired(item.code, from: retirement.from) }
        try requireInOffice(item.department, from: item.effectiveFrom)
        if let promised = item.limit, let lawful = item.statutory, promised.isLonger(than: lawful) {
            throw .promiseLongerThanLaw
        }
        if let delegation = item.delegation { try check(delegation) }
        let event: RuleBookEvent = item.version == 1 ? .policyItemPublished(item) : .policyItemRevised(item)
        return [Decided(event, tags: [.department(item.department)])]
    }

    /// A delegation names towns there are, each once, the paper it rests on, and days in order.
    private func check(_ delegation: PolicyItem.Delegation) throws(RuleBookRefusal) {
        guard !delegation.towns.isEmpty, Set(delegation.towns).count == delegation.towns.count,
            delegation.basis.contains(where: { !$0.isWhitespace }), (delegation.cap ?? 1) > 0
        else { throw .delegationMalformed }
        for code in delegation.towns where town(code) == nil { throw .unknownTown(code) }
        if let from = delegation.from, let until = delegation.until, until < from {
            throw .tenureEndsBeforeItBegins
        }
    }

    private func revise(_ task: DispatchTask) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        guard
            try isNew(
                task, version: task.version, newest: self.task(task.code)?.version,
                published: { version in
                    self.task(task.code, version: version)
                })
        else { return [] }
        try requireText(task.name)
        try requireLater(task.effectiveFrom, than: self.task(task.code)?.effectiveFrom)
        for item in task.items where policyItem(item) == nil { throw .unknownPolicyItem(item) }
        guard task.participants.filter({ $0.part == .lead }).count == 1 else { throw .notExactlyOneLead }
        var seen: Set<DepartmentCode> = []
        for participant in task.participants {
            let code = participant.department
            guard seen.insert(code).inserted else { throw .departmentListedTwice(code) }
            guard let department = department(code) else { throw .unknownDepartment(code) }
            guard department.kind != .judicial else { throw .judicialBodyIsAsked(code) }
            try requireInOffice(code, from: task.effectiveFrom)
            // I-9: duties of the county stay there unless it is written that they go down.
            if department.kind == .town, task.townDuty?.isEmpty ?? true { throw .townDutyNotStated(code) }
            switch task.kind {
            case .referral: guard department.kind.mayReceiveReferral else { throw .voluntaryBodyNeedsOffer(code) }
            case .offer: guard department.kind.mayReceiveOffer else { throw .offerToBodyThatMayNotDecline(code) }
            }
            let forbidden = department.forbiddenGroups
            for group in participant.slice.flatMap({ $0.groups.sorted() }) where forbidden.contains(group) {
                throw .groupNeverGiven(group, to: code)
            }
        }
        return [Decided(.dispatchCatalogRevised(task), tags: Set(seen.map(EventTag.department)))]
    }

    private func publish(_ rule: DeadlineRule) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        guard
            try isNew(
                rule, version: rule.version, newest: deadlineRule(rule.id)?.version,
                published: { version in
                    deadlineRule(rule.id, version: version)
                })
        else { return [] }
        try requireText(rule.name)
        try requireLater(rule.effectiveFrom, than: deadlineRule(rule.id)?.effectiveFrom)
        guard !rule.start.isEmpty else { throw .ruleNeverStarts }
        switch rule.bound {
        case .ceiling: guard !rule.stop.isEmpty else { throw .ruleNeverStops }
        case .floor: guard rule.ladder == .none else { throw .floorWithLadder }
        }
        guard rule.pausable.isEmpty || rule.terms.limit.isPausable else { throw .limitRunsOn }
        for item in rule.policyItems ?? [] where policyItem(item) == nil { throw .unknownPolicyItem(item) }
        if let extendable = rule.extendable {
            guard !extendable.grounds.isEmpty else { throw .extensionWithoutGround }
            guard extendable.total.map({ $0 > rule.terms.limit.amount }) ?? true else { throw .extensionTooShort }
        }
        return [Decided(.deadlineRulePublished(rule), tags: [])]
    }

    private func publish(_ calendar: CalendarDocument) throws(RuleBookRefusal) -> [Decided<RuleBookEvent>] {
        if let same = publishedCalendar(version: calendar.version) {
            guard same.saysTheSame(as: calendar) else { throw .calendarVersionTaken(calendar.version) }
            return []
        }
        do {
            _ = try WorkingCalendar(calendar)
        } catch {
            throw .calendarUnusable(error)
        }
        // What was announced is law; only a correction that gives its reason may say otherwise.
        if let before = calendarDocument, let day = calendar.firstContradiction(of: before),
            calendar.notice?.isCorrection != true
        {
            throw .calendarContradicts(day, version: before.version)
        }
        return [Decided(.calendarPublished(CalendarPublished(calendar: calendar)), tags: [])]
    }

    /// Whether this version still has to be published.
    func isNew<Content: Equatable>(
        _ content: Content, version: Int, newest: Int?, published: (Int) -> Content?
    ) throws(RuleBookRefusal) -> Bool {
        if let same = published(version) {
            guard same == content else { throw .versionPublishedWithOtherContent(version) }
            return false
        }
        guard version == (newest ?? 0) + 1 else { throw .nextVersionIs((newest ?? 0) + 1) }
        return true
    }

    func requireText(_ label: Label) throws(RuleBookRefusal) {
        guard !label.chinese.isEmpty, !label.english.isEmpty else { throw .labelEmpty }
    }

    /// Each version begins after the one before it, or there would be two for one day.
    func requireLater(_ day: CivilDay?, than before: CivilDay?) throws(RuleBookRefusal) {
        if let before, day.map({ $0 <= before }) ?? true { throw .effectiveTooEarly(before: before) }
    }

    /// Nothing new is given to a department after another has taken over.
    private func requireInOffice(_ code: DepartmentCode, from day: CivilDay?) throws(RuleBookRefusal) {
        if let day, let succession = successions[code], succession.from <= day {
            throw .departmentSucceeded(code, by: succession.successor)
        }
    }
}

extension DeadlineLimit {
    /// Whether it is certainly longer; limits of different units are only compared where days of work are given.
    fileprivate func isLonger(than other: Self) -> Bool {
        switch (self, other) {
        case (.workingDays(let mine), .workingDays(let theirs)), (.calendarDays(let mine), .calendarDays(let theirs)),
            (.hours(let mine), .hours(let theirs)), (.workingDays(let mine), .calendarDays(let theirs)),
            (.workingHours(let mine), .workingHours(let theirs)), (.workingHours(let mine), .hours(let theirs)),
            (.months(let mine), .months(let theirs)):
            mine > theirs
        case (.fixedDate(let mine), .fixedDate(let theirs)):
            mine > theirs
        case (.workingDays, _), (.calendarDays, _), (.hours, _), (.workingHours, _), (.months, _), (.fixedDate, _):
            false
        }
    }
}
