import Casework
import EventSourcing
import RuleBook

extension DeadlineSheet {
    /// Takes in what a human did to a running deadline: pause, resume, extend.
    mutating func adjust(by event: ReadEvent, rules: RuleBook) -> [DeadlineRow] {
        if case .referral(.superseded(let superseded)) = event.event { return reassign(superseded) }
        guard case .deadline(let act) = event.event else { return [] }
        switch act {
        case .crossed(let crossed):
            return cross(crossed, at: event.recorded.occurredAt, rules: rules)
        case .reminded, .noticesRead: return []
        case .paused(let pause):
            return change(pause.rule, pause.instance, rules) { row in
                guard Self.isMeant(row, by: pause.body, event) else { return }
                // Paused once is paused; a second notice adds nothing.
                guard row.pauses.last?.to != nil || row.pauses.isEmpty else { return }
                row.pauses.append(
                    DeadlineRow.Pause(
                        from: event.recorded.occurredAt, reason: pause.reason, noticeGivenAt: pause.noticeGivenAt))
            }
        case .resumed(let resumption):
            return change(resumption.rule, resumption.instance, rules) { row in
                guard Self.isMeant(row, by: resumption.body, event) else { return }
                guard let last = row.pauses.indices.last, row.pauses[last].to == nil else { return }
                row.pauses[last].to = event.recorded.occurredAt
            }
        case .extended(let extended):
            return change(extended.rule, extended.instance, rules) { row in
                guard extended.body == nil || row.id.body == nil || extended.body == row.id.body else { return }
                row.extensions.append(
                    DeadlineRow.Extension(
                        granted: extended.granted, at: event.recorded.occurredAt, basis: extended.basis))
            }
        }
    }

    /// A reform changes who has to act and nothing else: used days, pauses and extensions stay (I-12).
    private mutating func reassign(_ superseded: ReferralEvent.Superseded) -> [DeadlineRow] {
        var changed: [DeadlineRow] = []
        for index in open.indices
        where open[index].id.scope == .referral(superseded.referral) && open[index].owner == superseded.department {
            open[index].owner = superseded.successor
            changed.append(open[index])
        }
        return changed
    }

    /// A body stops and starts its own clock only, where one limit runs once for each body.
    ///
    /// - Parameter named: Whose run the event says; old events leave it to who acted.
    private static func isMeant(_ row: DeadlineRow, by named: DepartmentCode?, _ event: ReadEvent) -> Bool {
        guard let body = row.id.body, let meant = named ?? event.meta.actor.department else { return true }
        return body == meant
    }

    /// Changes the open rows of one rule about one subject and counts them again.
    private mutating func change(
        _ rule: DeadlineRuleID, _ scope: EventTag, _ rules: RuleBook, _ change: (inout DeadlineRow) -> Void
    ) -> [DeadlineRow] {
        var changed: [DeadlineRow] = []
        for index in open.indices where open[index].id.rule == rule && open[index].id.scope == scope {
            change(&open[index])
            open[index].count(by: rules)
            changed.append(open[index])
        }
        return changed
    }
}
