/// The rules a referral command can break.
package enum ReferralRefusal: String, ToldRefusal, CaseIterable {
    case unknown, notDrafted, notDispatched, notReceived, notAccepted, alreadyAccepted, notStarted
    case notFinished, alreadyFinished, returnPending, noReturnAsked, hasEnded, addressedElsewhere, notTheLead
    case notACoHandler, headOnly, supervisorOnly, offerIsAnswered, statutoryCannotDecline
    case offerCannotBeReturned, returnOnlyOnce, returnAfterDesignation, returnLapsed, meetingMustRule
    case coResultsMissing, postOfAnotherDepartment, promiseMissing, promiseInThePast, notACoHandlerToExcuse
    case tooFewAttempts, attemptInTheFuture, amountNotPositive, clauseEmpty, proposedUnknown, instructionEmpty
    case onHold, notOnHold, notReceivedYet, alreadyReceived, terminationPending, noTerminationAsked
    case cancellationPending, noCancellationAsked, notClosed, redirectAsked, redirectNotAsked, noPromise
    case promiseStands, promisePassed, promiseNotDue, reopenBySupervisor, voluntaryNotSupervised, onlyOffersLapse
    case offerStillOpen, meetingMustRedirect, minorsItem, departmentMayAnswer, windowClosed, nothingToAwait
    case reviewInThePast, factOnlyWhenLate, attemptBeforeDispatch, successorWrong, notTheSuccessor

    package static var concept: String { "referral" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown: .unknownSubject
        case .notDrafted, .notDispatched, .notReceived, .notAccepted, .alreadyAccepted, .notStarted, .notFinished,
            .alreadyFinished, .returnPending, .noReturnAsked, .hasEnded, .onHold, .notOnHold, .notReceivedYet,
            .alreadyReceived, .terminationPending, .noTerminationAsked, .cancellationPending, .noCancellationAsked,
            .notClosed, .redirectAsked, .redirectNotAsked, .noPromise, .promiseStands, .promisePassed, .promiseNotDue:
            .wrongState
        case .addressedElsewhere, .notTheLead, .notACoHandler, .headOnly, .supervisorOnly, .reopenBySupervisor:
            .forbidden
        case .offerIsAnswered, .statutoryCannotDecline, .offerCannotBeReturned, .returnOnlyOnce,
            .returnAfterDesignation, .returnLapsed, .meetingMustRule, .coResultsMissing, .voluntaryNotSupervised,
            .onlyOffersLapse, .offerStillOpen, .meetingMustRedirect, .minorsItem, .departmentMayAnswer, .windowClosed:
            .conflictingRule
        case .postOfAnotherDepartment, .promiseMissing, .promiseInThePast, .notACoHandlerToExcuse, .tooFewAttempts,
            .attemptInTheFuture, .amountNotPositive, .clauseEmpty, .proposedUnknown, .instructionEmpty, .nothingToAwait,
            .reviewInThePast, .factOnlyWhenLate, .attemptBeforeDispatch, .successorWrong, .notTheSuccessor:
            .invalidField
        }
    }

    package var field: String {
        switch self {
        case .unknown: "subject"
        case .notDrafted, .notDispatched, .notReceived, .notAccepted, .alreadyAccepted, .notStarted, .notFinished,
            .alreadyFinished, .returnPending, .noReturnAsked, .hasEnded, .addressedElsewhere, .notTheLead,
            .notACoHandler, .supervisorOnly, .offerIsAnswered, .statutoryCannotDecline, .offerCannotBeReturned,
            .returnOnlyOnce, .returnAfterDesignation, .returnLapsed, .onHold, .notOnHold, .notReceivedYet,
            .alreadyReceived, .terminationPending, .noTerminationAsked, .cancellationPending, .noCancellationAsked,
            .notClosed, .redirectAsked, .redirectNotAsked, .noPromise, .promiseStands, .promisePassed, .promiseNotDue,
            .reopenBySupervisor, .voluntaryNotSupervised, .onlyOffersLapse, .offerStillOpen, .minorsItem,
            .departmentMayAnswer:
            ""
        case .headOnly: "actingPost"
        case .meetingMustRule: "resolution"
        case .coResultsMissing, .notACoHandlerToExcuse: "excused"
        case .postOfAnotherDepartment: "handlingPost"
        case .promiseMissing, .promiseInThePast: "nextPromise"
        case .tooFewAttempts, .attemptInTheFuture, .attemptBeforeDispatch: "attemptedOn"
        case .amountNotPositive: "award.amount"
        case .clauseEmpty: "clause"
        case .proposedUnknown: "proposed"
        case .instructionEmpty: "designation"
        case .meetingMustRedirect: "order.resolution"
        case .windowClosed: "reason"
        case .nothingToAwait: "reason"
        case .reviewInThePast: "reviewOn"
        case .factOnlyWhenLate: "newFact"
        case .successorWrong, .notTheSuccessor: "successor"
        }
    }
}
