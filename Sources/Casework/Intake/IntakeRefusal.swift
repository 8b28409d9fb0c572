/// The rules that taking in an application can break.
package enum IntakeRefusal: String, ToldRefusal, CaseIterable {
    case notTheirItem, receivingDepartmentAccepts, itemClosed, itemNotAccepted, itemWithdrawn, acceptedBefore,
        supplementOpen, papersEmpty, paperNotAsked, nothingMissing, followUpInThePast, supplementOnce, reliefFirst,
        insteadEmpty, notTheirsToWithdraw, minorsItemStays, notAuthorized, papersMissing, ownHub, withOtherHub,
        notWithThatHub, notFromAHub, answeredBefore, hubAnswerMissing, hubNotAnswered, mandateMissing, mannerDiffers,
        hubMissing, tooMany, severalDeciders, fileSubmittedBefore, notTheirsToAllow, guardianMustAllow

    package static var concept: String { "intake" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .notTheirItem, .receivingDepartmentAccepts, .notTheirsToWithdraw, .notTheirsToAllow: .forbidden
        case .itemClosed, .itemNotAccepted, .itemWithdrawn, .acceptedBefore, .nothingMissing, .notWithThatHub,
            .notFromAHub, .answeredBefore, .fileSubmittedBefore:
            .wrongState
        case .supplementOpen, .supplementOnce, .reliefFirst, .minorsItemStays, .notAuthorized, .papersMissing,
            .withOtherHub, .hubAnswerMissing, .hubNotAnswered, .guardianMustAllow:
            .conflictingRule
        case .papersEmpty, .paperNotAsked, .followUpInThePast, .insteadEmpty, .ownHub, .mandateMissing, .mannerDiffers,
            .hubMissing, .tooMany, .severalDeciders:
            .invalidField
        }
    }

    package var field: String {
        switch self {
        case .notTheirItem, .receivingDepartmentAccepts, .itemClosed, .itemNotAccepted, .itemWithdrawn, .acceptedBefore,
            .supplementOpen, .minorsItemStays:
            "item"
        case .papersEmpty, .paperNotAsked, .nothingMissing: "papers"
        case .followUpInThePast: "followUpBy"
        case .supplementOnce: "reason"
        case .reliefFirst, .notFromAHub, .hubAnswerMissing, .hubNotAnswered: ""
        case .insteadEmpty: "instead"
        case .notTheirsToWithdraw, .notTheirsToAllow, .guardianMustAllow: "by"
        case .notAuthorized: "person"
        case .papersMissing: "result"
        case .ownHub, .notWithThatHub: "hub"
        case .withOtherHub, .tooMany, .severalDeciders, .fileSubmittedBefore: "items"
        case .answeredBefore: "answer"
        case .mandateMissing: "mandate"
        case .mannerDiffers: "manner"
        case .hubMissing: "fromHub"
        }
    }

    package var chinese: String {
        switch self {
        case .notTheirItem: "该事项由其他部门受理。"
        case .receivingDepartmentAccepts: "跨部门事项由承接部门受理。"
        case .itemClosed: "事项已有结果。"
        case .itemNotAccepted: "事项未予受理，已告知去处。"
        case .itemWithdrawn: "事项已撤回。"
        case .acceptedBefore: "事项已受理。"
        case .supplementOpen: "已一次性告知补正，材料尚未齐全。"
        case .papersEmpty: "请写明材料，1 至 16 项，不得重复。"
        case .paperNotAsked: "该材料不在政策事项的清单中。"
        case .nothingMissing: "没有待补的材料。"
        case .followUpInThePast: "补交日期早于受理日。"
        case .supplementOnce: "同一周期只能一次性告知；再次告知须由主管说明理由。"
        case .reliefFirst: "急难救助送达前不得要求材料。"
        case .insteadEmpty: "请写明可向何处求助，1 至 200 字。"
        case .notTheirsToWithdraw: "只有事项本人或其代理人可以撤回。"
        case .minorsItemStays: "未成年人的事项不因撤回而终止，须作出决定。"
        case .notAuthorized: "没有有效的授权。"
        case .papersMissing: "容缺材料尚未补齐，不能同意。"
        case .ownHub: "不能转交给本中心。"
        case .withOtherHub: "事项正由外地中心办理。"
        case .notWithThatHub: "没有转交给该中心的事项。"
        case .notFromAHub: "本案不是外地中心转来的。"
        case .answeredBefore: "已作答复。"
        case .hubAnswerMissing: "外地中心尚未答复。"
        case .hubNotAnswered: "尚未答复转来的中心。"
        case .mandateMissing: "代理人须有授权依据。"
        case .mannerDiffers: "申请方式与代理人不符。"
        case .hubMissing: "请写明转来的中心。"
        case .tooMany: "一次最多 8 个事项、8 个人。"
        case .severalDeciders: "这些事项由不同部门决定，请分部门上报。"
        case .fileSubmittedBefore: "材料已上报。"
        case .notTheirsToAllow: "授权由本人或其代理人作出，代表权只能由本人授予。"
        case .guardianMustAllow: "未成年人的授权由能够履职且无利害冲突的监护人作出：先登记监护人，再写明由谁签字。"
        }
    }

    package var english: String {
        switch self {
        case .notTheirItem: "Another department decides on this item and accepts it; let that department act."
        case .receivingDepartmentAccepts:
            "The item goes to a department, which accepts it itself; wait for its acceptance."
        case .itemClosed: "The item has ended; a new need is a new item."
        case .itemNotAccepted:
            "The item was not accepted and the person told where to go; add a new item if the facts changed."
        case .itemWithdrawn: "The item was withdrawn; add it again if it is asked for again."
        case .acceptedBefore: "The item is accepted already; decide on it instead."
        case .supplementOpen: "Papers were asked for and have not all come; record them, or accept provisionally."
        case .papersEmpty: "Name 1 to 16 different papers."
        case .paperNotAsked: "The policy item does not ask for this paper; leave it out."
        case .nothingMissing: "Nothing that was brought is missing; check items and papers."
        case .followUpInThePast: "The papers would be due before the acceptance; give a later day."
        case .supplementOnce: "Papers are asked for once in a cycle; a second request is a supervisor's, with a reason."
        case .reliefFirst: "No papers are asked for before relief; deliver the aid or rule the emergency out first."
        case .insteadEmpty: "Say where to go instead in 1 to 200 characters."
        case .notTheirsToWithdraw:
            "An item is withdrawn by the person it is for, or by somebody that person let represent them."
        case .minorsItemStays: "A minor's item does not end by withdrawal; give it a decision."
        case .notAuthorized: "No authorization of this person for this is in force; get one first."
        case .papersMissing: "Papers of the provisional acceptance are still missing; record them before granting."
        case .ownHub: "Name another hub than this one."
        case .withOtherHub: "The item is with another hub; wait for its answer."
        case .notWithThatHub: "Nothing is with that hub; check its code."
        case .notFromAHub: "No other hub handed us this case."
        case .answeredBefore: "The hub has had its answer; it stays as it is."
        case .hubAnswerMissing: "Another hub has not answered yet; record its answer first."
        case .hubNotAnswered: "The hub that handed us the case has no answer yet; answer it first."
        case .mandateMissing: "An agent needs a mandate; name it."
        case .mannerDiffers: "An agent is named exactly when the manner is agent; correct one of them."
        case .hubMissing: "A case from another hub names that hub, and only such a case does."
        case .tooMany: "Name 1 to 8 items and at most 8 people at a time."
        case .severalDeciders: "These items are decided by different departments; hand a file up to each."
        case .notTheirsToAllow:
            "The person allows it, or their agent; only the person lets somebody represent them."
        case .guardianMustAllow:
            "For a minor a guardian allows it who can act and is in no conflict; state the guardians, then name who signs."
        case .fileSubmittedBefore: "The file went up already with another content; a mistake in it is corrected."
        }
    }
}
