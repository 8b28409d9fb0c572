import Casework
import EventSourcing
package import RuleBook

extension NoticeRow {
    /// The notices an event leaves in inboxes, one for each recipient; none for most events.
    package static func rows(of event: ReadEvent, in dossier: CaseDossier?, rules: RuleBook) -> [NoticeRow] {
        guard case .deadline(let fact) = event.event else { return [] }
        switch fact {
        case .crossed(let crossed):
            let id = DeadlineID(rule: crossed.rule, scope: crossed.instance, body: crossed.body, cycle: crossed.cycle)
            return crossed.told.map { recipient in
                NoticeRow(
                    recipient: recipient, position: event.recorded.position, kind: .ladder, deadline: id,
                    name: name(of: crossed.rule, rules), caseID: crossed.caseFile, caseNumber: dossier?.row.number,
                    level: crossed.level, supervision: crossed.supervision, serial: nil, dates: nil,
                    isUrgent: crossed.isUrgent,
                    occurredAt: event.recorded.occurredAt, recordedAt: event.recorded.recordedAt, isRead: false)
            }
        case .reminded(let reminded):
            let run = dossier?.sheet.open.last { row in
                row.id.rule == reminded.rule && row.id.scope == reminded.instance
                    && (reminded.body == nil || row.id.body == reminded.body)
            }
            let id = run?.id ?? DeadlineID(rule: reminded.rule, scope: reminded.instance, body: reminded.body)
            return reminded.told.map { recipient in
                NoticeRow(
                    recipient: recipient, position: event.recorded.position, kind: .reminder, deadline: id,
                    name: name(of: reminded.rule, rules), caseID: reminded.caseFile,
                    caseNumber: dossier?.row.number, level: nil, supervision: nil, serial: reminded.serial, dates: nil,
                    isUrgent: false,
                    occurredAt: event.recorded.occurredAt, recordedAt: event.recorded.recordedAt, isRead: false)
            }
        case .paused, .resumed, .extended, .noticesRead: return []
        }
    }

    private static func name(of rule: DeadlineRuleID, _ rules: RuleBook) -> Label {
        rules.deadlineRule(rule)?.name ?? Label(rule.description, rule.description)
    }
}
