/// The rules a command of the desk can break.
package enum DeskRefusal: String, ToldRefusal, CaseIterable {
    case unknownCase, unknownPost, alreadyAssigned, notAssigned, sameHands, promiseInThePast, promiseBySomebodyElse
    case noPromise, deputyIsThePost, leaveTooLong, deputyAway, notTheirPost
    case notOfTheCase, nothingToRead, tooManyPeople
    case tooManyAttachments, attachmentTwice
    case nothingTold, evidenceDiffers, referenceTooLong
    case unknownPerson, notAMinor, guardiansMalformed, unknownGuardian, conflicted, conflictOfAnother
    case boxTooLong, noSuchAccess, alreadyReviewed, ownAccess
    case otherTown, otherVillage, notInvolved, notTheHead, hasHandled, outsideTown, noEmergency, notTheirItem,
        notExceptional, notDelegated, beyondDelegation
    case ownConflict, noSuchConflict, liftBasisEmpty, staffConflicted

    package static var concept: String { "desk" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknownCase: .unknownSubject
        case .alreadyAssigned, .notAssigned, .sameHands, .noPromise, .nothingTold, .alreadyReviewed, .noSuchConflict:
            .wrongState
        case .unknownPost, .promiseInThePast, .promiseBySomebodyElse, .deputyIsThePost, .leaveTooLong, .notOfTheCase,
            .nothingToRead, .tooManyPeople, .attachmentTwice, .evidenceDiffers, .referenceTooLong, .unknownPerson,
            .notAMinor, .guardiansMalformed, .unknownGuardian,
            .boxTooLong, .noSuchAccess, .liftBasisEmpty:
            .invalidField
        case .deputyAway, .tooManyAttachments: .conflictingRule
        case .conflicted, .conflictOfAnother, .ownAccess, .otherTown, .otherVillage, .notInvolved, .notTheHead,
            .hasHandled, .outsideTown, .notTheirPost, .noEmergency, .notTheirItem, .notExceptional, .ownConflict,
            .notDelegated, .beyondDelegation, .staffConflicted:
            .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknownCase: "subject"
        case .unknownPost, .sameHands, .notTheirPost: "post"
        case .promiseInThePast: "promise.due"
        case .promiseBySomebodyElse: "promise.by"
        case .deputyIsThePost, .deputyAway: "deputy"
        case .leaveTooLong: "through"
        case .notOfTheCase, .tooManyPeople, .unknownPerson: "people"
        case .notAMinor: "subject"
        case .guardiansMalformed, .unknownGuardian: "guardians"
        case .nothingToRead: "groups"
        case .attachmentTwice: "attachment"
        case .evidenceDiffers: "evidence"
        case .referenceTooLong: "reference"
        case .boxTooLong: "hours"
        case .noSuchAccess: "access"
        case .conflictOfAnother, .ownConflict, .noSuchConflict: "account"
        case .liftBasisEmpty: "basis"
        case .outsideTown: "lead"
        case .notTheirItem, .notExceptional, .notDelegated, .staffConflicted: "item"
        case .beyondDelegation: "award.amount"
        case .alreadyAssigned, .notAssigned, .noPromise, .tooManyAttachments, .nothingTold, .conflicted,
            .alreadyReviewed, .ownAccess, .otherTown, .otherVillage, .notInvolved, .notTheHead, .hasHandled,
            .noEmergency:
            ""
        }
    }

    package var chinese: String {
        switch self {
        case .unknownCase: "没有此案。"
        case .unknownPost: "没有此岗位，请核对。"
        case .alreadyAssigned: "案件已有承办岗位，请用移交。"
        case .notAssigned: "案件尚未分派，请先分派。"
        case .sameHands: "案件已在该岗位。"
        case .promiseInThePast: "承诺日期已过，请另定日期。"
        case .promiseBySomebodyElse: "承诺须由接手岗位作出。"
        case .noPromise: "没有未兑现的承诺。"
        case .deputyIsThePost: "代理人不能是本岗位。"
        case .leaveTooLong: "请假最长一年，请核对日期。"
        case .deputyAway: "代理岗位当时也在请假，请另指代理。"
        case .notTheirPost: "不能代表此岗位，请用本人岗位或所代理的岗位。"
        case .notOfTheCase: "此人与本案无关。"
        case .nothingToRead: "请写明要查看的信息类别。"
        case .tooManyPeople: "一次最多查看 12 人。"
        case .tooManyAttachments: "本案附件已达上限。"
        case .attachmentTwice: "附件编号已用过，请换编号。"
        case .nothingTold: "此项尚未告知此人，或已退回：请先告知，再记送达；是决定的，写明事项。"
        case .evidenceDiffers: "送达凭证与方式不符。"
        case .referenceTooLong: "凭证号为 1 至 64 个字符。"
        case .unknownPerson: "此人尚未登记，请先登记。"
        case .notAMinor: "此人已成年，无需监护人。"
        case .guardiansMalformed: "监护人为 1 至 8 人，不得重复，不得为本人。"
        case .unknownGuardian: "监护人尚未登记，请先登记。"
        case .conflicted: "已申报利害关系，须回避本案，请交他人办理。"
        case .conflictOfAnother: "只能为本人申报，为他人申报须由督导员办理。"
        case .boxTooLong: "紧急查阅时限为 1 至 24 小时。"
        case .noSuchAccess: "本案没有此次紧急查阅。"
        case .alreadyReviewed: "此次紧急查阅已复核。"
        case .ownAccess: "不能复核本人的紧急查阅，请由他人复核。"
        case .otherTown: "不属于本镇街，请由当地站点或中心办理。"
        case .otherVillage: "不属于本村居，请由镇街站点分派后办理。"
        case .notInvolved: "本部门未参与此案，请由承办部门办理。"
        case .notTheHead: "须由部门负责岗位办理。"
        case .hasHandled: "经办过本案的人不能办理此事，请由他人办理。"
        case .noEmergency: "没有进行中的紧急查阅，请先说明理由申请。"
        case .outsideTown: "站点只能转本镇街的单位，请由中心派单。"
        case .notTheirItem: "此事项不属本部门，请由主管该事项的部门负责人决定。"
        case .notExceptional: "联席会议只决定一事一议和经复核的事项，请由部门负责人决定。"
        case .notDelegated: "此事项当日未委托本镇街站点决定，请由主管部门负责人决定。"
        case .beyondDelegation: "金额超过委托上限，请由主管部门负责人决定。"
        case .ownConflict: "不能解除本人的利害关系，请由他人认定。"
        case .noSuchConflict: "没有此项利害关系申报，请核对账号。"
        case .liftBasisEmpty: "请写明解除依据。"
        case .staffConflicted: "有工作人员与当事人有利害关系，站点不能受托决定，请由主管部门负责人决定。"
        }
    }

    package var english: String {
        switch self {
        case .unknownCase: "There is no such case; check the identifier."
        case .unknownPost: "No such post is registered; check the code."
        case .alreadyAssigned: "A post has the case already; hand it over instead."
        case .notAssigned: "Nobody has the case yet; assign it first."
        case .sameHands: "That post has the case already."
        case .promiseInThePast: "The promise names a day that has gone by; give a later one."
        case .promiseBySomebodyElse: "The post that takes the case makes the promise."
        case .noPromise: "No promise is open."
        case .deputyIsThePost: "A post cannot stand in for itself; name another."
        case .leaveTooLong: "A leave lasts one year at most; check the days."
        case .deputyAway: "The deputy is away on one of these days; name another."
        case .notTheirPost: "You may not act for this post; use your own or one you stand in for."
        case .notOfTheCase: "This person has no part in the case; check the reference."
        case .nothingToRead: "Name the groups to open."
        case .tooManyPeople: "At most 12 people are opened at once; ask again for the others."
        case .tooManyAttachments: "The case has as many attachments as it may have."
        case .attachmentTwice: "This attachment identifier was used before; use a new one."
        case .nothingTold:
            "This was not told them, or came back; tell them first, and name the item where it was a decision."
        case .evidenceDiffers: "This evidence does not show this way of telling; choose another."
        case .referenceTooLong: "A reference has 1 to 64 characters."
        case .unknownPerson: "The person is not registered; register the person first."
        case .notAMinor: "The person is of age and needs no guardian."
        case .guardiansMalformed: "Name 1 to 8 guardians, each once, never the child."
        case .unknownGuardian: "A guardian is not registered; register the guardian first."
        case .conflicted: "You declared a conflict with somebody in this case; leave it to a colleague."
        case .conflictOfAnother: "Declare your own conflicts only; a supervisor declares another's."
        case .boxTooLong: "An emergency access lasts 1 to 24 hours."
        case .noSuchAccess: "The case has no such emergency access; check the identifier."
        case .alreadyReviewed: "This emergency access has been reviewed already."
        case .ownAccess: "Nobody reviews their own emergency access; leave it to a colleague."
        case .otherTown: "This belongs to another town; its station or the centre may do it."
        case .otherVillage: "This belongs to another village; the station can assign it to yours."
        case .notInvolved: "Your department has no part in this case; one that has may do it."
        case .notTheHead: "Only a post that heads its department may do this."
        case .hasHandled: "Whoever handled the case may not do this; leave it to a colleague."
        case .noEmergency: "No emergency access runs; give the reason and ask for one first."
        case .outsideTown: "A station refers within its own town only; the centre dispatches elsewhere."
        case .notTheirItem: "The item is another department's; its head decides."
        case .notExceptional:
            "A meeting decides case by case or after an appeal only; the department's head decides this."
        case .notDelegated:
            "The rule book does not delegate this item to your town that day; the department's head decides."
        case .beyondDelegation: "The amount is above what is delegated; the department's head decides."
        case .ownConflict: "Nobody lifts their own conflict; another supervisor may."
        case .noSuchConflict: "This account declared no conflict with the person; check the account."
        case .liftBasisEmpty: "Say what the finding rests on."
        case .staffConflicted:
            "A member of staff is tied to this person, so no station decides by delegation; the department's head does."
        }
    }
}
