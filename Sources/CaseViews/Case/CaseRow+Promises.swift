import Casework
import EventSourcing
import WorkingCalendar

extension ReferralRow {
    /// Takes in what an event says about promises: made, kept by being heard of in time, or broken by lateness.
    mutating func takePromises(of fact: ReferralEvent, _ event: ReadEvent) {
        let day = CivilDay(containing: event.recorded.occurredAt.milliseconds)
        switch fact {
        case .accepted(let accepted): promise(.hearAgain, accepted.nextPromise, accepted.department)
        case .handlerAssigned(let assigned): promise(.hearAgain, assigned.nextPromise, assigned.department)
        case .promiseMade(let made):
            settle(made.department, on: day)
            promise(made.what, made.nextPromise, made.department)
        case .promiseKept(let kept): change(kept.department) { $0.state = .kept }
        case .promiseBroken(let broken): lose(broken.department)
        case .handlingStarted(let started): hear(started.department, on: day, nil)
        case .progressReported(let progress): hear(progress.department, on: day, progress.nextPromise)
        case .coResultSubmitted(let result): hear(result.department, on: day, nil)
        case .completed(let completed): hear(completed.department, on: day, nil)
        case .failed(let failed): hear(failed.department, on: day, nil)
        case .held(let held):
            settle(held.department, on: day)
            promise(.review, held.reviewOn, held.department)
        case .resumed(let resumed): if !resumed.automatic { hear(resumed.department, on: day, resumed.nextPromise) }
        case .terminationApproved(let approval): promises.removeAll { $0.department == approval.department }
        case .superseded(let superseded):
            promises = promises.map { promise in
                promise.department == superseded.department
                    ? PromiseRow(
                        department: superseded.successor, what: promise.what, due: promise.due, state: promise.state)
                    : promise
            }
        case .drafted, .voided, .dispatched, .delivered, .coHandlerInvited, .disclosureGranted, .disclosureEnded,
            .received,
            .sliceReleased,
            .declined, .returnRequested, .returnApproved, .returnRefused, .designated, .completionAccepted,
            .redirectRequested, .redirected, .offerLapsed, .terminationRequested, .terminationRefused,
            .cancellationRequested, .cancellationConfirmed, .cancellationOvertaken, .cancellationWithdrawn,
            .returnedForRework, .reopened:
            break
        }
    }

    /// Being heard of keeps a promise to be heard of; another act than the promised one stays owed.
    private mutating func hear(_ department: DepartmentCode, on day: CivilDay, _ next: CivilDay?) {
        guard let index = promises.firstIndex(where: { $0.department == department }) else {
            return promise(.hearAgain, next, department)
        }
        let standing = promises[index]
        if standing.state == .open, standing.due < day || next != nil || isFinished(department) {
            settle(department, on: day)
        }
        promise(.hearAgain, next, department)
    }

    private func isFinished(_ department: DepartmentCode) -> Bool {
        coFinished.contains(department) || department == lead && (state == .completed || state == .failed)
    }

    /// Ends an open promise: kept while its day lasts, broken afterwards.
    private mutating func settle(_ department: DepartmentCode, on day: CivilDay) {
        guard let promise = promises.first(where: { $0.department == department }), promise.state == .open else {
            return
        }
        if promise.due >= day { change(department) { $0.state = .kept } } else { lose(department) }
    }

    private mutating func lose(_ department: DepartmentCode) {
        brokenPromises += 1
        change(department) { $0.state = .broken }
    }

    private mutating func promise(_ what: PromisedAct, _ due: CivilDay?, _ department: DepartmentCode) {
        guard let due else { return }
        promises.removeAll { $0.department == department }
        promises.append(PromiseRow(department: department, what: what, due: due))
    }

    private mutating func change(_ department: DepartmentCode, _ change: (inout PromiseRow) -> Void) {
        guard let index = promises.firstIndex(where: { $0.department == department }) else { return }
        change(&promises[index])
    }
}
