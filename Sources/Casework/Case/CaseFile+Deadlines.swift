import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

extension CaseFile {
    /// Stops a limit: the applicant's reasons by the centre after notice, expert and court by the head of the owner.
    func pause(_ body: PauseDeadline, _ instance: EventTag, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireTimed(body.rule)
        let (key, rule) = try running(body.rule, instance, context)
        let paused = DeadlineEvent.Paused(
            caseFile: opened.caseFile, rule: body.rule, instance: instance, reason: body.reason,
            expectedUntil: body.expectedUntil, basis: body.basis, noticeGivenAt: body.noticeGivenAt, body: key.body)
        if let before = pauses[key] {
            guard before == paused else { throw DeadlineRefusal.alreadyPaused.told }
            return []
        }
        guard rule.pausable.contains(body.reason) else { throw DeadlineRefusal.notPausable.told }
        switch body.reason {
        case .applicant:
            guard context.isCentre else { throw DeadlineRefusal.centreOnly.told }
            guard let notice = body.noticeGivenAt else { throw DeadlineRefusal.noticeMissing.told }
            guard notice <= context.occurredAt else { throw DeadlineRefusal.noticeInTheFuture.told }
        case .expert, .court:
            try requireOwnersHead(rule, instance, context)
        }
        guard body.expectedUntil >= context.day else { throw DeadlineRefusal.endInThePast.told }
        guard Wording.isSentence(body.basis) else { throw DeadlineRefusal.basisEmpty.told }
        return [decided(.paused(paused), opened, instance, context)]
    }

    func resume(_ body: ResumeDeadline, _ instance: EventTag, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireTimed(body.rule)
        let key = DeadlineKey(
            rule: body.rule, instance: instance, body: runner(of: body.rule, named: nil, context))
        guard let paused = pauses[key] else {
            if lastResumed.contains(key) { return [] }
            throw DeadlineRefusal.notPaused.told
        }
        let (_, rule) = try running(body.rule, instance, context)
        switch paused.reason {
        case .applicant: guard context.isCentre else { throw DeadlineRefusal.centreOnly.told }
        case .expert, .court: try requireOwnersHead(rule, instance, context)
        }
        return [
            decided(
                .resumed(.init(caseFile: opened.caseFile, rule: body.rule, instance: instance, body: key.body)), opened,
                instance, context)
        ]
    }

    /// The end of a pause that an expert or a court had caused, for work that goes on; never of an applicant's.
    func endingPause(_ key: DeadlineKey, _ context: CommandContext) -> [Decided<CaseworkEvent>] {
        guard let opened, let paused = pauses[key], paused.reason != .applicant else { return [] }
        var quiet = context
        quiet.sealed = []
        return [
            decided(
                .resumed(.init(caseFile: opened.caseFile, rule: key.rule, instance: key.instance, body: key.body)),
                opened, key.instance, quiet)
        ]
    }

    /// Makes a limit longer, once (I-11).
    func extend(_ body: ExtendDeadline, _ instance: EventTag, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireTimed(body.rule)
        let (key, rule) = try running(body.rule, instance, context, named: body.department)
        let extended = DeadlineEvent.Extended(
            caseFile: opened.caseFile, rule: body.rule, instance: instance, granted: body.granted, basis: body.basis,
            body: key.body, ground: body.ground)
        // One for every body and one for this one are two for this one.
        let before = self.extended.filter { earlier, _ in
            earlier.rule == key.rule && earlier.instance == key.instance
                && (earlier.body == nil || key.body == nil || earlier.body == key.body)
        }
        if !before.isEmpty {
            guard before.values.allSatisfy({ $0 == extended }) else { throw DeadlineRefusal.extendedBefore.told }
            return []
        }
        guard Wording.isSentence(body.basis) else { throw DeadlineRefusal.basisEmpty.told }
        try requireGround(body, rule)
        return [decided(.extended(extended), opened, instance, context)]
    }

    /// One of the grounds its rule lists, and no longer than its rule allows.
    private func requireGround(_ body: ExtendDeadline, _ rule: DeadlineRule) throws(CommandRefusal) {
        guard let extendable = rule.extendable else { return }
        guard let ground = body.ground else { throw DeadlineRefusal.groundMissing.told }
        guard extendable.grounds.contains(ground) else { throw DeadlineRefusal.groundNotListed.told }
        guard let most = extendable.total else { return }
        let total: Int
        switch body.granted {
        case .add(let more): total = rule.terms.limit.amount + more
        case .total(let all): total = all
        }
        guard total <= most else { throw DeadlineRefusal.extendedTooFar.told }
    }

    /// The case while limits run in it: verification runs after the exit.
    func requireTimed(_ rule: DeadlineRuleID) throws(CommandRefusal) -> CaseFileEvent.Opened {
        rule == DeadlineRuleID("outcome.verify") ? try requireOpenOrExited() : try requireOpen()
    }

    /// The rule, and the instance it counts for, while it may still run.
    func running(
        _ id: DeadlineRuleID, _ instance: EventTag, _ context: CommandContext, named: DepartmentCode? = nil
    ) throws(CommandRefusal) -> (DeadlineKey, DeadlineRule) {
        guard let rule = context.rules.deadlineRule(id, on: context.day) else { throw DeadlineRefusal.unknownRule.told }
        guard instance.kind == rule.scope, owns(instance) else { throw DeadlineRefusal.instanceDiffers.told }
        if let referral = referral(of: instance), !referral.stage.isWithDepartment {
            throw DeadlineRefusal.notRunning.told
        }
        let body = runner(of: id, named: named, context)
        if let body, let resolution = resolution(of: instance), !resolution.assigned.contains(body) {
            throw named == nil ? DeadlineRefusal.headOnly.told : DeadlineRefusal.instanceDiffers.told
        }
        return (DeadlineKey(rule: id, instance: instance, body: body), rule)
    }

    /// Whose run of a rule it is that runs once for each body: the one named, else the one that acts.
    private func runner(of id: DeadlineRuleID, named: DepartmentCode?, _ context: CommandContext) -> DepartmentCode? {
        guard let rule = context.rules.deadlineRule(id, on: context.day), rule.runsPerBody else { return nil }
        return named ?? context.actor.department
    }

    private func requireOwnersHead(_ rule: DeadlineRule, _ instance: EventTag, _ context: CommandContext)
        throws(CommandRefusal)
    {
        switch rule.owner {
        case .lead, .department:
            guard let department = context.actor.department,
                department == referral(of: instance)?.order?.lead
                    || resolution(of: instance)?.assigned.contains(department) == true
                    || department == file(of: instance)?.department
            else { throw DeadlineRefusal.headOnly.told }
            guard context.actsAsHead else { throw DeadlineRefusal.headOnly.told }
        case .centre, .meetingOffice, .town, .applicant:
            guard context.isSupervisor else { throw DeadlineRefusal.headOnly.told }
        }
    }

    func referral(of instance: EventTag) -> Referral? {
        referrals.first { EventTag.referral($0.key) == instance }?.value
    }

    /// What went up about an item, by which its department has it.
    private func file(of instance: EventTag) -> IntakeEvent.FileSubmitted? {
        intake.files.first { EventTag.item($0.key) == instance }?.value
    }

    private func resolution(of instance: EventTag) -> JointMeeting.Resolution? {
        meetings.values.lazy.flatMap(\.resolutions).first { EventTag.resolution($0.key) == instance }?.value
    }

    private func owns(_ instance: EventTag) -> Bool {
        opened.map { EventTag.caseFile($0.caseFile) } == instance || referral(of: instance) != nil
            || items.keys.contains { EventTag.item($0) == instance }
            || meetings.keys.contains { EventTag.meeting($0) == instance } || resolution(of: instance) != nil
            || followUps.keys.contains { EventTag.followUp($0) == instance }
    }

    /// The lead of a referral learns of its changed limit, and so does the department that asked.
    func decided(
        _ event: DeadlineEvent, _ opened: CaseFileEvent.Opened, _ instance: EventTag, _ context: CommandContext
    ) -> Decided<CaseworkEvent> {
        var tags = tags(opened)
        tags.insert(instance)
        var disclosure = Disclosure()
        let lead = referral(of: instance)?.order?.lead
        for department in Set([lead, context.actor.department].compactMap { $0 }) {
            tags.insert(.department(department))
            disclosure.add([DisclosedGroup(.reference)], for: department)
        }
        return Decided(.deadline(event), tags: tags, disclosure: disclosure, sealed: context.sealed)
    }
}
