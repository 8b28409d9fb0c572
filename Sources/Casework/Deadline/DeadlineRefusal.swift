/// The rules a changed deadline can break.
package enum DeadlineRefusal: String, ToldRefusal, CaseIterable {
    case unknownRule, instanceDiffers, notPausable, centreOnly, headOnly, noticeMissing, noticeInTheFuture
    case endInThePast, basisEmpty, alreadyPaused, notPaused, notRunning, extendedBefore
    case extendedAfterExpiry, groundMissing, groundNotListed, extendedTooFar
    case noLadder, remindedToday, noticesOfOthers, nothingRead

    package static var concept: String { "deadline" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknownRule, .instanceDiffers, .noticeMissing, .noticeInTheFuture, .endInThePast, .basisEmpty,
            .groundMissing, .groundNotListed, .nothingRead:
            .invalidField
        case .notPausable, .extendedBefore, .extendedAfterExpiry, .extendedTooFar, .noLadder: .conflictingRule
        case .centreOnly, .headOnly, .noticesOfOthers: .forbidden
        case .alreadyPaused, .notPaused, .notRunning, .remindedToday: .wrongState
        }
    }

    package var field: String {
        switch self {
        case .unknownRule, .noLadder: "rule"
        case .noticesOfOthers: "recipient"
        case .nothingRead: "through"
        case .instanceDiffers: "instance"
        case .notPausable: "reason"
        case .centreOnly, .alreadyPaused, .notPaused, .notRunning, .extendedBefore, .extendedAfterExpiry,
            .remindedToday:
            ""
        case .groundMissing, .groundNotListed: "ground"
        case .extendedTooFar: "granted"
        case .headOnly: "actingPost"
        case .noticeMissing, .noticeInTheFuture: "noticeGivenAt"
        case .endInThePast: "expectedUntil"
        case .basisEmpty: "basis"
        }
    }

    package var chinese: String {
        switch self {
        case .unknownRule: "没有此时限规则。"
        case .instanceDiffers: "时限对象与规则或案件不符。"
        case .notPausable: "该时限不得以此理由中止。"
        case .centreOnly: "申请人原因的中止由中心作出。"
        case .headOnly: "该中止须由承办部门负责人作出。"
        case .noticeMissing: "须先告知申请人。"
        case .noticeInTheFuture: "告知时间晚于中止时间。"
        case .endInThePast: "预计恢复日早于中止当日。"
        case .basisEmpty: "请写明依据。"
        case .alreadyPaused: "时限已中止。"
        case .notPaused: "时限未中止。"
        case .notRunning: "时限已不再计算。"
        case .extendedBefore: "每一时限只能延长一次。"
        case .extendedAfterExpiry: "时限已届满，不能再延长。"
        case .groundMissing: "该时限须按列明的理由延长，请写明 ground。"
        case .groundNotListed: "该时限不得以此理由延长。"
        case .extendedTooFar: "延长后超过该时限允许的最长期限。"
        case .noLadder: "此时限不催办：自愿服务、司法机关与申请人的期限不设督办。"
        case .remindedToday: "今日已催办，请改日再催。"
        case .noticesOfOthers: "只能标记本人岗位或部门的通知。"
        case .nothingRead: "请写明读到的位置，从 1 起。"
        }
    }

    package var english: String {
        switch self {
        case .unknownRule: "No such rule is published; check its id."
        case .instanceDiffers: "The rule counts for another kind of thing, or the thing is not of this case."
        case .notPausable: "This limit cannot be paused for this reason."
        case .centreOnly: "A pause for the applicant is set by the centre."
        case .headOnly: "This pause is set by the head of the department that owns the limit."
        case .noticeMissing: "Tell the applicant first and say when."
        case .noticeInTheFuture: "The notice lies after the pause; correct one of them."
        case .endInThePast: "The pause would end before it began; give a later day."
        case .basisEmpty: "Name the basis in 1 to 200 characters."
        case .alreadyPaused: "The limit is paused already; resume it first."
        case .notPaused: "The limit is not paused."
        case .notRunning: "The limit does not run any more."
        case .extendedBefore: "A limit is extended once; this one has been."
        case .extendedAfterExpiry: "The limit has ended; it had to be extended before. Say why it was missed instead."
        case .groundMissing: "This limit is extended on a listed ground only; name it in ground."
        case .groundNotListed: "This limit cannot be extended on this ground; name one its rule lists."
        case .extendedTooFar: "It would be longer than its rule allows; grant less."
        case .noLadder:
            "Nobody is reminded of this limit: voluntary and judicial bodies and applicants are not supervised."
        case .remindedToday: "A reminder of this limit went out today; send the next one another day."
        case .noticesOfOthers: "Mark only notices of your own post, department, station or office."
        case .nothingRead: "Give the position read up to, 1 or more."
        }
    }
}
