/// The rules that appeals, verification, reopening and corrections can break.
package enum ReviewRefusal: String, ToldRefusal, CaseIterable {
    case notDecided, appealOpen, noAppeal, ownDecision, notExited, handledIt, verifiedBefore, outcomeNotBad,
        appealNotWon, openAlready, benefitGiven, isVoided, noSuchEvent, noSuchField, valueMissing,
        noSuchCorrection, ownCorrection, correctedTextMissing, ruledOtherwise

    package static var concept: String { "review" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .notDecided, .appealOpen, .noAppeal, .notExited, .verifiedBefore, .openAlready, .isVoided, .ruledOtherwise:
            .wrongState
        case .ownDecision, .handledIt, .ownCorrection: .forbidden
        case .outcomeNotBad, .appealNotWon, .benefitGiven: .conflictingRule
        case .noSuchEvent, .noSuchField, .valueMissing, .noSuchCorrection, .correctedTextMissing: .invalidField
        }
    }

    package var field: String {
        switch self {
        case .notDecided, .appealOpen, .noAppeal: "item"
        case .ownDecision, .notExited, .handledIt, .openAlready, .benefitGiven, .isVoided, .ownCorrection: ""
        case .verifiedBefore: "result"
        case .outcomeNotBad, .appealNotWon: "reason"
        case .noSuchEvent: "event"
        case .noSuchField: "field"
        case .valueMissing: "value"
        case .noSuchCorrection, .ruledOtherwise: "correction"
        case .correctedTextMissing: "sealed"
        }
    }

    package var chinese: String {
        switch self {
        case .notDecided: "事项没有决定，不能申诉。"
        case .appealOpen: "已有申诉在办。"
        case .noAppeal: "没有在办的申诉。"
        case .ownDecision: "作出决定的人不得复核。"
        case .notExited: "案件尚未一口出。"
        case .handledIt: "经办人不得回访本案。"
        case .verifiedBefore: "本周期已回访。"
        case .outcomeNotBad: "回访结果不支持重启。"
        case .appealNotWon: "没有被撤销的决定。"
        case .openAlready: "案件正在办理。"
        case .benefitGiven: "已给予救助的案件不得作废。"
        case .isVoided: "案件已作废。"
        case .noSuchEvent: "案中没有此记录。"
        case .noSuchField: "该记录没有此项。"
        case .valueMissing: "请写明应有的值。"
        case .noSuchCorrection: "没有待办的更正申请。"
        case .ownCorrection: "申请人不得审批自己的更正。"
        case .correctedTextMissing: "请附上更正后的内容。"
        case .ruledOtherwise: "更正申请已处理。"
        }
    }

    package var english: String {
        switch self {
        case .notDecided: "The item has no decision to contest."
        case .appealOpen: "An appeal of another kind is open; wait for its result."
        case .noAppeal: "No appeal against this decision is open; lodge one first."
        case .ownDecision: "Whoever decided may not record the review; let somebody else do it (I-16)."
        case .notExited: "The case has not exited; exit it first."
        case .handledIt: "Whoever handled the case may not verify its outcome; let somebody else ask (I-16)."
        case .verifiedBefore: "The outcome of this cycle is verified; it stays as it is."
        case .outcomeNotBad: "No verification of this cycle says that the need is not met; choose another reason."
        case .appealNotWon: "No decision of these items was overturned; choose another reason."
        case .openAlready: "The case is open; work goes on in it."
        case .benefitGiven: "Something was given in this case; correct or reopen it instead."
        case .isVoided: "The case was voided; open a new one."
        case .noSuchEvent: "The case has no such record; check the event."
        case .noSuchField: "The record has no such property or sealed group; check the name."
        case .valueMissing: "Say what the property should be; a sealed group takes no value here."
        case .noSuchCorrection: "No such correction is waiting; check the identifier."
        case .ownCorrection: "Whoever asked for a correction may not rule on it; let somebody else do it (I-16)."
        case .correctedTextMissing: "Send the corrected text sealed, in the group at fault."
        case .ruledOtherwise: "The correction was ruled on; it stays as it is."
        }
    }
}
