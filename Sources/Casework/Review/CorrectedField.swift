/// A property of a record that the case shows, and that therefore follows a correction of the record.
///
/// What says which thing a record is about, or to whom something went, is no such property: that is mended by voiding,
/// redirecting or withdrawing, so that nobody is shown as having had what they never had.
package enum CorrectedField: String, CaseIterable, Codable, Hashable, Sendable {
    case openedTown = "CaseOpened.town"
    case openedHousehold = "CaseOpened.household"
    case openedConcernsMinor = "CaseOpened.concernsMinor"
    case applicant = "ApplicationSubmitted.applicant"
    case locationProtected = "ApplicationSubmitted.locationProtected"
    case itemPolicy = "ApplicationItemAdded.policyItem"
    case itemPerson = "ApplicationItemAdded.person"
    case itemConcernsMinor = "ApplicationItemAdded.concernsMinor"
    case path = "TriageCompleted.path"
    case decision = "ItemDecided.result"
    case exitResult = "CaseExited.result"
    case outcome = "OutcomeVerified.result"
    case duplicateOf = "CaseMarkedDuplicate.of"
    case dispatchedTown = "ReferralDispatched.town"
    case dispatchedTask = "ReferralDispatched.task"
    case dispatchedItem = "ReferralDispatched.item"
    case handlingPost = "ReferralAccepted.handlingPost"
    case acceptedPromise = "ReferralAccepted.nextPromise"
    case assignedPost = "HandlerAssigned.handlingPost"
    case assignedPromise = "HandlerAssigned.nextPromise"
    case madePromise = "PromiseMade.nextPromise"
    case promisedAct = "PromiseMade.what"
    case progressPromise = "ProgressReported.nextPromise"
    case resumedPromise = "ReferralResumed.nextPromise"
    case heldFor = "ReferralHeld.reason"
    case reviewOn = "ReferralHeld.reviewOn"
    case completion = "ReferralCompleted.outcome"
    case failure = "ReferralFailed.code"
    case termination = "TerminationApproved.code"
    case followUpKind = "FollowUpOpened.kind"
    case followUpDepartment = "FollowUpOpened.department"
    case followUpStage = "FollowUpProgressRecorded.stage"
    case followUpOutcome = "FollowUpConcluded.outcome"
    case convenedFor = "JointMeetingConvened.meetsAt"
    case postponedTo = "JointMeetingPostponed.meetsAt"
    case agendaMeetsAt = "AgendaItemAdded.meetsAt"
    case condition = "ResolutionAdopted.condition"
    case assignedTo = "CaseAssigned.post"
    case handedTo = "CaseHandedOver.post"

    /// The event type that holds it.
    package var eventType: String { String(rawValue.prefix { $0 != "." }) }

    /// The property of its data.
    package var property: String { String(rawValue.drop { $0 != "." }.dropFirst()) }

    /// The fields of one event type.
    package static func fields(of type: String) -> [Self] { byType[type] ?? [] }

    private static let byType = Dictionary(grouping: allCases, by: \.eventType)

    /// Whether decisions made after a correction rest on it.
    ///
    /// Who acted from which post, and what was asked for in which words, stays as it was decided on; it is only shown.
    var changesDecisions: Bool {
        switch self {
        case .openedTown, .openedConcernsMinor, .applicant, .locationProtected, .itemConcernsMinor, .path, .decision,
            .outcome, .heldFor, .reviewOn, .completion, .failure, .followUpStage, .convenedFor, .postponedTo,
            .agendaMeetsAt, .acceptedPromise, .assignedPromise, .madePromise, .progressPromise, .resumedPromise:
            true
        case .openedHousehold, .itemPolicy, .itemPerson, .exitResult, .duplicateOf, .dispatchedTown, .dispatchedTask,
            .dispatchedItem, .handlingPost, .assignedPost, .promisedAct, .termination, .followUpKind,
            .followUpDepartment, .followUpOutcome, .condition, .assignedTo, .handedTo:
            false
        }
    }
}
