import Deadlines
import EventSourcing
import RuleBook

extension CaseFile {
    /// Prepares a referral; everything but the grants is settled here.
    func draft(_ order: ReferralOrder, _ people: KnownPeople, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let drafted = try drafted(order, people, context)
        return try telling { () throws(ReferralRefusal) in
            try Referral().decide(ReferralCommand(.draft(drafted), on: context.day))
        }.map { $0.lifted(CaseworkEvent.referral, tags: [.number(drafted.number)]) }
    }

    /// T01 in one append: draft, dispatch, invitations, grants.
    func dispatch(_ order: ReferralOrder, _ people: KnownPeople, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        try dispatched(try drafted(order, people, context), context)
    }

    /// T01 of an economic check: the office learns whom it checks by its own task, for no item (`product.md` §4.9).
    func dispatchCheck(
        of people: [PersonReference], by office: DepartmentCode, as id: ReferralID, _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpen()
        guard let department = context.rules.department(office) else { throw CaseFileRefusal.unknownDepartment.told }
        guard department.kind.mayReceiveReferral else { throw CaseFileRefusal.judicialGetsNothing.told }
        guard let code = DispatchTask.economicCheck, let task = context.rules.task(code, on: context.day),
            task.lead == office
        else { throw InquiryRefusal.noSuchOffice.told }
        let drafted = ReferralEvent.Drafted(
            referral: id, caseFile: opened.caseFile, number: opened.number.referral(referralOrder.count + 1),
            kind: ReferralKind(task.kind), task: task.code, taskVersion: task.version, item: nil, items: [],
            lead: office, coHandlers: task.coHandlers, town: opened.town,
            limit: try limit(ReferralOrder(), nil, task, [], context), priority: .routine, resolution: nil,
            predecessor: nil, people: people.map { PersonInRole(role: .beneficiary, person: $0) },
            locationProtected: false, basis: task.basis, purpose: task.purpose)
        var quiet = context
        quiet.sealed = []
        return try dispatched(drafted, quiet)
    }

    private func dispatched(_ drafted: ReferralEvent.Drafted, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        var referral = Referral()
        referral.evolve(with: .drafted(drafted))
        let draft = try telling { () throws(ReferralRefusal) in
            try Referral().decide(ReferralCommand(.draft(drafted), on: context.day))
        }.map { $0.lifted(CaseworkEvent.referral, tags: [.number(drafted.number)]) }
        return draft + (try send(drafted, referral, context))
    }

    /// T01 of a draft; the catalogue in force now decides what is granted.
    func dispatchDraft(_ id: ReferralID, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        _ = try requireOpen()
        guard let referral = referrals[id], let drafted = referral.order else { throw ReferralRefusal.unknown.told }
        if referral.dispatched != nil {
            guard referral.stage == .dispatched else { throw ReferralRefusal.notDrafted.told }
            return []
        }
        guard referral.stage == .drafted else { throw ReferralRefusal.notDrafted.told }
        try checkResolution(drafted.resolution, task: drafted.task, except: id)
        return try send(drafted, referral, context)
    }

    /// T09 and T15: the predecessor ends and its successor is dispatched in one append, with its own full limit.
    func redirect(
        _ id: ReferralID, _ body: RedirectReferral, _ people: KnownPeople, _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        _ = try requireOpen()
        guard let referral = referrals[id], let before = referral.order else { throw ReferralRefusal.unknown.told }
        let act = ReferralCommand.Act.redirect(
            body.reason, clause: body.clause, successor: ReferralID(context.identifier(0)), round: round(of: id) + 1,
            isResolved: body.order.resolution != nil)
        let redirected = try telling { () throws(ReferralRefusal) in
            try referral.decide(ReferralCommand(act, on: context.day, sealed: context.sealed))
        }.map { $0.lifted(CaseworkEvent.referral) }
        guard !redirected.isEmpty else { return [] }
        var after = self
        for decided in redirected { after.evolve(with: decided.event) }
        var order = body.order
        order.predecessor = id
        order.items = order.items ?? before.items
        order.people =
            order.people
            ?? Dictionary(
                before.people.filter { $0.role != .applicant && $0.role != .beneficiary }
                    .map { ($0.role.rawValue, $0.person) }, uniquingKeysWith: { first, _ in first })
        order.town = order.town ?? before.town
        order.priority = order.priority ?? before.priority
        order.locationProtected = order.locationProtected ?? before.locationProtected
        var quiet = context
        quiet.sealed = []
        return redirected + (try after.dispatch(order, people, quiet))
    }

    /// 1 for a referral that follows none, and one more for each that was returned or redirected before it.
    private func round(of id: ReferralID) -> Int {
        var round = 1
        var current = id
        // No chain is longer than the case has referrals.
        for _ in referralOrder {
            guard let before = referrals[current]?.order?.predecessor, let stage = referrals[before]?.stage else {
                break
            }
            if stage == .returned || stage == .redirected { round += 1 }
            current = before
        }
        return round
    }

    private func send(
        _ drafted: ReferralEvent.Drafted, _ referral: Referral, _ context: CommandContext
    ) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        var grants: [DepartmentCode: [DisclosedGroup]] = [:]
        for department in [drafted.lead] + drafted.coHandlers {
            grants[department] = try grant(to: department, drafted, context)
        }
        let dispatched = ReferralEvent.Dispatched(
            referral: drafted.referral, caseFile: drafted.caseFile, number: drafted.number, kind: drafted.kind,
            task: drafted.task, taskVersion: drafted.taskVersion, item: drafted.item, items: drafted.items,
            lead: drafted.lead, town: drafted.town, limit: drafted.limit, priority: drafted.priority,
            resolution: drafted.resolution, predecessor: drafted.predecessor)
        return try telling { () throws(ReferralRefusal) in
            try referral.decide(ReferralCommand(.dispatch(dispatched, grants: grants), on: context.day))
        }.map { $0.lifted(CaseworkEvent.referral) }
    }

    /// What one department may learn: the catalogue's template for its part, less what the rules keep back.
    func grant(to department: DepartmentCode, _ drafted: ReferralEvent.Drafted, _ context: CommandContext)
        throws(CommandRefusal) -> [DisclosedGroup]
    {
        var people: [PersonRole: [PersonReference]] = [:]
        for person in drafted.people { people[person.role, default: []].append(person.person) }
        let held = referrals.values.filter { $0.dispatched != nil }.flatMap { $0.grants[department] ?? [] }
        let request = SliceRequest(
            department: department, task: drafted.task, taskVersion: drafted.taskVersion, people: people,
            isLocationProtected: isLocationProtected || drafted.locationProtected,
            contactConsents: contactConsents(on: context.day), alreadyHeld: Set(held))
        do throws(DisclosureRefusal) {
            return try context.rules.permittedGroups(for: request).filter { $0.person != nil }.sorted()
        } catch {
            throw CommandRefusal(error)
        }
    }

    /// The order as it will be recorded, with what the catalogue and the case fill in.
    private func drafted(_ order: ReferralOrder, _ people: KnownPeople, _ context: CommandContext)
        throws(CommandRefusal) -> ReferralEvent.Drafted
    {
        let opened = try requireOpen()
        let served = order.items ?? []
        let policies = try checkItems(served)
        let task = try task(of: order, serving: policies, context)
        let lead = try checkParts(order, task, context.rules)
        let resolution = try checkPath(order, task: task.code, items: served)
        if let predecessor = order.predecessor {
            guard let before = referrals[predecessor]?.stage,
                [.returned, .redirected, .declined, .lapsed].contains(before)
            else {
                throw CaseFileRefusal.noSuchPredecessor.told
            }
        }
        for text in [order.basis, order.purpose] {
            if let text, !Wording.isSentence(text) { throw CaseFileRefusal.clauseEmpty.told }
        }
        let kind = ReferralKind(task.kind)
        return ReferralEvent.Drafted(
            referral: ReferralID(context.identifier(0)), caseFile: opened.caseFile,
            number: opened.number.referral(referralOrder.count + 1), kind: kind, task: task.code,
            taskVersion: task.version, item: policies.first, items: served, lead: lead,
            coHandlers: order.coHandlers ?? task.coHandlers, town: order.town ?? opened.town,
            limit: try limit(order, resolution, task, policies, context), priority: order.priority ?? .routine,
            resolution: order.resolution, predecessor: order.predecessor,
            people: try cast(order, opened, people, served), locationProtected: order.locationProtected ?? false,
            basis: order.basis ?? task.basis, purpose: order.purpose ?? task.purpose)
    }

    /// Items must be of this case, triaged to others, undecided, and without a lead (I-8).
    private func checkItems(_ served: [ItemID]) throws(CommandRefusal) -> [PolicyItemCode] {
        guard Set(served).count == served.count else { throw CaseFileRefusal.itemTwice.told }
        guard served.count <= 16 else { throw CaseFileRefusal.tooManyItems.told }
        var policies: [PolicyItemCode] = []
        for id in served {
            guard let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
            switch item.stage {
            case .added: throw CaseFileRefusal.itemNotTriaged.told
            case .decided, .notified: throw CaseFileRefusal.itemDecided.told
            case .notAccepted: throw IntakeRefusal.itemNotAccepted.told
            case .withdrawn: throw IntakeRefusal.itemWithdrawn.told
            case .triaged(.refer), .triaged(.jointMeeting), .triaged(.reviewPanel), .triaged(.exceptional): break
            case .triaged(.handleHere), .triaged(.advanceRelief), .triaged(.informOnly):
                throw CaseFileRefusal.itemNotForReferral.told
            }
            guard activeReferral(of: id) == nil else { throw CaseFileRefusal.itemHasLead.told }
            guard intake.withHub[id] == nil else { throw IntakeRefusal.withOtherHub.told }
            policies.append(item.added.policyItem)
        }
        return policies
    }

    private func task(of order: ReferralOrder, serving policies: [PolicyItemCode], _ context: CommandContext)
        throws(CommandRefusal) -> DispatchTask
    {
        guard order.task != nil || !policies.isEmpty else { throw CaseFileRefusal.noItems.told }
        let rules = context.rules
        let fitting = rules.tasks(on: context.day).filter { task in policies.allSatisfy(task.items.contains) }
        if let code = order.task {
            let resolved = order.resolution.flatMap(resolution)?.resolution.adopted.actions.first { $0.task == code }
            let version = resolved?.taskVersion
            guard let task = version.flatMap({ rules.task(code, version: $0) }) ?? rules.task(code, on: context.day)
            else { throw CaseFileRefusal.unknownTask.told }
            guard policies.allSatisfy(task.items.contains) else { throw CaseFileRefusal.taskDoesNotServe.told }
            return task
        }
        guard let only = fitting.first, fitting.count == 1 else { throw CaseFileRefusal.unknownTask.told }
        return only
    }

    private func checkParts(_ order: ReferralOrder, _ task: DispatchTask, _ rules: RuleBook) throws(CommandRefusal)
        -> DepartmentCode
    {
        let named = (order.lead.map { [$0] } ?? []) + (order.coHandlers ?? [])
        guard rules.judicialBodies.isDisjoint(with: named) else { throw CaseFileRefusal.judicialGetsNothing.told }
        guard order.kind == nil || order.kind == ReferralKind(task.kind) else {
            throw CaseFileRefusal.kindDiffers.told
        }
        guard let lead = task.lead, order.lead == nil || order.lead == lead else {
            throw CaseFileRefusal.leadDiffers.told
        }
        guard (order.coHandlers ?? []).allSatisfy(task.coHandlers.contains) else {
            throw CaseFileRefusal.coHandlerDiffers.told
        }
        guard let department = rules.department(lead),
            department.kind.mayReceiveReferral || department.kind.mayReceiveOffer
        else { throw CaseFileRefusal.judicialGetsNothing.told }
        return lead
    }

    /// What went through the meeting is dispatched by its resolution, once and while it is in force.
    private func checkPath(_ order: ReferralOrder, task: TaskCode, items served: [ItemID]) throws(CommandRefusal)
        -> ResolutionAction?
    {
        if order.resolution == nil, order.predecessor == nil {
            for id in served {
                if case .triaged(.jointMeeting) = items[id]?.stage { throw CaseFileRefusal.itemNeedsResolution.told }
            }
        }
        return try checkResolution(order.resolution, task: task, except: nil)
    }

    @discardableResult
    private func checkResolution(_ id: ResolutionID?, task: TaskCode, except draft: ReferralID?)
        throws(CommandRefusal) -> ResolutionAction?
    {
        guard let id else { return nil }
        guard let (_, resolution) = resolution(id) else { throw CaseFileRefusal.noSuchResolution.told }
        guard resolution.isInForce else { throw CaseFileRefusal.resolutionWaits.told }
        guard let action = resolution.adopted.actions.first(where: { $0.task == task }) else {
            throw CaseFileRefusal.actionNotResolved.told
        }
        let isOut = referrals.contains { key, referral in
            key != draft && referral.order?.resolution == id && referral.order?.task == task
                && ![.voided, .returned, .redirected, .declined, .lapsed, .cancelled].contains(referral.stage)
        }
        guard !isOut else { throw CaseFileRefusal.actionDispatched.told }
        return action
    }

    /// The limit that goes before all others first: the order's, the meeting's, the task's, the item's, the rule's.
    private func limit(
        _ order: ReferralOrder, _ action: ResolutionAction?, _ task: DispatchTask, _ policies: [PolicyItemCode],
        _ context: CommandContext
    ) throws(CommandRefusal) -> DeadlineLimit {
        // What was asked for keeps the version it was asked under.
        let asked = (order.items ?? []).compactMap { items[$0]?.added }
        let ofItem = asked.compactMap { context.rules.policyItem($0.policyItem, version: $0.policyVersion)?.limit }
            .first
        let rule = DeadlineRuleID(task.kind == .offer ? "offer.answer" : "referral.handle")
        let ofRule = rule.flatMap { context.rules.deadlineRule($0, on: context.day)?.terms.limit }
        let fallback: DeadlineLimit = task.kind == .offer ? .workingDays(3) : .workingDays(10)
        let limit = order.limit ?? action?.limit ?? task.limit ?? ofItem ?? ofRule ?? fallback
        let leavesTime = if case .fixedDate(let day) = limit { day > context.day } else { limit.amount >= 1 }
        guard leavesTime else { throw CaseFileRefusal.limitTooLong.told }
        return limit
    }

    /// Who stands in which role; the applicant is known from the case.
    private func cast(
        _ order: ReferralOrder, _ opened: CaseFileEvent.Opened, _ people: KnownPeople, _ served: [ItemID]
    ) throws(CommandRefusal) -> [PersonInRole] {
        var cast: [PersonRole: PersonReference] = [:]
        cast[.applicant] = application?.applicant ?? opened.subject
        if let beneficiary = served.first.flatMap({ items[$0]?.added.person }) { cast[.beneficiary] = beneficiary }
        for (name, person) in order.people ?? [:] {
            guard let role = PersonRole(rawValue: name) else { throw CaseFileRefusal.unknownRole.told }
            guard people.isMinor(person) != nil else { throw CaseFileRefusal.unknownPerson.told }
            cast[role] = person
        }
        return cast.sorted { $0.key < $1.key }.map { PersonInRole(role: $0.key, person: $0.value) }
    }
}
