package import EventSourcing

/// What has happened to one referral; cases are added, never edited or removed.
package enum ReferralEvent: DomainEvent {
    case drafted(Drafted)
    case voided(Voided)
    case dispatched(Dispatched)
    case delivered(Delivered)
    case coHandlerInvited(CoHandlerInvited)
    case disclosureGranted(DisclosureGranted)
    case disclosureEnded(DisclosureEnded)
    case received(Received)
    case sliceReleased(SliceReleased)
    case accepted(Accepted)
    case declined(Declined)
    case returnRequested(ReturnRequested)
    case returnApproved(ReturnApproved)
    case returnRefused(ReturnRefused)
    case designated(Designated)
    case handlingStarted(HandlingStarted)
    case progressReported(ProgressReported)
    case coResultSubmitted(CoResultSubmitted)
    case completed(Completed)
    case failed(Failed)
    case completionAccepted(CompletionAccepted)
    case handlerAssigned(HandlerAssigned)
    case promiseMade(PromiseMade)
    case promiseKept(PromiseKept)
    case promiseBroken(PromiseBroken)
    case held(Held)
    case resumed(Resumed)
    case redirectRequested(RedirectRequested)
    case redirected(Redirected)
    case superseded(Superseded)
    case offerLapsed(OfferLapsed)
    case terminationRequested(TerminationRequested)
    case terminationApproved(TerminationApproved)
    case terminationRefused(TerminationRefused)
    case cancellationRequested(CancellationRequested)
    case cancellationConfirmed(CancellationConfirmed)
    case cancellationOvertaken(CancellationOvertaken)
    case cancellationWithdrawn(CancellationWithdrawn)
    case returnedForRework(ReturnedForRework)
    case reopened(Reopened)

    /// The names in the log and on the wire, each with a schema in `schemas/events/`.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        case drafted = "ReferralDrafted"
        case voided = "ReferralVoided"
        case dispatched = "ReferralDispatched"
        case delivered = "ReferralDelivered"
        case coHandlerInvited = "CoHandlerInvited"
        case disclosureGranted = "DisclosureGranted"
        case disclosureEnded = "DisclosureEnded"
        case received = "ReferralReceived"
        case sliceReleased = "SliceReleased"
        case accepted = "ReferralAccepted"
        case declined = "ReferralDeclined"
        case returnRequested = "ReturnRequested"
        case returnApproved = "ReturnApproved"
        case returnRefused = "ReturnRefused"
        case designated = "DepartmentDesignated"
        case handlingStarted = "HandlingStarted"
        case progressReported = "ProgressReported"
        case coResultSubmitted = "CoHandlerResultSubmitted"
        case completed = "ReferralCompleted"
        case failed = "ReferralFailed"
        case completionAccepted = "CompletionAcceptedByCentre"
        case handlerAssigned = "HandlerAssigned"
        case promiseMade = "PromiseMade"
        case promiseKept = "PromiseKept"
        case promiseBroken = "PromiseBroken"
        case held = "ReferralHeld"
        case resumed = "ReferralResumed"
        case redirectRequested = "RedirectRequested"
        case redirected = "ReferralRedirected"
        case superseded = "ReferralSuperseded"
        case offerLapsed = "OfferLapsed"
        case terminationRequested = "TerminationRequested"
        case terminationApproved = "TerminationApproved"
        case terminationRefused = "TerminationRefused"
        case cancellationRequested = "CancellationRequested"
        case cancellationConfirmed = "CancellationConfirmed"
        case cancellationOvertaken = "CancellationOvertaken"
        case cancellationWithdrawn = "CancellationWithdrawn"
        case returnedForRework = "CompletionReturnedForRework"
        case reopened = "ReferralReopened"
    }

    package var stored: (kind: Kind, payload: any EventPayload) {
        switch self {
        case .drafted(let payload): (.drafted, payload)
        case .voided(let payload): (.voided, payload)
        case .dispatched(let payload): (.dispatched, payload)
        case .delivered(let payload): (.delivered, payload)
        case .coHandlerInvited(let payload): (.coHandlerInvited, payload)
        case .disclosureGranted(let payload): (.disclosureGranted, payload)
        case .disclosureEnded(let payload): (.disclosureEnded, payload)
        case .received(let payload): (.received, payload)
        case .sliceReleased(let payload): (.sliceReleased, payload)
        case .accepted(let payload): (.accepted, payload)
        case .declined(let payload): (.declined, payload)
        case .returnRequested(let payload): (.returnRequested, payload)
        case .returnApproved(let payload): (.returnApproved, payload)
        case .returnRefused(let payload): (.returnRefused, payload)
        case .designated(let payload): (.designated, payload)
        case .handlingStarted(let payload): (.handlingStarted, payload)
        case .progressReported(let payload): (.progressReported, payload)
        case .coResultSubmitted(let payload): (.coResultSubmitted, payload)
        case .completed(let payload): (.completed, payload)
        case .failed(let payload): (.failed, payload)
        case .completionAccepted(let payload): (.completionAccepted, payload)
        case .handlerAssigned(let payload): (.handlerAssigned, payload)
        case .promiseMade(let payload): (.promiseMade, payload)
        case .promiseKept(let payload): (.promiseKept, payload)
        case .promiseBroken(let payload): (.promiseBroken, payload)
        case .held(let payload): (.held, payload)
        case .resumed(let payload): (.resumed, payload)
        case .redirectRequested(let payload): (.redirectRequested, payload)
        case .redirected(let payload): (.redirected, payload)
        case .superseded(let payload): (.superseded, payload)
        case .offerLapsed(let payload): (.offerLapsed, payload)
        case .terminationRequested(let payload): (.terminationRequested, payload)
        case .terminationApproved(let payload): (.terminationApproved, payload)
        case .terminationRefused(let payload): (.terminationRefused, payload)
        case .cancellationRequested(let payload): (.cancellationRequested, payload)
        case .cancellationConfirmed(let payload): (.cancellationConfirmed, payload)
        case .cancellationOvertaken(let payload): (.cancellationOvertaken, payload)
        case .cancellationWithdrawn(let payload): (.cancellationWithdrawn, payload)
        case .returnedForRework(let payload): (.returnedForRework, payload)
        case .reopened(let payload): (.reopened, payload)
        }
    }

    package init(_ kind: Kind, from decoder: any Decoder) throws {
        switch kind {
        case .drafted: self = .drafted(try Drafted(from: decoder))
        case .voided: self = .voided(try Voided(from: decoder))
        case .dispatched: self = .dispatched(try Dispatched(from: decoder))
        case .delivered: self = .delivered(try Delivered(from: decoder))
        case .coHandlerInvited: self = .coHandlerInvited(try CoHandlerInvited(from: decoder))
        case .disclosureGranted: self = .disclosureGranted(try DisclosureGranted(from: decoder))
        case .disclosureEnded: self = .disclosureEnded(try DisclosureEnded(from: decoder))
        case .received: self = .received(try Received(from: decoder))
        case .sliceReleased: self = .sliceReleased(try SliceReleased(from: decoder))
        case .accepted: self = .accepted(try Accepted(from: decoder))
        case .declined: self = .declined(try Declined(from: decoder))
        case .returnRequested: self = .returnRequested(try ReturnRequested(from: decoder))
        case .returnApproved: self = .returnApproved(try ReturnApproved(from: decoder))
        case .returnRefused: self = .returnRefused(try ReturnRefused(from: decoder))
        case .designated: self = .designated(try Designated(from: decoder))
        case .handlingStarted: self = .handlingStarted(try HandlingStarted(from: decoder))
        case .progressReported: self = .progressReported(try ProgressReported(from: decoder))
        case .coResultSubmitted: self = .coResultSubmitted(try CoResultSubmitted(from: decoder))
        case .completed: self = .completed(try Completed(from: decoder))
        case .failed: self = .failed(try Failed(from: decoder))
        case .completionAccepted: self = .completionAccepted(try CompletionAccepted(from: decoder))
        case .handlerAssigned: self = .handlerAssigned(try HandlerAssigned(from: decoder))
        case .promiseMade: self = .promiseMade(try PromiseMade(from: decoder))
        case .promiseKept: self = .promiseKept(try PromiseKept(from: decoder))
        case .promiseBroken: self = .promiseBroken(try PromiseBroken(from: decoder))
        case .held: self = .held(try Held(from: decoder))
        case .resumed: self = .resumed(try Resumed(from: decoder))
        case .redirectRequested: self = .redirectRequested(try RedirectRequested(from: decoder))
        case .redirected: self = .redirected(try Redirected(from: decoder))
        case .superseded: self = .superseded(try Superseded(from: decoder))
        case .offerLapsed: self = .offerLapsed(try OfferLapsed(from: decoder))
        case .terminationRequested: self = .terminationRequested(try TerminationRequested(from: decoder))
        case .terminationApproved: self = .terminationApproved(try TerminationApproved(from: decoder))
        case .terminationRefused: self = .terminationRefused(try TerminationRefused(from: decoder))
        case .cancellationRequested: self = .cancellationRequested(try CancellationRequested(from: decoder))
        case .cancellationConfirmed: self = .cancellationConfirmed(try CancellationConfirmed(from: decoder))
        case .cancellationOvertaken: self = .cancellationOvertaken(try CancellationOvertaken(from: decoder))
        case .cancellationWithdrawn: self = .cancellationWithdrawn(try CancellationWithdrawn(from: decoder))
        case .returnedForRework: self = .returnedForRework(try ReturnedForRework(from: decoder))
        case .reopened: self = .reopened(try Reopened(from: decoder))
        }
    }

    package static func fieldGroups(of kind: Kind) -> [String: FieldGroup] {
        switch kind {
        case .drafted: Drafted.fieldGroups
        case .voided: Voided.fieldGroups
        case .dispatched: Dispatched.fieldGroups
        case .delivered: Delivered.fieldGroups
        case .coHandlerInvited: CoHandlerInvited.fieldGroups
        case .disclosureGranted: DisclosureGranted.fieldGroups
        case .disclosureEnded: DisclosureEnded.fieldGroups
        case .received: Received.fieldGroups
        case .sliceReleased: SliceReleased.fieldGroups
        case .accepted: Accepted.fieldGroups
        case .declined: Declined.fieldGroups
        case .returnRequested: ReturnRequested.fieldGroups
        case .returnApproved: ReturnApproved.fieldGroups
        case .returnRefused: ReturnRefused.fieldGroups
        case .designated: Designated.fieldGroups
        case .handlingStarted: HandlingStarted.fieldGroups
        case .progressReported: ProgressReported.fieldGroups
        case .coResultSubmitted: CoResultSubmitted.fieldGroups
        case .completed: Completed.fieldGroups
        case .failed: Failed.fieldGroups
        case .completionAccepted: CompletionAccepted.fieldGroups
        case .handlerAssigned: HandlerAssigned.fieldGroups
        case .promiseMade: PromiseMade.fieldGroups
        case .promiseKept: PromiseKept.fieldGroups
        case .promiseBroken: PromiseBroken.fieldGroups
        case .held: Held.fieldGroups
        case .resumed: Resumed.fieldGroups
        case .redirectRequested: RedirectRequested.fieldGroups
        case .redirected: Redirected.fieldGroups
        case .superseded: Superseded.fieldGroups
        case .offerLapsed: OfferLapsed.fieldGroups
        case .terminationRequested: TerminationRequested.fieldGroups
        case .terminationApproved: TerminationApproved.fieldGroups
        case .terminationRefused: TerminationRefused.fieldGroups
        case .cancellationRequested: CancellationRequested.fieldGroups
        case .cancellationConfirmed: CancellationConfirmed.fieldGroups
        case .cancellationOvertaken: CancellationOvertaken.fieldGroups
        case .cancellationWithdrawn: CancellationWithdrawn.fieldGroups
        case .returnedForRework: ReturnedForRework.fieldGroups
        case .reopened: Reopened.fieldGroups
        }
    }
}
