package import EventSourcing
package import RuleBook

/// Whether one sender may do one thing to one case, beyond what the role alone says (`reference/product.md` §4.8, N-8).
///
/// The desk asks it around every decision, so that no command can forget it.
package struct Permit: Sendable {
    private let action: Action
    private let conditions: Set<AccessCondition>

    /// - Throws: Nothing; a role the table does not name has been refused before.
    package init(_ action: Action, for role: Role) {
        self.action = action
        conditions = PermissionTable.rule(for: action, of: role).conditions ?? []
    }

    /// What has to be read and guarded beside the command's own boundary; nothing where that covers it.
    package func boundary(beside query: EventQuery, _ context: CommandContext) -> EventQuery? {
        guard let id = context.caseID else { return nil }
        let covered = query.items.contains { $0.types.isEmpty && $0.tags == [.caseFile(id)] }
        if query.items.isEmpty || covered { return nil }
        return .tagged(.caseFile(id))
    }

    /// Refuses what the case or the sender's own ties forbid.
    package func check(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) {
        try checkPost(context)
        guard let id = context.caseID else {
            if conditions.contains(.ownTown), let town = boundary.requestTown(context), town != context.town {
                throw DeskRefusal.otherTown.told
            }
            return
        }
        let events = boundary.entries.filter { $0.recorded.tags.contains(.caseFile(id)) }
        guard let opening = boundary.first(.caseFile(.opened), tagged: .caseFile(id)),
            case .casework(.caseFile(.opened(let opened))) = opening.event
        else { return }
        for condition in AccessCondition.allCases where conditions.contains(condition) {
            try require(condition, opened, opening, events, context)
        }
        let people = Set(events.flatMap(\.recorded.tags)).persons
        try checkConflicts(with: people, context)
    }

    /// Refuses what would come out of it: somebody one may not judge, an item one may not decide, or a body one may not
    /// turn to.
    package func check(_ events: [Decided<HubEvent>], from boundary: Boundary, _ context: CommandContext)
        throws(CommandRefusal)
    {
        try checkConflicts(with: events.reduce(into: []) { $0.formUnion($1.tags.persons) }, context)
        try checkItems(events, boundary, context)
        guard conditions.contains(.insideTown) else { return }
        for decided in events {
            let lead: DepartmentCode
            switch decided.event {
            case .casework(.referral(.drafted(let drafted))): lead = drafted.lead
            case .casework(.referral(.dispatched(let sent))): lead = sent.lead
            case .casework, .registry, .ruleBook: continue
            }
            guard let department = context.rules.department(lead), department.kind == .town,
                let town = context.town, department.towns?.contains(town) != false
            else { throw DeskRefusal.outsideTown.told }
        }
    }

    /// Who may decide an item is known from the item, and the item from the decision.
    private func checkItems(_ events: [Decided<HubEvent>], _ boundary: Boundary, _ context: CommandContext)
        throws(CommandRefusal)
    {
        guard !conditions.isDisjoint(with: [.ownItem, .exceptionalItem, .delegatedItem]), let id = context.caseID else {
            return
        }
        let file = boundary.caseFile(id)
        for decided in events {
            guard case .casework(.caseFile(.itemDecided(let decision))) = decided.event,
                let item = file.items[decision.item]
            else { continue }
            if conditions.contains(.ownItem), !isOwn(item, decision, file, context) {
                throw DeskRefusal.notTheirItem.told
            }
            if conditions.contains(.delegatedItem) { try checkDelegation(of: item, decision, file, context) }
            let isOverturned = file.review.appeals[decision.item]?.resolved?.result == .overturned
            if conditions.contains(.exceptionalItem), item.path != .exceptional, !isOverturned {
                throw DeskRefusal.notExceptional.told
            }
        }
    }

    /// The version in force on the day of the decision says who decides, whatever it was when the item was asked for.
    private func checkDelegation(
        of item: CaseFile.Item, _ decision: CaseFileEvent.ItemDecided, _ file: CaseFile, _ context: CommandContext
    ) throws(CommandRefusal) {
        guard let town = context.town,
            let delegation = context.rules.policyItem(item.added.policyItem, on: context.day)?.delegation,
            delegation.holds(for: town, on: context.day)
        else { throw DeskRefusal.notDelegated.told }
        // Whoever is tied to the person has colleagues at this station: the department decides (N-8).
        guard context.staff.accounts(inConflictWith: file.people(of: item)).isEmpty else {
            throw DeskRefusal.staffConflicted.told
        }
        if let cap = delegation.cap, let amount = decision.award?.amount, amount > cap {
            throw DeskRefusal.beyondDelegation.told
        }
    }

    private func isOwn(
        _ item: CaseFile.Item, _ decision: CaseFileEvent.ItemDecided, _ file: CaseFile, _ context: CommandContext
    ) -> Bool {
        guard let own = context.actor.department else { return false }
        let policy = context.rules.policyItem(item.added.policyItem, version: item.added.policyVersion)
        let answering = policy.map { context.rules.successor(of: $0.department, on: context.day) ?? $0.department }
        return answering == own || decision.referral.flatMap { file.referrals[$0]?.order?.lead } == own
    }

    private func require(
        _ condition: AccessCondition, _ opened: CaseFileEvent.Opened, _ opening: Boundary.Entry,
        _ events: [Boundary.Entry], _ context: CommandContext
    ) throws(CommandRefusal) {
        switch condition {
        case .ownTown:
            guard opened.town == context.town else { throw DeskRefusal.otherTown.told }
        case .ownVillage:
            guard isOfVillage(opening, events, context) else { throw DeskRefusal.otherVillage.told }
        case .ownReferral:
            guard let department = context.actor.department,
                events.contains(where: { $0.recorded.tags.contains(.department(department)) })
            else { throw DeskRefusal.notInvolved.told }
        case .headPost:
            guard context.actsAsHead else { throw DeskRefusal.notTheHead.told }
        case .notHandler:
            guard !events.contains(where: { $0.isHandling && $0.metadata.actor.account == context.actor.account })
            else { throw DeskRefusal.hasHandled.told }
        case .emergency:
            let isOpen = events.contains { entry in
                guard case .casework(.desk(.emergencyAccessUsed(let used))) = entry.event else { return false }
                return used.account == context.actor.account
                    && used.isOpen(at: context.now, usedAt: entry.recorded.recordedAt)
                    && !events.contains { $0.event.isVerdict(against: used) }
            }
            guard isOpen else { throw DeskRefusal.noEmergency.told }
        case .onAgenda:
            let isBeforeMeeting = events.contains { entry in
                guard case .casework(.meeting(.requested)) = entry.event else { return false }
                return true
            }
            guard isBeforeMeeting else { throw DeskRefusal.notInvolved.told }
        // The command names the department or post itself and compares it; town and item are those of what comes out.
        case .ownDepartment, .insideTown, .ownItem, .exceptionalItem, .delegatedItem: break
        }
    }

    /// A village has the cases its own point took in and those the station gave to its post.
    private func isOfVillage(_ opening: Boundary.Entry, _ events: [Boundary.Entry], _ context: CommandContext) -> Bool {
        let taker = opening.metadata.actor
        if taker.account == context.actor.account { return true }
        guard let post = context.actor.post else { return false }
        if taker.post == post { return true }
        var keeping = CaseKeeping()
        for entry in events {
            if case .casework(.desk(let event)) = entry.event { keeping.evolve(with: event) }
        }
        return keeping.post == post
    }

    /// Nobody at the centre or a station acts for a post that is neither theirs nor deputised to them.
    private func checkPost(_ context: CommandContext) throws(CommandRefusal) {
        guard context.actor.department == nil, let own = context.ownPost, let acting = context.actingPost,
            acting != own
        else { return }
        guard context.staff.deputy(of: acting, on: context.day) == own else { throw DeskRefusal.notTheirPost.told }
    }

    /// Whoever is in conflict must still be able to say so and to give the case away.
    private static let openToThoseInConflict: Set<Action> = [.declareConflict, .assignCase]

    private func checkConflicts(with people: Set<PersonReference>, _ context: CommandContext) throws(CommandRefusal) {
        guard !Self.openToThoseInConflict.contains(action) else { return }
        let posts = Set([context.actor.post, context.actingPost, context.ownPost].compactMap(\.self))
        guard context.staff.conflicts(of: context.actor.account, in: posts).isDisjoint(with: people) else {
            throw DeskRefusal.conflicted.told
        }
    }
}

extension Set<EventTag> {
    /// The people among them.
    var persons: Set<PersonReference> {
        Set<PersonReference>(
            compactMap { $0.kind == .person ? PersonReference(String($0.name)) : nil })
    }
}

extension HubEvent {
    /// Whether it says that an emergency access was not justified, which ends it.
    fileprivate func isVerdict(against used: DeskEvent.EmergencyAccessUsed) -> Bool {
        guard case .casework(.desk(.emergencyAccessReviewed(let review))) = self else { return false }
        return review.access == used.access && review.finding == .notJustified
    }
}

extension Boundary.Entry {
    /// Whether it is work on the case, and not a reading or an assignment of it.
    fileprivate var isHandling: Bool {
        switch event {
        case .casework(.desk(.deliveryRecorded)): true
        case .casework(.desk), .registry, .ruleBook: false
        case .casework: true
        }
    }
}

extension Boundary {
    /// The town of the help request the command is addressed to.
    fileprivate func requestTown(_ context: CommandContext) -> TownCode? {
        guard case .request(let id) = context.subject else { return nil }
        return helpRequest(id).recorded?.town
    }
}
