import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

extension Boundary {
    /// Whether a limit had run out when the command was meant to take effect.
    ///
    /// It is counted from its last start with its pauses, as the board counts it; one whose start the case does not
    /// tell by itself counts as running.
    func hasExpired(
        _ id: DeadlineRuleID, _ instance: EventTag, _ context: CommandContext
    ) throws(CommandRefusal) -> Bool {
        guard let rule = context.rules.deadlineRule(id, on: context.day),
            let start = lastStart(of: rule, about: instance)
        else { return false }
        let since = start.recorded.position
        let calendars = context.rules.calendars(since: since)
        do throws(CalendarError) {
            let due = try DeadlineEvaluation.evaluate(
                terms: rule.terms(startedBy: start.data), start: start.recorded.occurredAt,
                pauses: pauses(of: id, instance, since: since),
                under: calendars.isEmpty ? [PublishedCalendar(context.calendar)] : calendars)
            return due.dueAt.map { context.occurredAt >= $0 } ?? false
        } catch {
            throw .calendarLacksDays(error)
        }
    }

    /// Whether a limit was started and not ended since, as far as events about its own subject say.
    ///
    /// Some limits of cases and resolutions start by what several events come to; one of those counts as running.
    func isRunning(_ id: DeadlineRuleID, _ instance: EventTag, _ context: CommandContext) -> Bool {
        guard let rule = context.rules.deadlineRule(id, on: context.day) else { return false }
        guard let start = lastStart(of: rule, about: instance)?.recorded else { return instance.kind != .referral }
        return !entries.contains { entry in
            let recorded = entry.recorded
            guard recorded.position > start.position, recorded.tags.contains(instance),
                rule.stop.contains(where: { $0.event == recorded.type }),
                let data = recorded.data.flatMap({ try? EventJSON.decode(JSONValue.self, from: $0) })
            else { return false }
            return rule.stop.contains { $0.matches(type: recorded.type, data: data) }
        }
    }

    /// What stops an item's limit stops it for everybody: after that nothing of it is paused or made longer.
    ///
    /// Limits that run once for each body, and those of referrals, are told by their own state.
    ///
    /// - Parameter events: What was decided; a repetition changes nothing and is answered however late it is.
    func requireRunningItem(
        _ id: DeadlineRuleID, _ instance: EventTag, changedBy events: [Decided<HubEvent>], _ context: CommandContext
    ) throws(CommandRefusal) {
        guard !events.isEmpty, instance.kind == .item, !isRunning(id, instance, context) else { return }
        throw DeadlineRefusal.notRunning.told
    }

    private func lastStart(of rule: DeadlineRule, about instance: EventTag) -> (
        recorded: RecordedEvent, data: JSONValue
    )? {
        for entry in entries.reversed() {
            let recorded = entry.recorded
            // The application starts the limits of every item that came with it.
            let isApplication = recorded.type == CaseFileEvent.Kind.applicationSubmitted.rawValue
            guard rule.start.contains(where: { $0.event == recorded.type }),
                recorded.tags.contains(instance) || isApplication,
                let data = recorded.data.flatMap({ try? EventJSON.decode(JSONValue.self, from: $0) }),
                rule.start.contains(where: { $0.matches(type: recorded.type, data: data) })
            else { continue }
            return (recorded, data)
        }
        return nil
    }

    private func pauses(of id: DeadlineRuleID, _ instance: EventTag, since: Position) -> [DeadlinePause] {
        var pauses: [DeadlinePause] = []
        for entry in entries where entry.recorded.position > since {
            guard case .casework(.deadline(let event)) = entry.event else { continue }
            switch event {
            case .paused(let paused) where paused.rule == id && paused.instance == instance:
                pauses.append(DeadlinePause(from: entry.recorded.occurredAt, to: nil))
            case .resumed(let resumed) where resumed.rule == id && resumed.instance == instance:
                guard let last = pauses.last, last.to == nil else { continue }
                pauses[pauses.count - 1] = DeadlinePause(from: last.from, to: entry.recorded.occurredAt)
            case .paused, .resumed, .extended, .crossed, .reminded, .noticesRead: continue
            }
        }
        return pauses
    }
}
