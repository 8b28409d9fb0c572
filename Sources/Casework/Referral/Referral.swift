package import EventSourcing
import WorkingCalendar

/// One referral as its history tells it: one lead, its co-handlers, and what may happen next (T01 to T29).
package struct Referral: Decider {
    /// A co-handler's own work; of the lead's it knows the state only.
    package struct CoHandling: Hashable, Sendable {
        package internal(set) var isReceived = false
        package internal(set) var isStarted = false
        package internal(set) var result: ReferralEvent.CoResultSubmitted?
    }

    /// A cycle that was ended by a rework or a reopening, kept as it ended.
    package struct EarlierCycle: Hashable, Sendable {
        package let completion: ReferralEvent.Completed?
        package let failure: ReferralEvent.Failed?
    }

    package internal(set) var stage = Stage.none
    /// What was asked for, from the draft on; after a reform with the successor in its place.
    package internal(set) var order: ReferralEvent.Drafted?
    package internal(set) var dispatched: ReferralEvent.Dispatched?
    package internal(set) var grants: [DepartmentCode: [DisclosedGroup]] = [:]
    package internal(set) var coHandling: [DepartmentCode: CoHandling] = [:]
    package internal(set) var accepted: ReferralEvent.Accepted?
    package internal(set) var completion: ReferralEvent.Completed?
    package internal(set) var failure: ReferralEvent.Failed?
    package internal(set) var isDesignated = false
    /// Whether the one return of this cycle has been asked for.
    package internal(set) var hasReturned = false
    /// What each department promised last (N-16).
    package internal(set) var promises: [DepartmentCode: Promise] = [:]
    /// 1, then one more with each rework and reopening.
    package internal(set) var cycle = 1
    package internal(set) var earlierCycles: [EarlierCycle] = []
    /// What the lead asked the centre to redirect, as long as it works on.
    package internal(set) var redirectRequest: ReferralEvent.RedirectRequested?
    package internal(set) var termination: ReferralEvent.TerminationRequested?
    var declined: ReferralEvent.Declined?
    var returnRequest: ReferralEvent.ReturnRequested?
    var ruling: ReferralEvent.ReturnRefused?
    var lastProgress: [DepartmentCode: ReferralEvent.ProgressReported] = [:]
    var held: ReferralEvent.Held?
    var hasResumed = false
    var brokenPromises: [DepartmentCode: ReferralEvent.PromiseBroken] = [:]
    var terminationRefused: ReferralEvent.TerminationRefused?
    var hasWithdrawnCancellation = false
    var newestCycle: CycleStart?
    /// The newest cycle each department's own system was told to hold.
    var deliveredCycles: [DepartmentCode: Int] = [:]
    /// Whose right to read has been given an end, until it is granted anew.
    package internal(set) var endedDisclosures: [DepartmentCode: ReferralEvent.DisclosureEnded] = [:]
    /// Who was granted anew after the referral was closed.
    var renewedDisclosures: Set<DepartmentCode> = []
    var handlingPost: PostCode?
    var superseded: [DepartmentCode: DepartmentCode] = [:]

    /// Why the newest cycle began.
    enum CycleStart: Hashable, Sendable {
        case rework(ReworkReason)
        case reopening(ReopenReason)
    }

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
        case .deliver: return try deliver(command)
        case .receive(let sealed): return try receive(command, sealed)
        case .accept(let post, let promise, let sealed):
            let acceptance = try acceptance(command, handlingPost: post, nextPromise: promise)
            return try accept(acceptance, command, sealed)
        case .decline(let reason): return try decline(command, reason)
        case .lapse(let isOverdue): return try lapse(isOverdue: isOverdue)
        case .requestReturn: return try requestReturn(command)
        case .approveReturn(let clause, let resolution, let isSecond):
            return try approveReturn(command, clause: clause, resolution: resolution, isSecondOfCase: isSecond)
        case .refuseReturn: return try refuseReturn(command)
        case .requestRedirect(let reason, let proposed): return try requestRedirect(command, reason, proposed)
        case .redirect: return try redirect(command)
        case .supersede: return try supersede(command)
        case .assign(let post, let promise): return try assign(command, post, nextPromise: promise)
        case .start, .report, .submitCoResult, .complete, .fail, .acceptCompletion, .rework, .reopen:
            return try decideWork(command)
        case .hold(let reason, let day, let byHead): return try hold(command, reason, reviewOn: day, byHead: byHead)
        case .resume(let promise): return try resume(command, nextPromise: promise)
        case .makePromise(let what, let day): return try makePromise(command, what, by: day)
        case .keepPromise: return try keepPromise(command)
        case .breakPromise(let whose, let next): return try breakPromise(command, of: whose, nextPromise: next)
        case .requestTermination(let code): return try requestTermination(command, code)
        case .approveTermination(let clause, let told):
            return try approveTermination(command, clause: clause, told: told)
        case .refuseTermination(let clause): return try refuseTermination(command, clause: clause)
        case .cancel(let reason, let ofMinor): return try cancel(command, reason, ofMinor: ofMinor)
        case .requestCancellation(let reason, let ofMinor):
            return try requestCancellation(command, reason, ofMinor: ofMinor)
        case .confirmCancellation(let hasWaited, let ofMinor):
            return try confirmCancellation(command, hasWaited: hasWaited, ofMinor: ofMinor)
        case .withdrawCancellation: return try withdrawCancellation(command)
        }
    }

    private func decideWork(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        switch command.act {
        case .start: return try start(command)
        case .report(let stage, let promise, let attachments):
            return try report(command, stage, nextPromise: promise, attachments)
        case .submitCoResult(let outcome, let attachments): return try submitCoResult(command, outcome, attachments)
        case .complete: return try complete(command)
        case .fail(let code, let days, let attachments): return try fail(command, code, attemptedOn: days, attachments)
        case .acceptCompletion: return try acceptCompletion(command)
        case .rework(let reason, let limit): return try rework(command, reason, limit: limit)
        case .reopen(let reason, let limit, let isInWindow, let sealed):
            return try reopen(command, reason, limit: limit, isInWindow: isInWindow, sealed)
        case .draft, .void, .dispatch, .deliver, .receive, .accept, .decline, .lapse, .requestReturn, .approveReturn,
            .refuseReturn, .requestRedirect, .redirect, .supersede, .assign, .hold, .resume, .makePromise,
            .keepPromise, .breakPromise, .requestTermination, .approveTermination, .refuseTermination, .cancel,
            .requestCancellation, .confirmCancellation, .withdrawCancellation:
            return []
        }
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

    /// The order, if the department leads or helps.
    func participant(_ command: ReferralCommand) throws(ReferralRefusal)
        -> (order: ReferralEvent.Drafted, department: DepartmentCode)
    {
        let order = try known()
        guard let department = command.department, departments.contains(department) else { throw .addressedElsewhere }
        return (order, department)
    }

    /// Tags of an event about this referral: itself, its case, its items and the department concerned.
    func tags(_ order: ReferralEvent.Drafted, _ departments: DepartmentCode...) -> Set<EventTag> {
        var tags: Set<EventTag> = [.referral(order.referral), .caseFile(order.caseFile)]
        tags.formUnion(order.items.map(EventTag.item))
        tags.formUnion(departments.map(EventTag.department))
        return tags
    }

    /// Tags of an event that the co-handlers learn of as well.
    func sharedTags(_ order: ReferralEvent.Drafted) -> Set<EventTag> {
        tags(order, order.lead).union(order.coHandlers.map(EventTag.department))
    }

    /// The people the referral is about.
    func peopleTags(_ order: ReferralEvent.Drafted) -> Set<EventTag> {
        Set(order.people.map { .person($0.person) })
    }

    /// Open properties of groups, no personal part: what a department sees of an event.
    func shown(_ groups: FieldGroup..., to department: DepartmentCode) -> Disclosure {
        Disclosure([department: Set(groups.map { DisclosedGroup($0) })])
    }

    /// The lead reads the reasons; its co-handlers see the state.
    func ruled(_ order: ReferralEvent.Drafted) -> Disclosure {
        var disclosure = shown(.reference, .narrative, to: order.lead)
        for department in order.coHandlers { disclosure.add([DisclosedGroup(.reference)], for: department) }
        return disclosure
    }

    /// An event of the lead's work: reasons for the lead, the state for its co-handlers.
    func ruling(_ event: ReferralEvent, _ order: ReferralEvent.Drafted, _ command: ReferralCommand)
        -> Decided<ReferralEvent>
    {
        Decided(event, tags: sharedTags(order), disclosure: ruled(order), sealed: command.sealed)
    }
}
