import EventSourcing
import RuleBook

/// What is known around the deadlines of one case or request: the event of the moment already taken in.
struct DeadlineFacts {
    let caseID: CaseID?
    let caseNumber: EntityNumber?
    let town: TownCode?
    let row: CaseRow?
    let request: RequestRow?

    init(_ row: CaseRow) {
        caseID = row.id
        caseNumber = row.number
        town = row.town
        self.row = row
        request = nil
    }

    init(_ request: RequestRow) {
        caseID = request.caseID
        caseNumber = nil
        town = request.town
        row = nil
        self.request = request
    }

    func referral(_ scope: EventTag) -> ReferralRow? {
        guard scope.kind == .referral, let id = ReferralID(String(scope.name)) else { return nil }
        return row?.referral(id)
    }

    func meeting(_ scope: EventTag) -> CaseRow.Meeting? {
        guard scope.kind == .meeting else { return nil }
        return row?.meetings.first { $0.id.description == scope.name }
    }

    func followUp(_ scope: EventTag) -> CaseRow.FollowUp? {
        guard scope.kind == .followup else { return nil }
        return row?.followUps.first { $0.id.description == scope.name }
    }

    func resolution(_ scope: EventTag) -> CaseRow.Resolution? {
        guard scope.kind == .resolution, let id = ResolutionID(String(scope.name)) else { return nil }
        return row?.resolution(id)
    }

    func item(_ scope: EventTag) -> CaseRow.Item? {
        guard scope.kind == .item else { return nil }
        return row?.items.first { $0.id.description == scope.name }
    }

    /// Whether an item still waits for the town: open, with no department by referral, its file not handed up.
    func isWithTown(_ scope: EventTag) -> Bool {
        guard let item = item(scope) else { return false }
        switch item.state {
        case .added, .triaged: break
        case .decided, .notified, .notAccepted, .withdrawn: return false
        }
        let isReferred = row?.referrals.contains { $0.items.contains(item.id) && !$0.state.isTerminal } ?? false
        return item.isHandedUp != true && !isReferred
    }

    /// The number people say for a subject.
    func number(of scope: EventTag) -> EntityNumber? {
        referral(scope)?.number ?? meeting(scope)?.number ?? followUp(scope)?.number
            ?? (scope.kind == .request ? request?.number : nil)
    }

    func policyItem(of scope: EventTag) -> PolicyItemCode? {
        referral(scope)?.item ?? item(scope)?.policyItem
    }

    /// Every policy item a subject has to do with: an item's own, those a referral serves.
    func policyItems(of scope: EventTag) -> [PolicyItemCode] {
        guard let referral = referral(scope) else { return policyItem(of: scope).map { [$0] } ?? [] }
        return (referral.item.map { [$0] } ?? [])
            + referral.items.compactMap { id in row?.items.first { $0.id == id }?.policyItem }
    }

    /// Writes on a row what may change while it runs and is no date: its numbers, who has it, how its case stands.
    func label(_ deadline: inout DeadlineRow) {
        deadline.subjectNumber = deadline.subjectNumber ?? number(of: deadline.id.scope)
        guard let row else { return }
        deadline.town = row.town ?? deadline.town
        deadline.handler = referral(deadline.id.scope)?.handlingPost ?? row.post
        deadline.channel = row.channel
        deadline.isUrgent = row.isUrgent ? true : nil
        deadline.isBeforeMeeting = row.isBeforeMeeting ? true : nil
    }

    /// Whether every action of a resolution has a referral or offer that went out.
    func isFullyDispatched(_ resolution: CaseRow.Resolution) -> Bool {
        // One referral per action: a successor after a return is no further action.
        let sent = (row?.referrals ?? []).filter { referral in
            referral.resolution == resolution.id && referral.dispatchedAt != nil && referral.predecessor == nil
        }
        return sent.count >= resolution.actions.count
    }
}
