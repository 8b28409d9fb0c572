/// What a department's officer can do, by the word used at the command line and on the local socket.
package enum AdapterAct: String, CaseIterable, Codable, Hashable, Sendable {
    case receive, accept, start, requestReturn, reportProgress, coResult, complete, fail
    case followUpProgress, acceptOffer, declineOffer
    case assignHandler, hold, resume, makePromise, keepPromise, breakPromise
    case requestRedirect, requestTermination, confirmCancellation

    /// The hub's name for it.
    package var command: String {
        switch self {
        case .receive: "ReceiveReferral"
        // The hub knows from the referral whether it is an offer.
        case .accept, .acceptOffer: "AcceptReferral"
        case .start: "StartHandling"
        case .requestReturn: "RequestReturn"
        case .reportProgress: "ReportProgress"
        case .coResult: "SubmitCoResult"
        case .complete: "CompleteReferral"
        case .fail: "FailReferral"
        case .followUpProgress: "RecordFollowUpProgress"
        case .declineOffer: "DeclineOffer"
        case .assignHandler: "AssignHandler"
        case .hold: "HoldReferral"
        case .resume: "ResumeReferral"
        case .makePromise: "MakePromise"
        case .keepPromise: "KeepPromise"
        case .breakPromise: "BreakPromise"
        case .requestRedirect: "RequestRedirect"
        case .requestTermination: "RequestTermination"
        case .confirmCancellation: "ConfirmCancellation"
        }
    }

    /// Whether it is about a follow-up; everything else is about a referral.
    package var isAboutFollowUp: Bool { self == .followUpProgress }
}
