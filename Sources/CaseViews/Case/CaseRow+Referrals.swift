import Casework
import EventSourcing
import RuleBook

extension CaseRow {
    /// Takes in one event of one of the case's referrals.
    mutating func take(_ fact: ReferralEvent, _ event: ReadEvent) {
        switch fact {
        case .drafted(let drafted):
            var row = ReferralRow(
                id: drafted.referral, number: drafted.number, state: .drafted, isOffer: drafted.kind == .offer,
                lead: drafted.lead, task: drafted.task, item: drafted.item, items: drafted.items, town: drafted.town)
            row.resolution = drafted.resolution
            row.predecessor = drafted.predecessor
            put(row)
        case .dispatched(let dispatched):
            var row = ReferralRow(
                id: dispatched.referral, number: dispatched.number, state: .dispatched,
                isOffer: dispatched.kind == .offer, lead: dispatched.lead, task: dispatched.task,
                item: dispatched.item, items: dispatched.items, town: dispatched.town)
            row.resolution = dispatched.resolution
            row.predecessor = dispatched.predecessor
            row.dispatchedAt = event.recorded.occurredAt
            put(row)
        case .delivered(let delivered):
            change(delivered.referral) { $0.take(delivered, at: event.recorded.occurredAt) }
        case .coHandlerInvited(let invited):
            change(invited.referral) { $0.coHandlers.appendOnce(invited.department) }
        case .received(let received):
            changeAsHolder(received.referral, received.department) { row in
                row.state = .received
            } helping: {
                $0.coReceived.appendOnce(received.department)
            }
        case .coResultSubmitted(let result):
            change(result.referral) { $0.coFinished.appendOnce(result.department) }
        case .designated(let designated):
            change(designated.referral) { $0.isDesignated = true }
        case .disclosureGranted(let granted):
            change(granted.referral) { row in
                row.disclosureEnds.removeAll { $0.department == granted.department }
            }
        case .disclosureEnded(let ended):
            change(ended.referral) { $0.take(ended, at: event.recorded.occurredAt) }
        case .sliceReleased, .progressReported, .handlerAssigned, .promiseMade, .promiseKept,
            .promiseBroken:
            break
        case .held, .resumed, .redirectRequested, .redirected, .superseded, .offerLapsed, .terminationRequested,
            .terminationApproved, .terminationRefused, .cancellationRequested, .cancellationConfirmed,
            .cancellationOvertaken, .cancellationWithdrawn, .returnedForRework, .reopened:
            takeTurn(fact)
        case .voided, .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .handlingStarted,
            .completed, .failed, .completionAccepted:
            takeStep(fact, event)
        }
        if let reference = event.meta.externalReference, case .referral = event.event,
            let id = event.data["referral"]?.text.flatMap(ReferralID.init)
        {
            change(id) { $0.externalReference = reference }
        }
        change(fact.referral) { row in
            if case .handlerAssigned(let assigned) = fact { row.handlingPost = assigned.handlingPost }
            row.takePromises(of: fact, event)
            if case .cancellationRequested = fact { row.cancellationAsked = event.reference }
            if row.state != .cancellationRequested { row.cancellationAsked = nil }
        }
    }

    /// Takes in an event that moves the lead's state.
    private mutating func takeStep(_ fact: ReferralEvent, _ event: ReadEvent) {
        switch fact {
        case .voided(let voided):
            change(voided.referral) { $0.state = .voided }
        case .accepted(let accepted):
            changeAsHolder(accepted.referral, accepted.department) { row in
                row.state = .accepted
                row.handlingPost = accepted.handlingPost
            }
        case .declined(let declined):
            change(declined.referral) { $0.state = .declined }
        case .returnRequested(let request):
            change(request.referral) { row in
                row.stateBefore = row.state
                row.state = .returnRequested
                row.isLateReturn = row.isLateReturn || request.newFact != nil
            }
        case .returnApproved(let approval):
            change(approval.referral) { $0.state = .returned }
        case .returnRefused(let refusal):
            // T08: the referral stands as it stood before the request.
            change(refusal.referral) { row in
                row.state = row.stateBefore ?? .dispatched
                row.stateBefore = nil
            }
        case .handlingStarted(let started):
            changeAsHolder(started.referral, started.department) { $0.state = .inProgress }
        case .completed(let completed):
            change(completed.referral) { row in
                row.state = .completed
                row.outcome = completed.outcome
            }
        case .failed(let failed):
            change(failed.referral) { row in
                row.state = .failed
                row.failure = failed.code
            }
        case .completionAccepted(let acceptance):
            change(acceptance.referral) { $0.state = .closed }
        case .drafted, .dispatched, .delivered, .coHandlerInvited, .received, .coResultSubmitted, .disclosureGranted,
            .disclosureEnded,
            .sliceReleased, .progressReported, .designated, .handlerAssigned, .promiseMade, .promiseKept,
            .promiseBroken, .held, .resumed, .redirectRequested, .redirected, .superseded, .offerLapsed,
            .terminationRequested, .terminationApproved, .terminationRefused, .cancellationRequested,
            .cancellationConfirmed, .cancellationOvertaken, .cancellationWithdrawn, .returnedForRework, .reopened:
            break
        }
    }

    /// Takes in an event that turns the lead's work aside, back or over to somebody else.
    private mutating func takeTurn(_ fact: ReferralEvent) {
        switch fact {
        case .held(let held):
            change(held.referral) { row in
                row.state = .onHold
                row.heldFor = held.reason
                row.reviewOn = held.reviewOn
            }
        case .resumed(let resumed):
            change(resumed.referral) { row in
                row.state = .inProgress
                row.heldFor = nil
                row.reviewOn = nil
            }
        case .redirectRequested(let request): change(request.referral) { $0.isRedirectAsked = true }
        case .redirected(let redirected):
            change(redirected.referral) { row in
                row.state = .redirected
                row.successor = redirected.successor
            }
        case .superseded(let superseded): change(superseded.referral) { $0.replace(superseded) }
        case .offerLapsed(let lapsed): change(lapsed.referral) { $0.state = .lapsed }
        case .terminationRequested(let request): change(request.referral) { $0.state = .terminationRequested }
        case .terminationApproved(let approval):
            change(approval.referral) { row in
                row.state = .failed
                row.failure = approval.code
            }
        case .terminationRefused(let refusal): change(refusal.referral) { $0.state = .inProgress }
        case .cancellationRequested(let request):
            change(request.referral) { row in
                row.stateBefore = row.state
                row.state = .cancellationRequested
            }
        case .cancellationConfirmed(let confirmation): change(confirmation.referral) { $0.state = .cancelled }
        case .cancellationWithdrawn(let withdrawal):
            // T29: the referral stands as it stood before the request.
            change(withdrawal.referral) { row in
                row.state = row.stateBefore ?? .inProgress
                row.stateBefore = nil
            }
        case .returnedForRework(let rework): change(rework.referral) { $0.begin(cycle: rework.cycle) }
        case .reopened(let reopening): change(reopening.referral) { $0.begin(cycle: reopening.cycle) }
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .designated, .handlingStarted,
            .progressReported, .coResultSubmitted, .completed, .failed, .completionAccepted, .handlerAssigned,
            .promiseMade, .promiseKept, .promiseBroken, .cancellationOvertaken:
            break
        }
    }

    private mutating func put(_ row: ReferralRow) {
        if let index = referrals.firstIndex(where: { $0.id == row.id }) {
            var row = row
            row.coHandlers = referrals[index].coHandlers
            referrals[index] = row
        } else {
            referrals.append(row)
        }
    }

    private mutating func change(_ id: ReferralID, _ change: (inout ReferralRow) -> Void) {
        guard let index = referrals.firstIndex(where: { $0.id == id }) else { return }
        change(&referrals[index])
    }

    /// Changes the row as the lead's act; a co-handler's own act never moves the lead's state.
    private mutating func changeAsHolder(
        _ id: ReferralID, _ department: DepartmentCode, _ leading: (inout ReferralRow) -> Void,
        helping: (inout ReferralRow) -> Void = { _ in }
    ) {
        change(id) { row in
            if row.lead == department { leading(&row) } else { helping(&row) }
        }
    }
}

extension ReferralRow {
    /// The newest delivery to a department replaces the one before.
    fileprivate mutating func take(_ delivered: ReferralEvent.Delivered, at instant: Instant) {
        deliveries.removeAll { $0.department == delivered.department }
        deliveries.append(Delivery(department: delivered.department, cycle: delivered.cycle, at: instant))
    }

    /// The newest end of a department's right to read replaces the one before.
    fileprivate mutating func take(_ ended: ReferralEvent.DisclosureEnded, at instant: Instant) {
        disclosureEnds.removeAll { $0.department == ended.department }
        disclosureEnds.append(
            DisclosureEnd(department: ended.department, reason: ended.reason, at: ended.end(saidAt: instant)))
    }

    /// A new cycle keeps how the one before ended.
    fileprivate mutating func begin(cycle: Int) {
        earlierCycles.append(EarlierCycle(outcome: outcome, failure: failure))
        self.cycle = cycle
        outcome = nil
        failure = nil
        isDesignated = false
        isRedirectAsked = false
        state = .inProgress
    }

    /// Another department stands in the place of one.
    fileprivate mutating func replace(_ superseded: ReferralEvent.Superseded) {
        let (old, new) = (superseded.department, superseded.successor)
        formerDepartments.appendOnce(old)
        if lead == old { lead = new }
        coHandlers = coHandlers.map { $0 == old ? new : $0 }
        coReceived = coReceived.map { $0 == old ? new : $0 }
        coFinished = coFinished.map { $0 == old ? new : $0 }
    }
}
