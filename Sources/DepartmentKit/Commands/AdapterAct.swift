/// What a department's officer can do, by the word used at the command line and on the local socket.
package enum AdapterAct: String, CaseIterable, Codable, Hashable, Sendable {
    case receive, accept, start, requestReturn, reportProgress, coResult, complete, fail
    case followUpProgress, acceptOffer, declineOffer

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
        }
    }

    /// Whether it is about a follow-up; everything else is about a referral.
    package var isAboutFollowUp: Bool { self == .followUpProgress }
}
