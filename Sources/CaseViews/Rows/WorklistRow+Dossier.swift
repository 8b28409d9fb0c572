import EventSourcing

extension WorklistRow {
    /// What one referral puts on the desks of its lead and its co-handlers; a draft is on nobody's.
    package static func rows(for referral: ReferralRow, in dossier: CaseDossier) -> [WorklistRow] {
        guard referral.dispatchedAt != nil else { return [] }
        let scope = EventTag.referral(referral.id)
        let deadlines = dossier.sheet.open.filter { $0.id.scope == scope }
        let lead = WorklistRow(
            referral, dossier.row.number, referral.lead, referral.isOffer ? .offer : .lead, referral.state,
            deadlines.filter { $0.owner == referral.lead }.min { BoardKey(of: $0) < BoardKey(of: $1) })
        return [lead]
            + referral.coHandlers.map { department in
                // A co-handler's own task ends with its own result, or with the referral.
                let state: ReferralRow.State =
                    if referral.coFinished.contains(department) {
                        .completed
                    } else if !referral.state.isWithDepartment {
                        referral.state
                    } else {
                        referral.coReceived.contains(department) ? .received : .dispatched
                    }
                return WorklistRow(referral, dossier.row.number, department, .coHandler, state, nil)
            }
            + referral.formerDepartments.filter { $0 != referral.lead && !referral.coHandlers.contains($0) }
            .map { WorklistRow(referral, dossier.row.number, $0, .lead, .superseded, nil) }
    }

    private init(
        _ referral: ReferralRow, _ caseNumber: EntityNumber, _ department: DepartmentCode, _ role: Role,
        _ state: ReferralRow.State, _ deadline: DeadlineRow?
    ) {
        self.init(
            department: department, referral: referral.id, number: referral.number, caseNumber: caseNumber,
            task: referral.task, policyItem: referral.item, town: referral.town, role: role, state: state,
            dispatchedAt: referral.dispatchedAt,
            deliveredAt: referral.deliveries.first { $0.department == department }?.at, nextDeadline: deadline?.id,
            dueDay: deadline?.dueDay,
            dueAt: deadline?.dueAt, isProvisional: deadline?.isProvisional ?? false,
            promise: referral.isOffer ? nil : referral.promises.first { $0.department == department })
    }
}
