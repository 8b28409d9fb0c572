/// What people and accounts may do at the hub, as the permission table names it (`reference/product.md` §4.8).
///
/// Every command and every route of the API belongs to one; a new one needs a row in ``PermissionTable``.
package enum Action: String, CaseIterable, Codable, Hashable, Sendable {
    // The door in.
    case recordHelpRequest, closeHelpRequest, registerPeople, submitApplication, assistApplication
    case withdrawApplication, acceptApplication, recordVisit, relieveEmergency, grantAdvanceRelief
    // The centre and the departments.
    case triage, dispatchReferral, takeReferral, declineOffer, requestReturn, ruleOnReturn, handleReferral
    case checkCompletion, cancelReferral, investigate
    /// To ask a body that owes no answer, and to answer as that body or for it.
    case requestInformation, answerInformation
    /// What became of a promise or a cancellation: the department says it, or the centre once its day has passed.
    case settleReferral
    /// To take up what is closed, and to put a successor in a department's place.
    case reopenReferral
    /// To hand a file up to the department that decides.
    case submitFile
    /// That a referral arrived in a department's own system, and to see which have not.
    case confirmDelivery, watchDelivery
    // Answers.
    case decideItem, notifyDecision, tellApplicant, verifyOutcome
    /// What became of an appeal, recorded by somebody who did not decide (I-16).
    case ruleOnAppeal
    // Limits.
    case askExtension, grantExtension, pauseDeadline, excuseMiss
    /// That a limit reached a rung of the ladder: recorded by the hub itself.
    case recordCrossing
    /// To remind whoever has to act, and to read and mark one's own notices.
    case remindOwner, readNotices
    // Meetings.
    case requestMeeting, runMeeting, confirmMinutes, meetCondition, completeMeetingAction
    // The door out and after.
    case proposeExit, confirmExit, reopenCase, voidCase, linkCases, openFollowUp, reportFollowUp, reviewFollowUp
    case requestCorrection, ruleOnCorrection
    // The desk.
    case assignCase, planLeave, declareConflict, liftConflict, useEmergencyAccess, reviewEmergencyAccess, publishRules
    // Reading.
    case findPeople, askStatus, readCases, openCase, revealRecords, replayCases, readWorklist, readEmergencies,
        readRules
    case readMeetings, readExtracts
}
