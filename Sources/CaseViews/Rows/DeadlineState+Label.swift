package import Deadlines
package import RuleBook

extension DeadlineState {
    /// Whether somebody still has to act.
    package var isOpen: Bool {
        switch self {
        case .overdue, .dueSoon, .onTime, .paused, .waiting, .free: true
        case .met, .metLate, .cancelled: false
        }
    }

    /// A shape beside the colour and the word, so that nothing hangs on colour alone.
    package var sign: String {
        switch self {
        case .overdue: "■"
        case .dueSoon: "▲"
        case .onTime: "●"
        case .paused: "‖"
        case .met: "✓"
        case .metLate: "✗"
        case .cancelled: "–"
        case .waiting: "◔"
        case .free: "○"
        }
    }

    /// The word on the board, beside colour and shape.
    package var label: Label {
        switch self {
        case .overdue: Label("逾期", "overdue")
        case .dueSoon: Label("临期", "due soon")
        case .onTime: Label("正常", "on time")
        case .paused: Label("暂停", "paused")
        case .met: Label("按时办结", "met")
        case .metLate: Label("超期办结", "met late")
        case .cancelled: Label("已撤销", "cancelled")
        case .waiting: Label("未满期", "not yet free")
        case .free: Label("已满期", "free")
        }
    }
}
