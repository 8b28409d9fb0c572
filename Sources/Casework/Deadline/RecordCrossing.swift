package import Deadlines
package import EventSourcing
package import RuleBook

/// Records that a limit reached a rung of the ladder; the hub sends it to itself, as of the instant it was reached.
package struct RecordCrossing: HubCommand {
    package static let name = "RecordCrossing"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [
        .caseFile, .referral, .meeting, .request, .item, .resolution, .followup,
    ]
    package static let action = Action.recordCrossing

    package var rule: DeadlineRuleID
    /// Whose run it is, where the rule runs once for each body.
    package var body: DepartmentCode?
    package var cycle: Int
    package var level: LadderLevel
    package var told: [NoticeRecipient]
    package var isUrgent: Bool
    /// The body that has to act, while somebody still has to; nothing for the centre's own.
    package var owner: DepartmentCode?
    /// Whether the centre takes the limit under supervision (督办) with this rung.
    package var isSupervised: Bool?

    package init(
        rule: DeadlineRuleID, body: DepartmentCode?, cycle: Int, level: LadderLevel, told: [NoticeRecipient],
        isUrgent: Bool, owner: DepartmentCode? = nil, isSupervised: Bool? = nil
    ) {
        self.owner = owner
        self.isSupervised = isSupervised
        self.rule = rule
        self.body = body
        self.cycle = cycle
        self.level = level
        self.told = told
        self.isUrgent = isUrgent
    }

    package func boundary(_ context: CommandContext) -> EventQuery {
        let types: Set<String> = [DeadlineEvent.Kind.crossed.rawValue]
        // Of the whole case: supervisions are numbered within it.
        return (context.caseID.map(EventTag.caseFile) ?? context.subject.tag)
            .map { .tagged($0, types: types) } ?? .types(types)
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard let instance = context.subject.tag else { throw DeadlineRefusal.instanceDiffers.told }
        guard context.rules.deadlineRule(rule, on: context.day) != nil else { throw DeadlineRefusal.unknownRule.told }
        let request: HelpRequestID? = if case .request(let id) = context.subject { id } else { nil }
        let before = boundary.entries.compactMap { entry -> DeadlineEvent.Crossed? in
            guard case .casework(.deadline(.crossed(let crossed))) = entry.event else { return nil }
            return crossed
        }
        let supervision = isSupervised == true ? (before.compactMap(\.supervision).max() ?? 0) + 1 : nil
        let crossed = DeadlineEvent.Crossed(
            caseFile: context.caseID, request: request, rule: rule, instance: instance, body: body, cycle: cycle,
            level: level, told: told.sorted(), isUrgent: isUrgent, owner: owner, supervision: supervision)
        if before.contains(where: { $0.isSame(as: crossed) }) { return [] }
        var tags: Set<EventTag> = [instance]
        if let caseID = context.caseID { tags.insert(.caseFile(caseID)) }
        var disclosure = Disclosure()
        if let owner {
            tags.insert(.department(owner))
            disclosure.add([DisclosedGroup(.reference)], for: owner)
        }
        return [Decided(.casework(.deadline(.crossed(crossed))), tags: tags, disclosure: disclosure)]
    }
}
