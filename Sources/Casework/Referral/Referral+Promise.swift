import EventSourcing
package import WorkingCalendar

extension Referral {
    /// What a department said it will do and by when (N-16); the newest replaces the one before.
    package struct Promise: Hashable, Sendable {
        /// Whether it still stands.
        package enum State: Hashable, Sendable {
            case open, kept, broken
        }

        package let what: PromisedAct
        /// The last day on which it is kept.
        package let due: CivilDay
        package internal(set) var state = State.open

        /// Whether it is open and its day has not passed.
        func stands(on day: CivilDay) -> Bool { state == .open && due >= day }
    }

    /// Every hand-over carries a promise: a new one, or one that still stands.
    ///
    /// Voluntary bodies owe none.
    func requirePromise(_ next: CivilDay?, of department: DepartmentCode, on day: CivilDay) throws(ReferralRefusal) {
        if let next {
            guard next >= day else { throw .promiseInThePast }
            return
        }
        guard isOffer || promises[department]?.stands(on: day) == true else { throw .promiseMissing }
    }

    /// T12: a department says what it will do next and by when.
    func makePromise(_ command: ReferralCommand, _ what: PromisedAct, by day: CivilDay) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let (order, department) = try participant(command)
        try requireAtWork(department, order)
        let standing = promises[department]
        if let standing, standing.stands(on: command.day) {
            // A promise is not moved silently: it is kept or broken first.
            guard standing == Promise(what: what, due: day) else { throw .promiseStands }
            return []
        }
        guard day >= command.day else { throw .promiseInThePast }
        return [made(what, by: day, department, order, sealed: command.sealed)]
    }

    /// T12: a department says that it did what it had promised.
    func keepPromise(_ command: ReferralCommand) throws(ReferralRefusal) -> [Decided<ReferralEvent>] {
        let (order, department) = try participant(command)
        guard let promise = promises[department] else { throw .noPromise }
        switch promise.state {
        case .kept: return []
        case .broken: throw .promisePassed
        case .open: guard promise.stands(on: command.day) else { throw .promisePassed }
        }
        let kept = ReferralEvent.PromiseKept(
            referral: order.referral, caseFile: order.caseFile, department: department, what: promise.what,
            promised: promise.due)
        return [
            Decided(
                .promiseKept(kept), tags: tags(order, department), disclosure: shown(.reference, to: department),
                sealed: command.sealed)
        ]
    }

    /// T12: a promise was not kept; the department says so with a new one, or the centre once its day has passed.
    func breakPromise(_ command: ReferralCommand, of named: DepartmentCode?, nextPromise: CivilDay?)
        throws(ReferralRefusal) -> [Decided<ReferralEvent>]
    {
        let order = try known()
        let department = named ?? command.department ?? order.lead
        guard departments.contains(department), command.department == nil || command.department == department else {
            throw .addressedElsewhere
        }
        // A voluntary body is never supervised (`RULINGS.md` §2).
        guard command.department != nil || !isOffer else { throw .voluntaryNotSupervised }
        guard let promise = promises[department] else { throw .noPromise }
        if isSaidAlready(promise, department, nextPromise) { return [] }
        guard promise.state == .open else { throw .noPromise }
        if command.department == nil {
            guard promise.due < command.day else { throw .promiseNotDue }
        } else if let nextPromise {
            guard nextPromise >= command.day else { throw .promiseInThePast }
        } else if !isOffer {
            throw .promiseMissing
        }
        let broken = ReferralEvent.PromiseBroken(
            referral: order.referral, caseFile: order.caseFile, department: department, what: promise.what,
            promised: promise.due)
        var decided = [
            Decided<ReferralEvent>(
                .promiseBroken(broken), tags: tags(order, department), disclosure: shown(.reference, to: department),
                sealed: command.sealed)
        ]
        if let nextPromise { decided.append(made(promise.what, by: nextPromise, department, order)) }
        return decided
    }

    private func isSaidAlready(_ promise: Promise, _ department: DepartmentCode, _ next: CivilDay?) -> Bool {
        guard brokenPromises[department] != nil else { return false }
        return next == nil ? promise.state == .broken : promise.state == .open && promise.due == next
    }

    private func made(
        _ what: PromisedAct, by day: CivilDay, _ department: DepartmentCode, _ order: ReferralEvent.Drafted,
        sealed: [SealedText] = []
    ) -> Decided<ReferralEvent> {
        Decided(
            .promiseMade(
                .init(
                    referral: order.referral, caseFile: order.caseFile, department: department, what: what,
                    nextPromise: day)),
            tags: tags(order, department), disclosure: shown(.reference, to: department), sealed: sealed)
    }

    /// Whether the department has taken its part on and not finished it.
    private func requireAtWork(_ department: DepartmentCode, _ order: ReferralEvent.Drafted) throws(ReferralRefusal) {
        guard department == order.lead else { return try requireCoHandlerAtWork(department) }
        guard [.accepted, .inProgress, .onHold].contains(stage) else { throw obstacle }
    }

    /// Inside the department another post goes on; a hand-over like any other.
    func assign(_ command: ReferralCommand, _ post: PostCode, nextPromise: CivilDay?) throws(ReferralRefusal)
        -> [Decided<ReferralEvent>]
    {
        let order = try ledOrder(by: command)
        guard post.department == order.lead else { throw .postOfAnotherDepartment }
        try requireAtWork(order.lead, order)
        if handlingPost == post { return [] }
        try requirePromise(nextPromise, of: order.lead, on: command.day)
        let assigned = ReferralEvent.HandlerAssigned(
            referral: order.referral, caseFile: order.caseFile, department: order.lead, handlingPost: post,
            nextPromise: nextPromise)
        return [
            Decided(
                .handlerAssigned(assigned), tags: tags(order, order.lead),
                disclosure: shown(.reference, to: order.lead), sealed: command.sealed)
        ]
    }
}
