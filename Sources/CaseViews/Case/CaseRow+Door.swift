import Casework
import EventSourcing

extension CaseRow {
    /// What is taken in at the door, and what ends there.
    mutating func take(_ fact: IntakeEvent) {
        switch fact {
        case .accepted(let accepted):
            changeItem(accepted.item) { $0.door = .accepted }
        case .provisionallyAccepted(let accepted):
            changeItem(accepted.item) { $0.door = .provisional }
        case .supplementRequested(let request):
            for id in request.items { changeItem(id) { $0.door = .supplementAsked } }
        case .supplementReceived(let received):
            guard received.complete else { return }
            for id in received.items {
                changeItem(id) { item in
                    // With its papers a provisional acceptance is a whole one.
                    item.door = item.door == .provisional ? .accepted : .papersComplete
                }
            }
        case .notAccepted(let refused):
            changeItem(refused.item) { $0.state = .notAccepted }
        case .itemWithdrawn(let withdrawn):
            changeItem(withdrawn.item) { $0.state = .withdrawn }
        case .handedToHub:
            workWentOn()
        case .fileSubmitted(let submitted):
            for id in submitted.items { changeItem(id) { $0.isHandedUp = true } }
        case .authorizationWithdrawn, .hubAnswered, .hubAnswerSent:
            break
        }
    }

    mutating func take(_ fact: ReliefEvent) {
        switch fact {
        case .emergencyReported: isUrgent = true
        case .emergencyNotUrgent, .aidDelivered: isUrgent = false
        case .emergencyContacted, .emergencyConfirmed, .advanceGranted, .advanceRegularized, .advanceRecovered: break
        }
    }

    /// A reopened case shows its new cycle; what the first one came to stays in the timeline.
    mutating func take(_ fact: ReviewEvent) {
        switch fact {
        case .appealResolved(let resolved):
            guard resolved.result == .overturned, state == .open || state == .exitProposed else { return }
            reopenItem(resolved.item)
            workWentOn()
        case .verified(let verified): outcome = verified.result
        case .reopened(let reopened):
            cycle = reopened.cycle
            state = .open
            outcome = nil
            exitedAt = nil
            exitResult = nil
            workWentOn()
            for item in reopened.items { reopenItem(item) }
        case .voided: state = .voided
        case .appealLodged, .correctionRequested, .correctionApproved, .correctionRejected, .corrected: break
        }
    }

    /// New work takes back a reply and a proposed exit.
    private mutating func workWentOn() {
        if state == .exitProposed { state = .open }
        exitProposedAt = nil
        applicantToldAt = nil
    }

    private mutating func reopenItem(_ id: ItemID) {
        changeItem(id) { item in
            item.state = .added
            item.path = nil
            item.outcome = nil
            item.door = nil
        }
    }
}
