/// Why a time given for what happened cannot be.
package enum TimeRefusal: String, ToldRefusal, CaseIterable {
    case inTheFuture, beforeStart

    package static var concept: String { "time" }
    package var kind: CommandRefusal.Kind { .invalidField }
    package var field: String { "occurredAt" }

    package var chinese: String {
        switch self {
        case .inTheFuture: "发生时间不能晚于现在。"
        case .beforeStart: "发生时间早于事项开始。"
        }
    }

    package var english: String {
        switch self {
        case .inTheFuture: "Nothing has happened in the future yet; give a time that is not after now."
        case .beforeStart: "It cannot have happened before its case, referral or meeting began; give a later time."
        }
    }
}
