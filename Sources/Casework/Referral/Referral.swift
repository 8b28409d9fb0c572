package import EventSourcing

/// One referral as its history tells it: one lead, its co-handlers, and what may happen next (T01 to T27).
package struct Referral: Decider {
    /// Where the lead's work stands; a disputed referral remembers where it would return to.
    package enum Stage: Hashable, Sendable {
        case none, drafted, voided
        case dispatched, received, accepted, inProgress
        case returnRequested(fromReceived: Bool, reason: ReturnReason)
        case completed, failed
        case closed, returned, declined

        /// Whether nothing can happen to it any more (I-23).
        package var isTerminal: Bool {
            switch self {
            case .voided, .closed, .returned, .declined: true
            case .none, .drafted, .dispatched, .received, .accepted, .inProgress, .returnRequested, .completed,
                .failed:
                false
            }
        }

        /// Whether a department has it and may work on it.
        package var isWithDepartment: Bool {
            switch self {
            case .dispatched, .received, .accepted, .inProgress, .returnRequested: true
            case .none, .drafted, .voided, .completed, .failed, .closed, .returned, .declined: false
            }
        }
    }

    /// A co-handler's own work; of the lead's it knows the state only.
    package struct CoHandling: Hashable, Sendable {
        package internal(set) var isReceived = false
        package internal(set) var isStarted = false
        package internal(set) var result: ReferralEvent.CoResultSubmitted?
    }

    package internal(set) var stage = Stage.none
    /// What was asked for, from the draft on.
    package internal(set) var order: ReferralEvent.Drafted?
    package internal(set) var dispatched: ReferralEvent.Dispatched?
    package internal(set) var grants: [DepartmentCode: [DisclosedGroup]] = [:]
    package internal(set) var coHandling: [DepartmentCode: CoHandling] = [:]
    package internal(set) var accepted: ReferralEvent.Accepted?
    package internal(set) var completion: ReferralEvent.Completed?
    package internal(set) var failure: ReferralEvent.Failed?
    package internal(set) var isDesignated = false
    /// Whether its one return has been asked for.
    package internal(set) var hasReturned = false
    var declined: ReferralEvent.Declined?
    var returnRequest: ReferralEvent.ReturnRequested?
    var ruling: ReferralEvent.ReturnRefused?
    var lastProgress: [DepartmentCode: ReferralEvent.ProgressReported] = [:]

    package init() {}

    /// The departments that may act on it, the lead first.
    package var departments: [DepartmentCode] {
        order.map { [$0.lead] + $0.coHandlers } ?? []
    }

    /// Whether this is an offer to a voluntary body.
    package var isOffer: Bool { order?.kind == .offer }

    package func decide(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        switch command.act {
        case .draft(let drafted): return try draft(drafted)
        case .void(let reason): return try void(reason)
        case .dispatch(let dispatched, let grants): return try dispatch(dispatched, grants)
        case .receive(let sealed): return try receive(command, sealed)
        case .accept(let post, let promise, let sealed):
            let acceptance = try acceptance(command, handlingPost: post, nextPromise: promise)
            return try accept(acceptance, command, sealed)
        case .decline(let reason): return try decline(command, reason)
        case .requestReturn: return try requestReturn(command)
        case .approveReturn(let clause, let resolution, let isSecond):
            return try approveReturn(command, clause: clause, resolution: resolution, isSecondOfCase: isSecond)
        case .refuseReturn: return try refuseReturn(command)
        case .start: return try start(command)
        case .report(let stage, let promise, let attachments):
            return try report(command, stage, nextPromise: promise, attachments)
        case .submitCoResult(let outcome, let attachments): return try submitCoResult(command, outcome, attachments)
        case .complete: return try complete(command)
        case .fail(let code, let days, let attachments): return try fail(command, code, attemptedOn: days, attachments)
        case .acceptCompletion: return try acceptCompletion()
        }
    }

    package mutating func evolve(with event: ReferralEvent) {
        switch event {
        case .drafted(let drafted):
            order = drafted
            stage = .drafted
        case .voided: stage = .voided
        case .dispatched(let dispatched):
            self.dispatched = dispatched
            stage = .dispatched
        case .coHandlerInvited(let invited): coHandling[invited.department] = CoHandling()
        case .disclosureGranted(let granted): grants[granted.department] = granted.groups
        case .received(let received):
            if received.department == order?.lead { stage = .received }
            coHandling[received.department]?.isReceived = true
        case .sliceReleased: break
        case .accepted(let accepted):
            self.accepted = accepted
            stage = .accepted
        case .declined(let declined):
            self.declined = declined
            stage = .declined
        case .returnRequested(let request):
            returnRequest = request
            hasReturned = true
            stage = .returnRequested(fromReceived: stage == .received, reason: request.reason)
        case .returnApproved: stage = .returned
        case .returnRefused(let ruling):
            self.ruling = ruling
            stage = stageBeforeReturn
        case .designated: isDesignated = true
        case .handlingStarted(let started):
            if started.department == order?.lead { stage = .inProgress }
            coHandling[started.department]?.isStarted = true
        case .progressReported(let progress): lastProgress[progress.department] = progress
        case .coResultSubmitted(let result): coHandling[result.department]?.result = result
        case .completed(let completed):
            completion = completed
            stage = .completed
        case .failed(let failed):
            failure = failed
            stage = .failed
        case .completionAccepted: stage = .closed
        }
    }

    private var stageBeforeReturn: Stage {
        if case .returnRequested(let fromReceived, _) = stage, fromReceived { .received } else { .dispatched }
    }
}

// MARK: What every decision needs

extension Referral {
    /// The order; a referral nobody drafted does not exist.
    func known() throws(ReferralRefusal) -> ReferralEvent.Drafted {
        guard let order else { throw .unknown }
        return order
    }

    /// The lead's order, if this department leads.
    func ledOrder(by command: ReferralCommand) throws(ReferralRefusal) -> ReferralEvent.Drafted {
        let order = try known()
        guard let department = command.department, departments.contains(department) else { throw .addressedElsewhere }
        guard department == order.lead else { throw .notTheLead }
        return order
    }

    /// Tags of an event about this referral: itself, its case, its items and the department concerned.
    func tags(_ order: ReferralEvent.Drafted, _ departments: DepartmentCode...) -> Set<EventTag> {
        var tags: Set<EventTag> = [.referral(order.referral), .caseFile(order.caseFile)]
        tags.formUnion(order.items.map(EventTag.item))
        tags.formUnion(departments.map(EventTag.department))
        return tags
    }

    /// The people the referral is about.
    func peopleTags(_ order: ReferralEvent.Drafted) -> Set<EventTag> {
        Set(order.people.map { .person($0.person) })
    }

    /// Open properties of groups, no personal part: what a department sees of an event.
    func shown(_ groups: FieldGroup..., to department: DepartmentCode) -> Disclosure {
        Disclosure([department: Set(groups.map { DisclosedGroup($0) })])
    }
}
