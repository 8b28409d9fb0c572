import CaseDesk
import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

/// Puts one reminder into the form of a letter for printing (《催办通知书》): numbers, dates and the clause, no person.
struct ReminderPageMaker {
    let console: HubConsole
    let visit: Visit
    let principal: Principal

    /// - Parameters:
    ///   - text: Number or id of the case.
    ///   - serial: Number of the reminder in it.
    func fields(case text: String, serial: String) async throws -> Fields {
        let desk = console.desk
        guard let serial = Int(serial) else { throw ConsoleProblem.notFound }
        do {
            let rules = try await desk.ruleBook.current().history.current
            var found: CaseRow?
            if let id = CaseID(text) {
                found = try await desk.views.caseRow(id)
            } else if let number = EntityNumber(text) {
                found = try await desk.views.caseRow(numbered: number)
            }
            guard let caseRow = found, try await desk.maySee(caseRow, principal, for: .openCase),
                let (event, reminded) = try await reminder(serial, of: caseRow.id)
            else { throw ConsoleProblem.notFound }
            let row = try await desk.views.deadlines(of: caseRow.id).last { row in
                row.id.rule == reminded.rule && row.id.scope == reminded.instance
                    && row.started.position < event.position
                    && (reminded.body == nil || row.id.body == reminded.body)
            }
            guard let row, let rule = rules.deadlineRule(row.id.rule, version: row.ruleVersion) else {
                throw ConsoleProblem.notFound
            }
            return fields(caseRow, row, rule, reminded, event, rules)
        } catch let error as EventLogError {
            throw ConsoleProblem(DeskError(error))
        } catch let error as DeskError {
            throw ConsoleProblem(error)
        } catch let error as ViewStoreError {
            throw ConsoleProblem(error)
        }
    }

    private func reminder(_ serial: Int, of id: CaseID) async throws -> (RecordedEvent, DeadlineEvent.Reminded)? {
        let kind = DeadlineEvent.Kind.reminded.rawValue
        for event in try await console.desk.log.readAll(.tagged(.caseFile(id), types: [kind])).events {
            if case .deadline(.reminded(let reminded))? = try CaseworkEvent(event), reminded.serial == serial {
                return (event, reminded)
            }
        }
        return nil
    }

    private func fields(
        _ caseRow: CaseRow, _ row: DeadlineRow, _ rule: DeadlineRule, _ reminded: DeadlineEvent.Reminded,
        _ event: RecordedEvent, _ rules: RuleBook
    ) -> Fields {
        let isLate = row.dueAt.map { event.occurredAt >= $0 } ?? false
        let due = (try? row.evaluate(by: rules))?.overdueBy(at: event.occurredAt) ?? 0
        let standing = isLate ? "截至 \(reminded.day) 已逾期 \(due) 个工作日。" : "截至 \(reminded.day) 尚未办结。"
        let addressee = row.owner.flatMap { rules.department($0)?.name.chinese } ?? row.duty.label.chinese
        return [
            "title": isLate ? "催办通知书" : "时限提醒函", "heading": isLate ? "催办通知书" : "时限提醒函",
            "number": "\(caseRow.number) 催 \(reminded.serial) 号", "addressee": addressee,
            "what": row.label.chinese, "subject": row.subjectNumber?.description ?? false,
            "caseNumber": caseRow.number.description,
            "since": CivilDay(containing: row.started.occurredAt.milliseconds).description,
            "due": row.dueDay?.description ?? row.dueAt?.description ?? "恢复计时后另行告知",
            "isProvisional": row.isProvisional, "standing": standing, "basis": rule.basis.text,
            "day": reminded.day.description,
            "printed": CivilDay(containing: console.desk.clock.now().milliseconds).description,
        ]
    }
}
