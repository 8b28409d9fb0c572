import Deadlines
import EventSourcing
import Registry
import RuleBook
import WorkingCalendar

extension Boundary {
    /// What the registry holds of the people in the acting department's grant; nothing when it has none.
    func registryOfGrant(_ context: CommandContext) -> EventQuery? {
        guard case .referral(let id) = context.subject, let caseID = context.caseID,
            let department = context.actor.department
        else { return nil }
        let grant = caseFile(caseID).referrals[id]?.grants[department] ?? []
        let people = Set(grant.compactMap(\.person)).sorted()
        let kinds = Set([RegistryEvent.Kind.personRegistered, .personDetailsRecorded].map(\.rawValue))
        let items = people.prefix(12).map { EventQuery.Item(types: kinds, tags: [.person($0)]) }
        return items.isEmpty ? nil : EventQuery(items)
    }

    /// Whether the right to ask for a return had lapsed when it was asked.
    func isRemitLapsed(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        guard let dispatch = first(.referral(.dispatched), tagged: .referral(id)),
            let name = DeadlineRuleID("referral.remit"),
            let rule = context.rules.deadlineRule(
                name, on: CivilDay(containing: dispatch.recorded.occurredAt.milliseconds))
        else { return false }
        do throws(CalendarError) {
            let due = try DeadlineEvaluation.evaluate(
                terms: rule.terms, start: dispatch.recorded.occurredAt, calendar: context.calendar)
            return due.dueAt.map { context.occurredAt >= $0 } ?? false
        } catch {
            throw CommandRefusal(
                "deadline.calendar", .conflictingRule, "日历不含相关日期：\(error)",
                "The calendar does not reach these days: \(error); publish a calendar that does.")
        }
    }

    /// Whether another return of this case came before this one; then a supervisor rules.
    func isSecondReturn(_ context: CommandContext) throws(CommandRefusal) -> Bool {
        let (id, _) = try referral(context)
        guard let caseID = context.caseID else { return false }
        return caseFile(caseID).referrals.contains { $0.key != id && $0.value.hasReturned }
    }

    /// The resolution a ruling rests on, which must be one about this referral and in force.
    func ruling(_ resolution: ResolutionID?, _ context: CommandContext) throws(CommandRefusal) -> ResolutionID? {
        guard let resolution else { return nil }
        let (id, _) = try referral(context)
        guard let (_, known) = context.caseID.flatMap({ caseFile($0).resolution(resolution) }) else {
            throw CaseFileRefusal.noSuchResolution.told
        }
        guard known.adopted.designates == id else { throw CaseFileRefusal.actionNotResolved.told }
        guard known.isInForce else { throw CaseFileRefusal.resolutionWaits.told }
        return resolution
    }

    /// A designation rests on a meeting's resolution about this referral, or on a recorded instruction.
    func checked(_ designation: DesignatingAuthority?, _ context: CommandContext) throws(CommandRefusal)
        -> DesignatingAuthority?
    {
        if case .resolution(let resolution) = designation { _ = try ruling(resolution, context) }
        return designation
    }
}
