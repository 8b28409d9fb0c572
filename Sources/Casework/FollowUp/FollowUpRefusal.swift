/// The rules a follow-up command can break.
package enum FollowUpRefusal: String, ToldRefusal, CaseIterable {
    case unknown, alreadyOpen, hasEnded, notTheirs

    package static var concept: String { "followup" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown: .unknownSubject
        case .alreadyOpen, .hasEnded: .wrongState
        case .notTheirs: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknown: "subject"
        case .alreadyOpen, .hasEnded, .notTheirs: ""
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "没有此后续事项。"
        case .alreadyOpen: "后续事项已开立。"
        case .hasEnded: "后续事项已结束。"
        case .notTheirs: "后续事项不由本部门报告。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "There is no such follow-up; check the identifier."
        case .alreadyOpen: "The follow-up is open already."
        case .hasEnded: "The follow-up has ended and stays as it is."
        case .notTheirs: "Another department reports on this follow-up."
        }
    }
}
