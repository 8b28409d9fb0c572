import EventSourcing
import WorkingCalendar

extension Referral {
    package mutating func evolve(with event: ReferralEvent) {
        switch event {
        case .drafted(let drafted):
            order = drafted
            stage = .drafted
        case .voided: stage = .voided
        case .dispatched(let dispatched):
            self.dispatched = dispatched
            stage = .dispatched
        case .delivered(let delivered): deliveredCycles[delivered.department] = delivered.cycle
        case .coHandlerInvited(let invited): coHandling[invited.department] = CoHandling()
        case .disclosureGranted(let granted):
            grants[granted.department] = granted.groups
            endedDisclosures[granted.department] = nil
            if stage == .closed { renewedDisclosures.insert(granted.department) }
        case .disclosureEnded(let ended):
            endedDisclosures[ended.department] = ended
            renewedDisclosures.remove(ended.department)
        case .received(let received):
            if received.department == order?.lead { stage = .received }
            coHandling[received.department]?.isReceived = true
        case .sliceReleased: break
        case .accepted(let accepted):
            self.accepted = accepted
            handlingPost = accepted.handlingPost
            promise(.hearAgain, accepted.nextPromise, accepted.department)
            stage = .accepted
        case .declined(let declined):
            self.declined = declined
            stage = .declined
        case .offerLapsed: stage = .lapsed
        case .returnRequested(let request):
            returnRequest = request
            hasReturned = true
            stage = .returnRequested(from: stage.standing ?? .dispatched, reason: request.reason)
        case .returnApproved: stage = .returned
        case .returnRefused(let ruling):
            self.ruling = ruling
            stage = stageBeforeRequest
        case .designated: isDesignated = true
        case .redirectRequested(let request): redirectRequest = request
        case .redirected: stage = .redirected
        case .superseded(let superseded): supersede(by: superseded)
        case .handlingStarted, .progressReported, .coResultSubmitted, .completed, .failed, .completionAccepted,
            .handlerAssigned, .promiseMade, .promiseKept, .promiseBroken, .held, .resumed, .terminationRequested,
            .terminationApproved, .terminationRefused, .cancellationRequested, .cancellationConfirmed,
            .cancellationOvertaken, .cancellationWithdrawn, .returnedForRework, .reopened:
            evolveWork(with: event)
        }
    }

    private mutating func evolveWork(with event: ReferralEvent) {
        switch event {
        case .handlingStarted(let started):
            if started.department == order?.lead { stage = .inProgress }
            coHandling[started.department]?.isStarted = true
        case .progressReported(let progress):
            lastProgress[progress.department] = progress
            promise(.hearAgain, progress.nextPromise, progress.department)
        case .coResultSubmitted(let result):
            coHandling[result.department]?.result = result
            promises[result.department] = nil
        case .completed(let completed):
            completion = completed
            promises[completed.department] = nil
            stage = .completed
        case .failed(let failed):
            failure = failed
            promises[failed.department] = nil
            stage = .failed
        case .completionAccepted: stage = .closed
        case .returnedForRework(let rework): begin(rework.cycle, .rework(rework.reason))
        case .reopened(let reopening): begin(reopening.cycle, .reopening(reopening.reason))
        case .handlerAssigned(let assigned):
            handlingPost = assigned.handlingPost
            promise(.hearAgain, assigned.nextPromise, assigned.department)
        case .promiseMade(let made): promise(made.what, made.nextPromise, made.department)
        case .promiseKept(let kept): promises[kept.department]?.state = .kept
        case .promiseBroken(let broken):
            promises[broken.department]?.state = .broken
            brokenPromises[broken.department] = broken
        case .held(let held):
            self.held = held
            promise(.review, held.reviewOn, held.department)
            stage = .onHold
        case .resumed(let resumed):
            hasResumed = true
            promise(.hearAgain, resumed.nextPromise, resumed.department)
            stage = .inProgress
        case .terminationRequested(let request):
            termination = request
            stage = .terminationRequested
        case .terminationApproved(let approval):
            failure = ReferralEvent.Failed(
                referral: approval.referral, caseFile: approval.caseFile, department: approval.department,
                code: approval.code, attemptedOn: [])
            promises[approval.department] = nil
            stage = .failed
        case .terminationRefused(let refusal):
            terminationRefused = refusal
            stage = .inProgress
        case .cancellationRequested(let request):
            stage = .cancellationRequested(from: stage.standing ?? .inProgress, reason: request.reason)
        case .cancellationConfirmed: stage = .cancelled
        case .cancellationOvertaken: break
        case .cancellationWithdrawn:
            hasWithdrawnCancellation = true
            stage = stageBeforeRequest
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .accepted, .declined, .offerLapsed, .returnRequested, .returnApproved, .returnRefused, .designated,
            .redirectRequested, .redirected, .superseded:
            break
        }
    }

    private var stageBeforeRequest: Stage {
        switch stage {
        case .returnRequested(let standing, _), .cancellationRequested(let standing, _): standing.stage
        case .none, .drafted, .voided, .dispatched, .received, .accepted, .inProgress, .onHold,
            .terminationRequested, .completed, .failed, .closed, .returned, .redirected, .declined, .lapsed,
            .cancelled:
            stage
        }
    }

    private mutating func begin(_ cycle: Int, _ start: CycleStart) {
        earlierCycles.append(EarlierCycle(completion: completion, failure: failure))
        completion = nil
        failure = nil
        termination = nil
        redirectRequest = nil
        // A return and a designation hold for one cycle (I-6).
        hasReturned = false
        isDesignated = false
        newestCycle = start
        self.cycle = cycle
        stage = .inProgress
    }

    private mutating func promise(_ what: PromisedAct, _ day: CivilDay?, _ department: DepartmentCode) {
        guard let day else { return }
        promises[department] = Promise(what: what, due: day)
    }

    private mutating func supersede(by event: ReferralEvent.Superseded) {
        let (old, new) = (event.department, event.successor)
        order = order?.replacing(old, by: new)
        superseded[old] = new
        coHandling[new] = coHandling.removeValue(forKey: old)
        promises[new] = promises.removeValue(forKey: old)
        // What the predecessor learnt it keeps no right to; the successor's grant follows in the same append.
        grants[old] = nil
    }
}

extension ReferralEvent.Drafted {
    /// The same order with another department in the place of one.
    fileprivate func replacing(_ old: DepartmentCode, by new: DepartmentCode) -> Self {
        Self(
            referral: referral, caseFile: caseFile, number: number, kind: kind, task: task, taskVersion: taskVersion,
            item: item, items: items, lead: lead == old ? new : lead,
            coHandlers: coHandlers.map { $0 == old ? new : $0 }, town: town, limit: limit, priority: priority,
            resolution: resolution, predecessor: predecessor, people: people, locationProtected: locationProtected,
            basis: basis, purpose: purpose)
    }
}
