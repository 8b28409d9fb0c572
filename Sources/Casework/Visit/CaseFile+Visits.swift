import EventSourcing

/// What may be asked around visits of an open case.
package enum VisitAct: Sendable {
    case plan(PlanVisit)
    case attempt(RecordVisitAttempt)
    case form(RecordVisitForm)
}

extension CaseFile {
    func decide(_ act: VisitAct, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        switch act {
        case .plan(let body): try plan(body, context)
        case .attempt(let body): try attempt(body, context)
        case .form(let body): try recordForm(body, context)
        }
    }

    private func plan(_ body: PlanVisit, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard application != nil else { throw VisitRefusal.notApplied.told }
        let visitors = body.visitors ?? body.purpose.leastVisitors
        try checkVisitors(visitors, for: body.purpose)
        guard body.plannedFor >= context.day else { throw VisitRefusal.plannedInThePast.told }
        let isPlanned = plannedVisits.values.contains { planned in
            planned.purpose == body.purpose && planned.plannedFor == body.plannedFor && planned.visitors == visitors
                && !visits.contains { $0.visit == planned.visit }
        }
        if isPlanned { return [] }
        let planned = VisitEvent.Planned(
            caseFile: opened.caseFile, visit: VisitID(context.identifier(0)), purpose: body.purpose,
            plannedFor: body.plannedFor, visitors: visitors)
        return [recorded(.visit(.planned(planned)), tags: [.visit(planned.visit)], opened, context)]
    }

    /// Unreachable is a result of the attempt, not the visit: no limit stops for it.
    private func attempt(_ body: RecordVisitAttempt, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard application != nil else { throw VisitRefusal.notApplied.told }
        let visitors = body.visitors ?? 1
        guard (1...20).contains(visitors) else { throw CaseFileRefusal.visitorsMissing.told }
        if let visit = body.visit { try checkPlanned(visit, purpose: body.purpose) }
        let attempted = VisitEvent.Attempted(
            caseFile: opened.caseFile, visit: body.visit ?? VisitID(context.identifier(0)), purpose: body.purpose,
            outcome: body.outcome, visitors: visitors, attachments: body.attachments ?? [])
        return [recorded(.visit(.attempted(attempted)), tags: [.visit(attempted.visit)], opened, context)]
    }

    private func recordForm(_ body: RecordVisitForm, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard visits.contains(where: { $0.visit == body.visit }) else { throw VisitRefusal.unknown.told }
        let version = body.formVersion ?? 1
        guard version >= 1 else { throw VisitRefusal.formVersionWrong.told }
        let form = VisitEvent.FormRecorded(
            caseFile: opened.caseFile, visit: body.visit, form: body.form, formVersion: version,
            attachments: body.attachments ?? [])
        if visitForms.contains(form) { return [] }
        return [recorded(.visit(.formRecorded(form)), tags: [.visit(body.visit)], opened, context)]
    }

    /// A planned visit that has not taken place, for the purpose it was planned for.
    func checkPlanned(_ id: VisitID, purpose: VisitPurpose) throws(CommandRefusal) {
        guard !visits.contains(where: { $0.visit == id }) else { throw VisitRefusal.completedBefore.told }
        if let planned = plannedVisits[id] {
            guard planned.purpose == purpose else { throw VisitRefusal.purposeDiffers.told }
        } else if !attempts.contains(where: { $0.visit == id }) {
            throw VisitRefusal.unknown.told
        }
    }

    /// A verification takes two people, whatever else is asked (`RULINGS.md` §1).
    func checkVisitors(_ visitors: Int, for purpose: VisitPurpose) throws(CommandRefusal) {
        guard (purpose.leastVisitors...20).contains(visitors) else { throw CaseFileRefusal.visitorsMissing.told }
    }

    mutating func evolve(with event: VisitEvent) {
        switch event {
        case .planned(let planned): plannedVisits[planned.visit] = planned
        case .attempted(let attempted): attempts.append(attempted)
        case .formRecorded(let form): visitForms.append(form)
        }
    }
}

extension VisitPurpose {
    /// How many people have to go.
    var leastVisitors: Int {
        switch self {
        case .verification: 2
        case .intake, .care, .callback: 1
        }
    }
}
