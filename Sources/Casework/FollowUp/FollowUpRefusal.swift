/// The rules a follow-up command can break.
package enum FollowUpRefusal: String, ToldRefusal, CaseIterable {
    case unknown, alreadyOpen, hasEnded, notTheirs, notTold

    package static var concept: String { "followup" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown: .unknownSubject
        case .alreadyOpen, .hasEnded: .wrongState
        case .notTheirs: .forbidden
        case .notTold: .invalidField
        }
    }

    package var field: String {
        switch self {
        case .unknown: "subject"
        case .alreadyOpen, .hasEnded, .notTheirs: ""
        case .notTold: "means"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "没有此后续事项。"
        case .alreadyOpen: "后续事项已开立。"
        case .hasEnded: "后续事项已结束。"
        case .notTheirs: "后续事项不由本部门报告。"
        case .notTold: "请先将结果告知当事人，再写明告知方式。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "There is no such follow-up; check the identifier."
        case .alreadyOpen: "The follow-up is open already."
        case .hasEnded: "The follow-up has ended and stays as it is."
        case .notTheirs: "Another department reports on this follow-up."
        case .notTold: "Tell the person the result first, and say how they were told."
        }
    }
}
