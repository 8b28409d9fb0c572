/// The rules a case command can break.
package enum CaseFileRefusal: String, ToldRefusal, CaseIterable {
    case unknown, alreadyOpen, hasExited, isDuplicate, noSuchItem, itemNotTriaged, itemDecided, itemNotDecided
    case itemWithDepartment, itemNotForReferral, itemHasLead, itemNeedsResolution, noItems, itemTwice, tooManyItems
    case unknownPolicyItem, policyItemNotInForce, unknownPerson, unknownRequest, requestClosed, agentWithoutMandate
    case visitorsMissing
    case scopeEmpty, authorizationOver, clauseMissing, clauseEmpty, amountNotPositive, noSuchReferral
    case referralUnfinished, unknownTask, taskDoesNotServe, kindDiffers, leadDiffers, coHandlerDiffers
    case judicialGetsNothing, unknownRole, limitTooLong, noSuchResolution, resolutionWaits
    case resolutionHasNoCondition, actionNotResolved, actionDispatched, evidenceMissing, evidenceDiffers
    case noSuchPredecessor, unknownDepartment, departmentWithoutFeed, itemsOpen
    case decisionsNotNotified, referralsOpen, meetingOpen, actionsOpen, applicantNotTold, exitNotProposed
    case exitAlreadyProposed, secondSignatureMissing, sameCase, otherSubject, olderNumberLives, otherNotOpen
    case noSecondCase, informOnlyGivesNothing, panelNotYet, publicityBeyondPromise,
        reasonMissing, resultUnchecked, homeCheckMissing

    package static var concept: String { "case" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown: .unknownSubject
        case .alreadyOpen, .hasExited, .isDuplicate, .itemNotTriaged, .itemDecided, .itemNotDecided, .resultUnchecked,
            .resolutionHasNoCondition, .exitNotProposed, .exitAlreadyProposed:
            .wrongState
        case .noSuchItem, .noItems, .itemTwice, .tooManyItems, .unknownPolicyItem, .policyItemNotInForce,
            .unknownPerson,
            .unknownRequest,
            .agentWithoutMandate, .visitorsMissing, .scopeEmpty, .authorizationOver, .clauseMissing, .clauseEmpty,
            .amountNotPositive, .noSuchReferral, .unknownTask, .kindDiffers, .leadDiffers, .coHandlerDiffers,
            .unknownRole, .limitTooLong, .noSuchResolution, .evidenceMissing, .noSuchPredecessor, .unknownDepartment,
            .sameCase, .noSecondCase, .reasonMissing:
            .invalidField
        case .itemWithDepartment, .itemNotForReferral, .itemHasLead, .itemNeedsResolution, .requestClosed,
            .referralUnfinished, .taskDoesNotServe, .judicialGetsNothing, .resolutionWaits, .actionNotResolved,
            .actionDispatched, .evidenceDiffers, .departmentWithoutFeed, .itemsOpen, .decisionsNotNotified,
            .referralsOpen, .meetingOpen, .actionsOpen, .applicantNotTold, .otherSubject, .olderNumberLives,
            .otherNotOpen, .informOnlyGivesNothing, .panelNotYet, .publicityBeyondPromise,
            .homeCheckMissing:
            .conflictingRule
        case .secondSignatureMissing: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknown: "subject"
        case .alreadyOpen, .hasExited, .isDuplicate, .resolutionHasNoCondition, .itemsOpen, .decisionsNotNotified,
            .referralsOpen, .meetingOpen, .actionsOpen, .applicantNotTold, .exitNotProposed, .secondSignatureMissing:
            ""
        case .noSuchItem, .itemNotTriaged, .itemDecided, .itemNotDecided, .itemWithDepartment: "item"
        case .itemNotForReferral, .itemHasLead, .noItems, .itemTwice, .tooManyItems: "items"
        case .itemNeedsResolution, .noSuchResolution, .resolutionWaits, .actionNotResolved, .actionDispatched:
            "resolution"
        case .unknownPolicyItem, .policyItemNotInForce: "policyItem"
        case .unknownPerson: "person"
        case .unknownRequest, .requestClosed: "request"
        case .agentWithoutMandate: "agent"
        case .visitorsMissing: "visitors"
        case .scopeEmpty: "scope"
        case .authorizationOver: "validUntil"
        case .clauseMissing, .clauseEmpty: "clause"
        case .amountNotPositive: "award.amount"
        case .noSuchReferral, .referralUnfinished, .resultUnchecked: "referral"
        case .unknownTask, .taskDoesNotServe: "task"
        case .kindDiffers: "kind"
        case .leadDiffers, .judicialGetsNothing: "lead"
        case .coHandlerDiffers: "coHandlers"
        case .unknownRole: "people"
        case .limitTooLong: "limit"
        case .evidenceMissing, .evidenceDiffers: "evidence"
        case .noSuchPredecessor: "predecessor"
        case .unknownDepartment, .departmentWithoutFeed: "department"
        case .exitAlreadyProposed, .informOnlyGivesNothing, .homeCheckMissing: "result"
        case .panelNotYet, .publicityBeyondPromise, .reasonMissing: "items"
        case .sameCase, .otherSubject, .olderNumberLives, .otherNotOpen: "of"
        case .noSecondCase: "other"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "没有此案。"
        case .alreadyOpen: "案件已开立。"
        case .hasExited: "案件已一口出。"
        case .isDuplicate: "案件已并入另一案。"
        case .noSuchItem: "案中没有此事项。"
        case .itemNotTriaged: "事项尚未研判。"
        case .itemDecided: "事项已有决定。"
        case .itemNotDecided: "事项尚未决定。"
        case .itemWithDepartment: "事项尚在部门办理。"
        case .itemNotForReferral: "事项的研判路径不是转办或会议。"
        case .itemHasLead: "事项已有主办部门。"
        case .itemNeedsResolution: "经联席会议研判的事项须凭决议派单。"
        case .noItems: "请至少写明一个事项或任务。"
        case .itemTwice: "事项重复。"
        case .tooManyItems: "一次最多 16 个事项，请分次提出。"
        case .unknownPolicyItem: "没有此政策事项。"
        case .policyItemNotInForce: "此政策事项当日尚未施行或已停办。"
        case .unknownPerson: "此人尚未登记。"
        case .unknownRequest: "没有此求助记录。"
        case .requestClosed: "求助记录已办结。"
        case .agentWithoutMandate: "代理人不能是申请人本人。"
        case .visitorsMissing: "入户须至少一人，核查须至少二人。"
        case .scopeEmpty: "请至少写明一项授权。"
        case .authorizationOver: "授权截止日早于授权日。"
        case .clauseMissing: "决定须写明依据条款。"
        case .clauseEmpty: "条款须为 1 至 200 字。"
        case .amountNotPositive: "金额须大于零，以分为单位。"
        case .noSuchReferral: "案中没有此转办单。"
        case .referralUnfinished: "转办单尚未归结。"
        case .unknownTask: "派单目录中没有此任务，或请指明任务。"
        case .taskDoesNotServe: "任务不对应所列事项。"
        case .kindDiffers: "转办或征询与目录不符。"
        case .leadDiffers: "主办与目录不符。"
        case .coHandlerDiffers: "协办与目录不符。"
        case .judicialGetsNothing: "司法机关不接受转办。"
        case .unknownRole: "人员角色不在目录中。"
        case .limitTooLong: "办理期限须为 1 至 250 个工作日或相当期限。"
        case .noSuchResolution: "案中没有此决议。"
        case .resolutionWaits: "决议条件尚未成就。"
        case .resolutionHasNoCondition: "决议没有附条件。"
        case .actionNotResolved: "决议没有此项任务。"
        case .actionDispatched: "决议中的此项任务已派单。"
        case .evidenceMissing: "请写明证明条件成就的转办单。"
        case .evidenceDiffers: "转办结果不能证明条件成就。"
        case .noSuchPredecessor: "前一转办单未退回或谢绝。"
        case .unknownDepartment: "部门未登记。"
        case .departmentWithoutFeed: "司法机关不承担后续报告。"
        case .itemsOpen: "尚有事项未决定。"
        case .decisionsNotNotified: "尚有决定未送达，或送达被退回：请送达，或换一种方式再送。"
        case .referralsOpen: "尚有转办未归结。"
        case .meetingOpen: "尚有会议未召开。"
        case .actionsOpen: "尚有决议任务未派单。"
        case .applicantNotTold: "尚未答复申请人，或答复被退回：请答复，或换一种方式再告知。"
        case .exitNotProposed: "尚未提出一口出。"
        case .exitAlreadyProposed: "已提出另一种结案。"
        case .secondSignatureMissing: "须由另一人签字。"
        case .sameCase: "不能并入本案。"
        case .otherSubject: "两案对象不同。"
        case .olderNumberLives: "应保留较早的案号。"
        case .otherNotOpen: "另一案未开立或已结。"
        case .noSecondCase: "没有这一同时在办的案件。"
        case .informOnlyGivesNothing: "仅告知政策的事项不能决定给予。"
        case .panelNotYet: "研判小组尚未启用，请选择其他路径。"
        case .publicityBeyondPromise: "须公示的事项经联席会议不能在 20 个工作日内办结，请在研判时写明并告知。"
        case .reasonMissing: "请写明选择该路径的理由。"
        case .homeCheckMissing: "有工作人员与当事人有利害关系：须先由其他两人入户核查，然后决定给予。"
        case .resultUnchecked: "转办结果尚未经中心认可：由中心认可，或退回补办，然后决定。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "There is no such case; check the identifier."
        case .alreadyOpen: "The case is open already."
        case .hasExited: "The case has exited; a new need is a new case."
        case .isDuplicate: "The case was marked as duplicate; work on the case that goes on."
        case .noSuchItem: "The case has no such item; check the identifier."
        case .itemNotTriaged: "Triage the item first."
        case .itemDecided: "The item is decided; a decision is corrected, not repeated."
        case .itemNotDecided: "Decide the item first."
        case .itemWithDepartment: "A referral of this item is still open; close it first."
        case .itemNotForReferral: "The item was triaged to be handled otherwise; triage it again."
        case .itemHasLead: "The item has a lead already; one item has one lead at a time."
        case .itemNeedsResolution: "The item goes through the meeting; name the resolution."
        case .noItems: "Name an item or a task."
        case .itemTwice: "An item is listed twice; remove one."
        case .tooManyItems: "At most 16 items are named at once; add the others afterwards."
        case .unknownPolicyItem: "No such policy item is published; check the code."
        case .policyItemNotInForce: "The policy item is not in force that day; choose one that is."
        case .unknownPerson: "The person is not registered; register the person first."
        case .unknownRequest: "There is no such help request; check the identifier."
        case .requestClosed: "The help request has ended; leave it out."
        case .agentWithoutMandate: "The agent is the applicant; leave agent out."
        case .visitorsMissing: "A visit needs one person, a verification two."
        case .scopeEmpty: "Name at least one thing that is allowed."
        case .authorizationOver: "The authorization would end before it began; give a later day."
        case .clauseMissing: "A decision names its clause in 1 to 200 characters; only noPolicyCovers has none."
        case .clauseEmpty: "A clause has 1 to 200 characters."
        case .amountNotPositive: "An amount is more than 0, in fen."
        case .noSuchReferral: "The case has no such referral; check the identifier."
        case .referralUnfinished: "The referral is not closed yet; a follow-up grows out of a closed one."
        case .unknownTask: "Name one task of the dispatch catalogue."
        case .taskDoesNotServe: "The task does not serve the item; choose another task."
        case .kindDiffers: "The catalogue says referral or offer otherwise; leave kind out."
        case .leadDiffers: "The catalogue names another lead for this task; leave lead out or choose another task."
        case .coHandlerDiffers: "A co-handler has no part in this task; remove it."
        case .judicialGetsNothing: "A judicial body gets no referral; it attends meetings."
        case .unknownRole: "A role in people is not one of the catalogue; check it."
        case .limitTooLong: "A limit is at least 1; leave it out to use the catalogue's."
        case .noSuchResolution: "The case has no such resolution; check the identifier."
        case .resolutionWaits: "The resolution waits for its condition; record that it is met first."
        case .resolutionHasNoCondition: "The resolution has no condition; it holds already."
        case .actionNotResolved: "The resolution does not name this task; check the task."
        case .actionDispatched: "This action of the resolution has been dispatched already."
        case .evidenceMissing: "Name the referral whose result shows that the condition is met."
        case .evidenceDiffers: "The result of that referral does not show this condition."
        case .noSuchPredecessor: "The predecessor was neither returned nor declined; leave it out."
        case .unknownDepartment: "The department is not registered; check its code."
        case .departmentWithoutFeed: "A judicial body reports on no follow-up; name the body that follows it up."
        case .itemsOpen: "An item has no decision yet; decide every item first."
        case .decisionsNotNotified:
            "A decision has not been notified, or came back; notify it, another way if need be."
        case .referralsOpen: "A referral is still open; close it first."
        case .meetingOpen: "A meeting asked for has not been held; hold it first."
        case .actionsOpen: "An action of a resolution in force has not been dispatched; dispatch it first."
        case .applicantNotTold:
            "The applicant has not been told, or the reply came back; tell the applicant, another way if need be."
        case .exitNotProposed: "Propose the exit first."
        case .exitAlreadyProposed: "The exit is proposed with another result; confirm that one."
        case .secondSignatureMissing: "Another person has to confirm this exit; who proposed it may not."
        case .sameCase: "A case is no duplicate of itself; name the other case."
        case .otherSubject: "The two cases are about different subjects."
        case .olderNumberLives: "The older number lives on; mark the newer case."
        case .otherNotOpen: "The other case is not open."
        case .noSecondCase: "That case was not open when this one was opened; check the identifier."
        case .informOnlyGivesNothing: "The item was triaged to information only; triage it again before granting."
        case .panelNotYet: "The review panel is not in use here yet; choose another path."
        case .publicityBeyondPromise:
            "With publicity the meeting path cannot keep the promise; choose another, or set beyondPromise and tell."
        case .reasonMissing: "Say why this path was chosen."
        case .homeCheckMissing:
            "A member of staff is tied to this person: two others verify at home first, and then it may be granted."
        case .resultUnchecked:
            "The centre has not accepted the result yet: it accepts it or returns it for rework, and then it is decided."
        }
    }
}
