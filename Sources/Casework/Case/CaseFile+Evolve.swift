package import EventSourcing

extension CaseFile {
    mutating func evolve(with event: CaseFileEvent) {
        switch event {
        case .opened(let opened):
            self.opened = opened
            unresolvedCases = Set(opened.otherOpenCases)
            stage = .open
        case .applicationSubmitted(let submitted): application = submitted
        case .itemAdded(let added):
            items[added.item] = Item(added: added)
            itemOrder.append(added.item)
            workWentOn()
        case .authorizationGranted(let granted): authorizations.append(granted)
        case .visitCompleted(let visit): visits.append(visit)
        case .triaged(let triaged):
            items[triaged.item]?.stage = .triaged(triaged.path)
            items[triaged.item]?.path = triaged.path
        case .itemDecided(let decided):
            items[decided.item]?.stage = .decided(decided)
            decisionCount += 1
        case .decisionNotified(let notified):
            if let decision = items[notified.item]?.stage.decision { items[notified.item]?.stage = .notified(decision) }
            items[notified.item]?.notifiedTo = notified.recipient
        case .applicantTold(let told):
            self.told = told
            hasReplied = true
        case .exitProposed(let proposal): stage = .exitProposed(proposal)
        case .exited: stage = .exited
        case .markedDuplicate(let duplicate):
            stage = .duplicate
            duplicateOf = duplicate.of
        case .secondCaseJustified(let justification):
            unresolvedCases.remove(justification.other)
            justified.insert(justification.other)
        }
    }

    mutating func evolve(with event: IntakeEvent) {
        intake.evolve(with: event)
        switch event {
        case .notAccepted(let refused): items[refused.item]?.stage = .notAccepted(refused)
        case .itemWithdrawn(let withdrawn): items[withdrawn.item]?.stage = .withdrawn(withdrawn)
        case .authorizationWithdrawn(let withdrawn): takeBack(withdrawn)
        case .handedToHub: workWentOn()
        case .accepted, .provisionallyAccepted, .supplementRequested, .supplementReceived, .hubAnswered,
            .hubAnswerSent, .fileSubmitted:
            break
        }
    }

    mutating func evolve(with event: ReviewEvent) {
        review.evolve(with: event)
        switch event {
        case .appealResolved(let resolved):
            // In an open case an overturned decision makes room for another; one that has exited is reopened first.
            guard resolved.result == .overturned, isOpen else { return }
            items[resolved.item]?.stage = .added
            intake.beginCycle(with: [resolved.item])
            workWentOn()
        case .reopened(let reopened):
            cycle = reopened.cycle
            stage = .open
            told = nil
            hasReplied = false
            // What was allowed without a last day was allowed until the exit.
            authorizations.removeAll { $0.validUntil == nil }
            for item in reopened.items { items[item]?.stage = .added }
            intake.beginCycle(with: reopened.items)
            // A limit may be paused and extended once a cycle (I-11).
            pauses = pauses.filter { $0.key.instance != .caseFile(reopened.caseFile) }
            extended = extended.filter { $0.key.instance != .caseFile(reopened.caseFile) }
        case .voided: stage = .voided
        case .appealLodged, .verified, .correctionRequested, .correctionApproved, .correctionRejected, .corrected:
            break
        }
    }

    mutating func evolve(with event: FollowUpEvent) {
        let id: FollowUpID
        switch event {
        case .opened(let opened):
            id = opened.followUp
            followUpOrder.append(id)
        case .progressRecorded(let progress): id = progress.followUp
        case .reviewed(let review): id = review.followUp
        case .concluded(let concluded): id = concluded.followUp
        }
        followUps[id, default: FollowUp()].evolve(with: event)
    }

    mutating func evolve(with event: JointMeetingEvent) {
        let id = event.meeting
        // A meeting called for another case is known here from its first event about this one.
        if meetings[id] == nil { meetingOrder.append(id) }
        if case .requested = event { workWentOn() }
        if case .agendaItemAdded = event { workWentOn() }
        meetings[id, default: JointMeeting()].evolve(with: event)
        // A request placed elsewhere comes back when that meeting is called off.
        for other in meetingOrder where other != id { meetings[other]?.evolve(with: event) }
    }

    mutating func evolve(with event: ReferralEvent) {
        let id = event.referral
        if case .drafted = event {
            referralOrder.append(id)
            workWentOn()
        }
        if event.beginsCycle {
            // A new cycle has its own limit: no pause or extension of the one before is its own.
            pauses = pauses.filter { $0.key.instance != .referral(id) }
            extended = extended.filter { $0.key.instance != .referral(id) }
            workWentOn()
        }
        referrals[id, default: Referral()].evolve(with: event)
    }

    mutating func evolve(with event: DeadlineEvent) {
        switch event {
        case .paused(let paused):
            let key = DeadlineKey(rule: paused.rule, instance: paused.instance, body: paused.body)
            pauses[key] = paused
            lastResumed.remove(key)
        case .resumed(let resumed):
            let key = DeadlineKey(rule: resumed.rule, instance: resumed.instance, body: resumed.body)
            pauses[key] = nil
            lastResumed.insert(key)
        case .extended(let extended):
            let key = DeadlineKey(rule: extended.rule, instance: extended.instance, body: extended.body)
            self.extended[key] = extended
        // Somebody is told; the limit runs on as it did.
        case .crossed, .noticesRead: break
        case .reminded(let event):
            reminders = max(reminders, event.serial)
            reminded[DeadlineKey(rule: event.rule, instance: event.instance, body: event.body)] = event.day
        }
    }

    /// What came back was not told: the decisions it was about, else the reply, are to be told again.
    mutating func takeBack(_ delivery: DeskEvent.DeliveryRecorded) {
        guard let decisions = delivery.items else {
            if told?.recipient == delivery.recipient { told = nil }
            return
        }
        for item in decisions {
            guard case .notified(let decision) = items[item]?.stage else { continue }
            items[item]?.stage = .decided(decision)
        }
    }

    /// New work takes back a reply and a proposed exit, which spoke of a case without it.
    private mutating func workWentOn() {
        told = nil
        if case .exitProposed = stage { stage = .open }
    }
}

extension ReferralEvent {
    /// The referral it is about.
    package var referral: ReferralID {
        switch self {
        case .drafted(let event): event.referral
        case .voided(let event): event.referral
        case .dispatched(let event): event.referral
        case .delivered(let event): event.referral
        case .coHandlerInvited(let event): event.referral
        case .disclosureGranted(let event): event.referral
        case .disclosureEnded(let event): event.referral
        case .received(let event): event.referral
        case .sliceReleased(let event): event.referral
        case .accepted(let event): event.referral
        case .declined(let event): event.referral
        case .returnRequested(let event): event.referral
        case .returnApproved(let event): event.referral
        case .returnRefused(let event): event.referral
        case .designated(let event): event.referral
        case .handlingStarted(let event): event.referral
        case .progressReported(let event): event.referral
        case .coResultSubmitted(let event): event.referral
        case .completed(let event): event.referral
        case .failed(let event): event.referral
        case .completionAccepted(let event): event.referral
        case .handlerAssigned(let event): event.referral
        case .promiseMade(let event): event.referral
        case .promiseKept(let event): event.referral
        case .promiseBroken(let event): event.referral
        case .held(let event): event.referral
        case .resumed(let event): event.referral
        case .redirectRequested(let event): event.referral
        case .redirected(let event): event.referral
        case .superseded(let event): event.referral
        case .offerLapsed(let event): event.referral
        case .terminationRequested(let event): event.referral
        case .terminationApproved(let event): event.referral
        case .terminationRefused(let event): event.referral
        case .cancellationRequested(let event): event.referral
        case .cancellationConfirmed(let event): event.referral
        case .cancellationOvertaken(let event): event.referral
        case .cancellationWithdrawn(let event): event.referral
        case .returnedForRework(let event): event.referral
        case .reopened(let event): event.referral
        }
    }
}
