/// The rules that urgent help can break.
package enum ReliefRefusal: String, ToldRefusal, CaseIterable {
    case unknownPost, personMissing, otherEmergency, noEmergency, confirmedBefore, contactedOtherwise, notUrgentEnough,
        noCap, aboveCap, aboveStationCap, advanceUnsettled, nothingToDeliver, amountDiffers, nothingToSettle,
        decisionMissing, aboveGiven, emergencyOpen, notRegularised

    package static var concept: String { "relief" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknownPost, .personMissing, .amountDiffers, .aboveGiven: .invalidField
        case .otherEmergency, .noEmergency, .confirmedBefore, .contactedOtherwise, .advanceUnsettled, .nothingToDeliver,
            .nothingToSettle:
            .wrongState
        case .notUrgentEnough, .noCap, .aboveCap, .decisionMissing, .emergencyOpen, .notRegularised: .conflictingRule
        case .aboveStationCap: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknownPost: "onDuty"
        case .personMissing: "person"
        case .otherEmergency: "kind"
        case .noEmergency, .confirmedBefore, .notUrgentEnough, .advanceUnsettled, .nothingToDeliver, .nothingToSettle,
            .emergencyOpen, .notRegularised:
            ""
        case .contactedOtherwise: "means"
        case .noCap: "policyItem"
        case .aboveCap, .aboveStationCap, .amountDiffers, .aboveGiven: "amount"
        case .decisionMissing: "item"
        }
    }

    package var chinese: String {
        switch self {
        case .unknownPost: "没有此值班岗位。"
        case .personMissing: "请写明当事人、镇街和渠道。"
        case .otherEmergency: "另一急难尚未处置。"
        case .noEmergency: "没有待处置的急难。"
        case .confirmedBefore: "急难已确认，须送达救助。"
        case .contactedOtherwise: "已记录另一种联系方式。"
        case .notUrgentEnough: "只有急难或研判为先行救助的事项可以先行救助。"
        case .noCap: "该政策事项没有先行救助额度。"
        case .aboveCap: "超过先行救助额度。"
        case .aboveStationCap: "超过站点先行救助额度。"
        case .advanceUnsettled: "前一笔先行救助尚未规范。"
        case .nothingToDeliver: "没有待送达的救助。"
        case .amountDiffers: "送达金额与批准金额不符。"
        case .nothingToSettle: "没有待规范的先行救助。"
        case .decisionMissing: "事项尚未决定给予。"
        case .aboveGiven: "追回金额超过已给金额。"
        case .emergencyOpen: "急难尚未处置。"
        case .notRegularised: "先行救助尚未补办手续或追回。"
        }
    }

    package var english: String {
        switch self {
        case .unknownPost: "No such post is registered; name the post on duty."
        case .personMissing: "Name person, town and channel when no case exists yet."
        case .otherEmergency: "Another emergency of this case is open; deliver its aid or rule it out first."
        case .noEmergency: "No emergency is open in this case; report one first."
        case .confirmedBefore: "The emergency is confirmed; deliver the aid."
        case .contactedOtherwise: "The contact is recorded already; it stays as it is."
        case .notUrgentEnough: "Advance relief needs an open emergency, or an item triaged to it."
        case .noCap: "This policy item has no cap for advance relief; choose one that has."
        case .aboveCap: "The amount is above the local cap; grant less."
        case .aboveStationCap: "The amount is above what a station may grant; a supervisor grants it."
        case .advanceUnsettled: "Another advance relief is not settled yet; regularise or recover it first."
        case .nothingToDeliver: "No advance relief is granted and no emergency is open; grant relief first."
        case .amountDiffers: "What was delivered is not what was granted; give that amount and kind."
        case .nothingToSettle: "No advance relief has been delivered; nothing is to be settled."
        case .decisionMissing: "The item has not been granted; decide on it, or recover the relief."
        case .aboveGiven: "More cannot be recovered than was given."
        case .emergencyOpen: "An emergency is still open; deliver its aid or rule it out first."
        case .notRegularised: "Advance relief is not settled; regularise or recover it first."
        }
    }
}
