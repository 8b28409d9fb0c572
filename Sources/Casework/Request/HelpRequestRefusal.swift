/// The rules a help-request command can break.
package enum HelpRequestRefusal: String, ToldRefusal, CaseIterable {
    case unknown, alreadyRecorded, hasEnded, unknownReporter, judicialReporter, reporterMissing, caseMissing

    package static var concept: String { "request" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown: .unknownSubject
        case .alreadyRecorded, .hasEnded: .wrongState
        case .unknownReporter, .reporterMissing, .caseMissing: .invalidField
        case .judicialReporter: .conflictingRule
        }
    }

    package var field: String {
        switch self {
        case .unknown: "subject"
        case .alreadyRecorded, .hasEnded: ""
        case .unknownReporter, .judicialReporter, .reporterMissing: "reporterDepartment"
        case .caseMissing: "caseFile"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "没有此求助记录。"
        case .alreadyRecorded: "求助已登记。"
        case .hasEnded: "求助记录已办结。"
        case .unknownReporter: "报告单位未登记。"
        case .judicialReporter: "司法机关不接收反馈。"
        case .reporterMissing: "请写明报告单位。"
        case .caseMissing: "请写明并入的案件。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "There is no such help request; check the identifier."
        case .alreadyRecorded: "The help request is recorded already."
        case .hasEnded: "The help request has ended with another outcome; it stays as it is."
        case .unknownReporter: "The reporting body is not registered; check its code."
        case .judicialReporter: "A judicial body gets nothing by feed; leave reporterDepartment out."
        case .reporterMissing: "Name the body that reported."
        case .caseMissing: "Name the case that it joined."
        }
    }
}
