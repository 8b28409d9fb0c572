/// The rules that visits can break.
package enum VisitRefusal: String, ToldRefusal, CaseIterable {
    case notApplied, unknown, completedBefore, purposeDiffers, plannedInThePast, formVersionWrong

    package static var concept: String { "visit" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .notApplied: .conflictingRule
        case .unknown, .purposeDiffers, .plannedInThePast, .formVersionWrong: .invalidField
        case .completedBefore: .wrongState
        }
    }

    package var field: String {
        switch self {
        case .notApplied: ""
        case .unknown, .completedBefore: "visit"
        case .purposeDiffers: "purpose"
        case .plannedInThePast: "plannedFor"
        case .formVersionWrong: "formVersion"
        }
    }

    package var chinese: String {
        switch self {
        case .notApplied: "申请提交前没有上门核实。"
        case .unknown: "案中没有此次走访。"
        case .completedBefore: "该次走访已完成。"
        case .purposeDiffers: "与计划的走访目的不符。"
        case .plannedInThePast: "计划日期早于今天。"
        case .formVersionWrong: "表格版本须大于零。"
        }
    }

    package var english: String {
        switch self {
        case .notApplied: "A visit follows the application; submit it first."
        case .unknown: "The case has no such visit; check the identifier."
        case .completedBefore: "That visit has been completed; plan a new one."
        case .purposeDiffers: "The visit was planned for another purpose; give that one."
        case .plannedInThePast: "A visit is planned for today or later; give a later day."
        case .formVersionWrong: "A form version is 1 or more."
        }
    }
}
