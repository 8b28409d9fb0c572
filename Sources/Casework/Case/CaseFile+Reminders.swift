import EventSourcing
import RuleBook
import WorkingCalendar

extension CaseFile {
    /// Reminds whoever owns a running limit; nobody is reminded of what has no ladder.
    func remind(_ body: RemindOwner, _ instance: EventTag, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireTimed(body.rule)
        let (key, rule) = try running(body.rule, instance, context, named: body.department)
        let owner = key.body ?? owner(of: rule, instance)
        let kind = owner.flatMap { context.rules.department($0, on: context.day) }?.kind
        guard rule.ladder != .none, rule.bound == .ceiling, rule.owner != .applicant, kind != .voluntary,
            kind != .judicial
        else { throw DeadlineRefusal.noLadder.told }
        guard pauses[key] == nil else { throw DeadlineRefusal.alreadyPaused.told }
        guard reminded[key] != context.day else { throw DeadlineRefusal.remindedToday.told }
        let event = DeadlineEvent.Reminded(
            caseFile: opened.caseFile, rule: body.rule, instance: instance, body: key.body, serial: reminders + 1,
            day: context.day, told: recipients(rule, owner, opened, context))
        return [decided(.reminded(event), opened, instance, context)]
    }

    private func owner(of rule: DeadlineRule, _ instance: EventTag) -> DepartmentCode? {
        switch rule.owner {
        case .lead, .department: referral(of: instance)?.order?.lead
        case .centre, .meetingOffice, .town, .applicant: nil
        }
    }

    /// The desk of the body and its head; at the centre the post that has the case.
    private func recipients(
        _ rule: DeadlineRule, _ owner: DepartmentCode?, _ opened: CaseFileEvent.Opened, _ context: CommandContext
    ) -> [NoticeRecipient] {
        if let owner {
            let heads = context.rules.department(owner, on: context.day)?.posts.filter(\.head) ?? []
            return ([.department(owner)] + heads.map { .post($0.code) }).sorted()
        }
        switch rule.owner {
        case .meetingOffice: return [.role(.meetingOffice)]
        case .town: return [.town(opened.town)]
        case .centre, .lead, .department, .applicant:
            return [keeping.post.map(NoticeRecipient.post) ?? .role(.dispatcher)]
        }
    }
}
