package import EventSourcing
import RuleBook

extension CaseFile {
    /// Gives an item its one terminal answer (I-2).
    func decideItem(_ body: DecideItem, _ addressed: ItemID?, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let id = addressed ?? body.item, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        switch item.stage {
        case .added: throw CaseFileRefusal.itemNotTriaged.told
        case .triaged: break
        case .notAccepted: throw IntakeRefusal.itemNotAccepted.told
        case .withdrawn: throw IntakeRefusal.itemWithdrawn.told
        case .decided(let before), .notified(let before):
            guard before.result == body.result, before.clause == body.clause, before.award == body.award else {
                throw CaseFileRefusal.itemDecided.told
            }
            return []
        }
        switch body.result {
        case .granted, .partlyGranted, .refused, .alreadyCovered, .notApplicable:
            guard let clause = body.clause, Wording.isSentence(clause) else { throw CaseFileRefusal.clauseMissing.told }
        case .noPolicyCovers:
            if let clause = body.clause, !Wording.isSentence(clause) { throw CaseFileRefusal.clauseEmpty.told }
        }
        if let amount = body.award?.amount, amount <= 0 { throw CaseFileRefusal.amountNotPositive.told }
        if let referral = body.referral, referrals[referral] == nil { throw CaseFileRefusal.noSuchReferral.told }
        try requireChecked(id, body.referral, context)
        try checkAuthority(body, for: item, context)
        let decision = CaseFileEvent.ItemDecided(
            caseFile: opened.caseFile, item: id, decision: DecisionID(context.identifier(0)),
            number: opened.number.decision(decisionCount + 1), result: body.result, clause: body.clause,
            referral: body.referral, award: body.award, reviewDueBy: body.reviewDueBy,
            inquiries: body.inquiries?.isEmpty == true ? nil : body.inquiries,
            delegatedTo: context.actor.role == Role.station.rawValue ? context.town : nil,
            attachments: body.attachments ?? [])
        return [
            Decided(
                .caseFile(.itemDecided(decision)),
                tags: tags(opened).union([.item(id), .person(item.added.person), .number(decision.number)])
                    .union(body.referral.map { [.referral($0)] } ?? []),
                sealed: context.sealed)
        ]
    }

    /// Nothing is decided while a department has the item, nor before the centre has accepted what came back (T27): the
    /// decision is the head's, and rests on a result somebody else has checked.
    private func requireChecked(_ item: ItemID, _ named: ReferralID?, _ context: CommandContext)
        throws(CommandRefusal)
    {
        let active = activeReferral(of: item)
        for id in [active, named].compactMap(\.self) {
            guard let referral = referrals[id] else { continue }
            switch referral.stage {
            case .completed, .failed:
                throw CaseFileRefusal.resultUnchecked.told.offering(
                    ReferralTransition.allowed(for: referral, role: context.actor.role))
            case .none, .drafted, .voided, .dispatched, .received, .accepted, .inProgress, .onHold, .returnRequested,
                .terminationRequested, .cancellationRequested, .closed, .returned, .redirected, .declined, .lapsed,
                .cancelled:
                guard id != active || !referral.stage.isWithDepartment else {
                    throw CaseFileRefusal.itemWithDepartment.told
                }
            }
        }
    }

    /// What the path and the papers of an item allow its decision to say; who may say it is the permission table's.
    private func checkAuthority(_ body: DecideItem, for item: Item, _ context: CommandContext) throws(CommandRefusal) {
        if body.result.gives {
            guard intake.missing[item.added.item] == nil else { throw IntakeRefusal.papersMissing.told }
            if case .triaged(.informOnly) = item.stage { throw CaseFileRefusal.informOnlyGivesNothing.told }
        }
        guard intake.withHub[item.added.item] == nil else { throw IntakeRefusal.withOtherHub.told }
        try checkInquiries(body.inquiries ?? [], for: item, on: context.day)
    }

    func notify(_ body: NotifyDecision, _ addressed: ItemID?, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let id = addressed ?? body.item, let item = items[id] else { throw CaseFileRefusal.noSuchItem.told }
        switch item.stage {
        case .added, .triaged, .notAccepted, .withdrawn: throw CaseFileRefusal.itemNotDecided.told
        case .notified: return []
        case .decided(let decision):
            let recipient = body.recipient ?? application?.applicant ?? opened.subject
            let notified = CaseFileEvent.DecisionNotified(
                caseFile: opened.caseFile, item: id, decision: decision.decision, means: body.means,
                recipient: recipient, attachments: body.attachments ?? [])
            return [
                Decided(
                    .caseFile(.decisionNotified(notified)),
                    tags: tags(opened).union([.item(id), .person(item.added.person), .person(recipient)]))
            ]
        }
    }

    /// The one reply (I-4), once there is nothing left to answer.
    func tell(_ body: TellApplicant, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        let opened = try requireOpen()
        let telling = CaseFileEvent.ApplicantTold(
            caseFile: opened.caseFile, means: body.means,
            recipient: body.recipient ?? application?.applicant ?? opened.subject,
            attachments: body.attachments ?? [])
        if told != nil { return [] }
        try requireNothingOpen()
        return [
            Decided(
                .caseFile(.applicantTold(telling)), tags: tags(opened).union([.person(telling.recipient)]),
                sealed: context.sealed)
        ]
    }

    /// Finds that the case may end; the proposal says whether another person has to confirm it.
    func proposeExit(_ body: ProposeExit, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        if case .exitProposed(let before) = stage {
            guard before.result == body.result else { throw CaseFileRefusal.exitAlreadyProposed.told }
            return []
        }
        try requireNothingOpen()
        guard told != nil else { throw CaseFileRefusal.applicantNotTold.told }
        let proposal = CaseFileEvent.ExitProposed(
            caseFile: opened.caseFile, result: body.result, followUps: openFollowUps,
            secondSignatureReasons: secondSignatureReasons)
        return [Decided(.caseFile(.exitProposed(proposal)), tags: tags(opened), sealed: context.sealed)]
    }

    /// One door out, always as a second event; by another person where one alone may not (`RULINGS.md` §2).
    func exit(proposedBy proposer: AccountID?, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        if stage == .exited { return [] }
        let opened = try requireOpen()
        guard case .exitProposed(let proposal) = stage else { throw CaseFileRefusal.exitNotProposed.told }
        try requireNothingOpen()
        guard told != nil else { throw CaseFileRefusal.applicantNotTold.told }
        if !secondSignatureReasons.isEmpty, proposer == nil || proposer == context.actor.account {
            throw CaseFileRefusal.secondSignatureMissing.told
        }
        let exited = CaseFileEvent.Exited(
            caseFile: opened.caseFile, result: proposal.result, followUps: openFollowUps, request: opened.request)
        var tags = tags(opened)
        if let request = opened.request { tags.insert(.request(request)) }
        var disclosure = Disclosure()
        if let reporter = opened.reporterDepartment {
            tags.insert(.department(reporter))
            disclosure.add([DisclosedGroup(.reference)], for: reporter)
        }
        return [Decided(.caseFile(.exited(exited)), tags: tags, disclosure: disclosure)]
    }

    /// Why one person alone may not end the case; none means that one may.
    package var secondSignatureReasons: [SecondSignatureReason] {
        var reasons: [SecondSignatureReason] = []
        if items.values.contains(where: { $0.stage.isRefusal }) { reasons.append(.itemRefused) }
        if referrals.values.contains(where: { $0.failure != nil }) { reasons.append(.referralFailed) }
        if !openFollowUps.isEmpty { reasons.append(.followUpOpen) }
        if concernsMinor { reasons.append(.minorConcerned) }
        return reasons
    }

    /// I-3: every item terminal, every decision notified, every referral and meeting over, no action left lying.
    func requireNothingOpen() throws(CommandRefusal) {
        for item in items.values {
            switch item.stage {
            case .added, .triaged: throw CaseFileRefusal.itemsOpen.told
            case .decided, .notified, .notAccepted, .withdrawn: break
            }
        }
        try requireReliefSettled()
        guard !hasOpenReferral else { throw CaseFileRefusal.referralsOpen.told }
        guard !items.values.contains(where: \.isUntold) else { throw CaseFileRefusal.decisionsNotNotified.told }
        try requireMeetingsOver()
        for meeting in meetings.values {
            for resolution in meeting.resolutions.values where resolution.isInForce {
                guard resolution.adopted.actions.allSatisfy({ isDispatched($0, of: resolution.adopted.resolution) })
                else { throw CaseFileRefusal.actionsOpen.told }
            }
        }
    }

    /// Every meeting has been held or called off, and what it gave bodies to do is done.
    func requireMeetingsOver() throws(CommandRefusal) {
        guard !meetings.values.contains(where: { $0.isPending && $0.isOpenForExit }) else {
            throw CaseFileRefusal.meetingOpen.told
        }
        guard !meetings.values.contains(where: \.isOpenForExit) else { throw CaseFileRefusal.actionsOpen.told }
    }

    /// What was given in a hurry has its papers, and every hub has its answer.
    func requireReliefSettled() throws(CommandRefusal) {
        guard !relief.isEmergencyOpen else { throw ReliefRefusal.emergencyOpen.told }
        guard !relief.isUnsettled else { throw ReliefRefusal.notRegularised.told }
        guard intake.withHub.isEmpty else { throw IntakeRefusal.hubAnswerMissing.told }
        guard application?.fromHub == nil || intake.answerSent != nil else { throw IntakeRefusal.hubNotAnswered.told }
    }

    /// Whether an action of a resolution went out, whatever became of it.
    func isDispatched(_ action: ResolutionAction, of resolution: ResolutionID) -> Bool {
        referrals.values.contains { referral in
            referral.order?.resolution == resolution && referral.order?.task == action.task && referral.stage != .voided
        }
    }

    /// Opens what goes on after the case; an unfinished referral can never become one.
    ///
    /// Its department may read the referral it grew out of for as long as it reports on what follows.
    func openFollowUp(_ body: OpenFollowUp, _ sealed: SealedIndex, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        guard let department = context.rules.department(body.department) else {
            throw CaseFileRefusal.unknownDepartment.told
        }
        guard department.kind.hasFeed else { throw CaseFileRefusal.departmentWithoutFeed.told }
        if let item = body.item, items[item] == nil { throw CaseFileRefusal.noSuchItem.told }
        if let id = body.referral {
            guard let referral = referrals[id] else { throw CaseFileRefusal.noSuchReferral.told }
            guard referral.stage == .closed else { throw CaseFileRefusal.referralUnfinished.told }
        } else if let item = body.item, activeReferral(of: item) != nil {
            throw CaseFileRefusal.referralUnfinished.told
        }
        let isOpenAlready = followUps.values.contains { followUp in
            followUp.isOpen && followUp.opened?.kind == body.kind && followUp.opened?.department == body.department
                && followUp.opened?.item == body.item && followUp.opened?.referral == body.referral
        }
        if isOpenAlready { return [] }
        let opening = FollowUpEvent.Opened(
            caseFile: opened.caseFile, followUp: FollowUpID(context.identifier(0)),
            number: opened.number.followUp(followUpOrder.count + 1), kind: body.kind, department: body.department,
            item: body.item, referral: body.referral)
        let renewal =
            body.referral.flatMap { referrals[$0] }.map { referral in
                referral.renewal(for: body.department, releasable(sealed, by: referral, on: context.day))
            } ?? []
        return try telling { () throws(FollowUpRefusal) in
            try FollowUp().decide(.open(opening, sealed: context.sealed))
        }.map { $0.lifted(CaseworkEvent.followUp, tags: [.number(opening.number), .person(opened.subject)]) }
            + renewal.map { $0.lifted(CaseworkEvent.referral) }
    }
}

/// Runs a decision of a part of the case and tells its refusal.
func telling<Answer, R: ToldRefusal>(_ decision: () throws(R) -> Answer) throws(CommandRefusal) -> Answer {
    do throws(R) {
        return try decision()
    } catch {
        throw error.told
    }
}

extension Decided {
    /// The same decision in a larger set of events, with further tags.
    package func lifted<Larger: DomainEvent>(_ wrap: (Event) -> Larger, tags more: Set<EventTag> = [])
        -> Decided<Larger>
    {
        Decided<Larger>(wrap(event), tags: tags.union(more), disclosure: disclosure, sealed: sealed)
    }
}
