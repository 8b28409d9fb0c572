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
        case .disclosureGranted, .sliceReleased, .progressReported, .designated:
            break
        case .voided, .accepted, .declined, .returnRequested, .returnApproved, .returnRefused, .handlingStarted,
            .completed, .failed, .completionAccepted:
            takeStep(fact, event)
        }
        if let reference = event.meta.externalReference, case .referral = event.event,
            let id = event.data["referral"]?.text.flatMap(ReferralID.init)
        {
            change(id) { $0.externalReference = reference }
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
                row.stateBeforeReturn = row.state
                row.state = .returnRequested
            }
        case .returnApproved(let approval):
            change(approval.referral) { $0.state = .returned }
        case .returnRefused(let refusal):
            // T08: the referral stands as it stood before the request.
            change(refusal.referral) { row in
                row.state = row.stateBeforeReturn ?? .dispatched
                row.stateBeforeReturn = nil
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
        case .drafted, .dispatched, .coHandlerInvited, .received, .coResultSubmitted, .disclosureGranted,
            .sliceReleased, .progressReported, .designated:
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
