/// The rules a referral command can break.
package enum ReferralRefusal: String, ToldRefusal, CaseIterable {
    case unknown, notDrafted, notDispatched, notReceived, notAccepted, alreadyAccepted, notStarted
    case notFinished, alreadyFinished, returnPending, noReturnAsked, hasEnded, addressedElsewhere, notTheLead
    case notACoHandler, headOnly, supervisorOnly, offerIsAnswered, statutoryCannotDecline
    case offerCannotBeReturned, returnOnlyOnce, returnAfterDesignation, returnLapsed, meetingMustRule
    case coResultsMissing, postOfAnotherDepartment, promiseMissing, promiseInThePast, notACoHandlerToExcuse
    case tooFewAttempts, attemptInTheFuture, amountNotPositive, clauseEmpty, proposedUnknown, instructionEmpty

    package static var concept: String { "referral" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown: .unknownSubject
        case .notDrafted, .notDispatched, .notReceived, .notAccepted, .alreadyAccepted, .notStarted, .notFinished,
            .alreadyFinished, .returnPending, .noReturnAsked, .hasEnded:
            .wrongState
        case .addressedElsewhere, .notTheLead, .notACoHandler, .headOnly, .supervisorOnly: .forbidden
        case .offerIsAnswered, .statutoryCannotDecline, .offerCannotBeReturned, .returnOnlyOnce,
            .returnAfterDesignation, .returnLapsed, .meetingMustRule, .coResultsMissing:
            .conflictingRule
        case .postOfAnotherDepartment, .promiseMissing, .promiseInThePast, .notACoHandlerToExcuse, .tooFewAttempts,
            .attemptInTheFuture, .amountNotPositive, .clauseEmpty, .proposedUnknown, .instructionEmpty:
            .invalidField
        }
    }

    package var field: String {
        switch self {
        case .unknown: "subject"
        case .notDrafted, .notDispatched, .notReceived, .notAccepted, .alreadyAccepted, .notStarted, .notFinished,
            .alreadyFinished, .returnPending, .noReturnAsked, .hasEnded, .addressedElsewhere, .notTheLead,
            .notACoHandler, .supervisorOnly, .offerIsAnswered, .statutoryCannotDecline, .offerCannotBeReturned,
            .returnOnlyOnce, .returnAfterDesignation, .returnLapsed:
            ""
        case .headOnly: "actingPost"
        case .meetingMustRule: "resolution"
        case .coResultsMissing, .notACoHandlerToExcuse: "excused"
        case .postOfAnotherDepartment: "handlingPost"
        case .promiseMissing, .promiseInThePast: "nextPromise"
        case .tooFewAttempts, .attemptInTheFuture: "attemptedOn"
        case .amountNotPositive: "award.amount"
        case .clauseEmpty: "clause"
        case .proposedUnknown: "proposed"
        case .instructionEmpty: "designation"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "没有此转办单。"
        case .notDrafted: "转办单不是草稿。"
        case .notDispatched: "尚未派单。"
        case .notReceived: "尚未签收，请先签收。"
        case .notAccepted: "尚未受理，请先受理。"
        case .alreadyAccepted: "已受理，不能再退回或谢绝。"
        case .notStarted: "尚未开始办理。"
        case .notFinished: "尚未办结。"
        case .alreadyFinished: "已办结，结果不再更改。"
        case .returnPending: "退回申请待裁定。"
        case .noReturnAsked: "没有待裁定的退回申请。"
        case .hasEnded: "转办单已终结。"
        case .addressedElsewhere: "转办单不是发给本部门的。"
        case .notTheLead: "只有主办部门可以作此操作。"
        case .notACoHandler: "只有协办部门可以提交协办结果。"
        case .headOnly: "退回须由部门负责人岗位提出。"
        case .supervisorOnly: "同案第二次退回须由督办人员裁定。"
        case .offerIsAnswered: "征询不用签收，请接受或谢绝。"
        case .statutoryCannotDecline: "法定部门不能谢绝，只能申请退回。"
        case .offerCannotBeReturned: "征询不能退回，可以谢绝。"
        case .returnOnlyOnce: "已申请过一次退回。"
        case .returnAfterDesignation: "已指定承办，不得退回。"
        case .returnLapsed: "退回期限已过。"
        case .meetingMustRule: "以法律禁止为由的退回须由联席会议裁定。"
        case .coResultsMissing: "协办结果未齐，请等待或说明免交。"
        case .postOfAnotherDepartment: "岗位不属于本部门。"
        case .promiseMissing: "请承诺下次答复日期。"
        case .promiseInThePast: "承诺日期早于办理当日。"
        case .notACoHandlerToExcuse: "免交名单中的部门不是协办部门。"
        case .tooFewAttempts: "联系不上须在三个不同日期尝试过。"
        case .attemptInTheFuture: "尝试日期晚于办理当日。"
        case .amountNotPositive: "金额须大于零，以分为单位。"
        case .clauseEmpty: "请写明依据条款。"
        case .proposedUnknown: "建议的部门未登记。"
        case .instructionEmpty: "请写明上级指示文号。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "There is no such referral; check the identifier."
        case .notDrafted: "The referral is no draft any more; make a new one."
        case .notDispatched: "The referral has not been dispatched; dispatch it first."
        case .notReceived: "Receive the referral first."
        case .notAccepted: "Accept the referral first."
        case .alreadyAccepted: "The referral has been accepted; it cannot be returned or declined any more."
        case .notStarted: "Start handling the referral first."
        case .notFinished: "The referral is neither completed nor failed yet."
        case .alreadyFinished: "The result is in already; report a change to the centre."
        case .returnPending: "A return is asked for; wait for the ruling."
        case .noReturnAsked: "No return is asked for; there is nothing to rule on."
        case .hasEnded: "The referral has ended and stays as it is; make a new one."
        case .addressedElsewhere: "The referral is addressed to another department."
        case .notTheLead: "Only the lead may do this."
        case .notACoHandler: "Only a co-handler submits a co-result; the lead completes."
        case .headOnly: "A return is asked by a post that heads the department; name it as actingPost."
        case .supervisorOnly: "A supervisor rules on the second return of a case."
        case .offerIsAnswered: "An offer is not received; accept or decline it."
        case .statutoryCannotDecline: "A statutory department cannot decline; it accepts or asks for a return."
        case .offerCannotBeReturned: "An offer is not returned; decline it."
        case .returnOnlyOnce: "One return per referral; this one has been ruled on."
        case .returnAfterDesignation: "The department was designated; no return any more."
        case .returnLapsed: "The limit for a return has passed; accept the referral."
        case .meetingMustRule: "The meeting rules on this return; name its resolution about this referral."
        case .coResultsMissing: "A co-handler has not submitted; wait for it or excuse it."
        case .postOfAnotherDepartment:
            "The handling post belongs to another department or does not exist; name one of yours."
        case .promiseMissing: "Promise a day by which you will be heard of."
        case .promiseInThePast: "The promised day has passed; give a later one."
        case .notACoHandlerToExcuse: "An excused department is no co-handler of this referral; remove it."
        case .tooFewAttempts: "Unreachable needs tries on three different days; list them."
        case .attemptInTheFuture: "A try lies after the day of the report; correct it."
        case .amountNotPositive: "An amount is more than 0, in fen."
        case .clauseEmpty: "Name the clause in 1 to 200 characters."
        case .proposedUnknown: "The proposed department is not registered; check its code."
        case .instructionEmpty: "Give the number of the recorded instruction."
        }
    }
}
