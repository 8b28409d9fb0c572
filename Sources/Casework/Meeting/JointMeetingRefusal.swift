/// The rules a meeting command can break.
package enum JointMeetingRefusal: String, ToldRefusal, CaseIterable {
    case unknown, alreadyRequested, notConvened, alreadyHeld, notHeld, nobodyAttended, agendaEmpty
    case membersMissing, unknownDepartment, notInvited, notAttended, postOfAnotherDepartment, notOnAgenda
    case opinionDiffers, actionsMissing, unknownTask, judicialBearsNothing, leadDiffers, itemHasLead
    case notCirculated, notTheirs, noSuchResolution, resolutionHasNoCondition
    case wasRefused, wasCancelled, placedElsewhere, alreadyConvened, alreadyClosed
    case othersPlacedHere, onlyRequestsAreRefused, notRegular, intervalOutOfRange, dayUnknown
    case panelsLater, sameMeeting, agendaFull, itemsMissing, itemUnattended
    case papersMissing, resolutionsStand, disputeMissing, rulingDiffers, bodyHasAction
    case noSuchAction, resolutionWaits, notSigned, extractsMissing, confirmationsMissing
    case actionsOpen, attachmentForAll, silenceTooEarly, silenceIsNotSaid, notItsCase, lastItemStays

    package static var concept: String { "meeting" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown, .noSuchResolution, .noSuchAction: .unknownSubject
        case .alreadyRequested, .notConvened, .alreadyHeld, .notHeld, .opinionDiffers, .notCirculated,
            .resolutionHasNoCondition, .wasRefused, .wasCancelled, .placedElsewhere, .alreadyConvened, .alreadyClosed,
            .onlyRequestsAreRefused, .notRegular, .resolutionWaits:
            .wrongState
        case .nobodyAttended, .notInvited, .notAttended, .judicialBearsNothing, .itemHasLead, .othersPlacedHere,
            .agendaFull, .itemUnattended, .resolutionsStand, .rulingDiffers, .bodyHasAction, .notSigned,
            .extractsMissing, .confirmationsMissing, .actionsOpen, .attachmentForAll, .silenceTooEarly, .lastItemStays:
            .conflictingRule
        case .agendaEmpty, .membersMissing, .unknownDepartment, .postOfAnotherDepartment, .notOnAgenda, .actionsMissing,
            .unknownTask, .leadDiffers, .intervalOutOfRange, .dayUnknown, .panelsLater, .sameMeeting, .itemsMissing,
            .papersMissing, .disputeMissing, .silenceIsNotSaid:
            .invalidField
        case .notTheirs, .notItsCase: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknown, .noSuchResolution, .notItsCase: "subject"
        case .alreadyRequested, .notConvened, .alreadyHeld, .notHeld, .nobodyAttended, .resolutionHasNoCondition,
            .wasRefused, .wasCancelled, .placedElsewhere, .alreadyConvened, .alreadyClosed, .othersPlacedHere,
            .onlyRequestsAreRefused, .notRegular, .resolutionsStand, .resolutionWaits, .notSigned, .extractsMissing,
            .confirmationsMissing, .actionsOpen:
            ""
        case .agendaEmpty, .itemsMissing: "items"
        case .membersMissing: "members"
        case .unknownDepartment, .notInvited, .notAttended, .notCirculated, .notTheirs, .noSuchAction: "department"
        case .postOfAnotherDepartment: "post"
        case .notOnAgenda, .itemUnattended, .lastItemStays: "item"
        case .opinionDiffers: "stance"
        case .actionsMissing, .unknownTask, .judicialBearsNothing, .leadDiffers, .itemHasLead: "actions"
        case .intervalOutOfRange: "everyWorkingDays"
        case .dayUnknown: "firstDay"
        case .panelsLater: "kind"
        case .sameMeeting, .agendaFull: "agendaOf"
        case .papersMissing: "papers"
        case .disputeMissing: "designates"
        case .rulingDiffers: "resolution"
        case .bodyHasAction: "assignments"
        case .attachmentForAll: "attachments"
        case .silenceTooEarly, .silenceIsNotSaid: "isSilent"
        }
    }

    package var chinese: String {
        switch self {
        case .unknown: "没有此会议。"
        case .alreadyRequested: "会议已提请。"
        case .notConvened: "会议尚未召集。"
        case .alreadyHeld: "会议已召开。"
        case .notHeld: "会议尚未召开。"
        case .nobodyAttended: "没有到会单位。"
        case .agendaEmpty: "议程为空。"
        case .membersMissing: "请至少邀请一个单位。"
        case .unknownDepartment: "部门未登记。"
        case .notInvited: "该单位未被邀请。"
        case .notAttended: "该单位未到会。"
        case .postOfAnotherDepartment: "岗位不属于该单位。"
        case .notOnAgenda: "事项不在议程上。"
        case .opinionDiffers: "该单位已就此事项发表意见。"
        case .actionsMissing: "决议没有任务。"
        case .unknownTask: "派单目录中没有此任务。"
        case .judicialBearsNothing: "司法机关不承担决议任务。"
        case .leadDiffers: "主办或协办与目录不符。"
        case .itemHasLead: "事项已有主办部门。"
        case .notCirculated: "纪要尚未送达该单位。"
        case .notTheirs: "只能确认本单位的纪要。"
        case .noSuchResolution: "没有此决议。"
        case .resolutionHasNoCondition: "决议没有附条件。"
        case .wasRefused: "会议申请已被退回。"
        case .wasCancelled: "会议已取消。"
        case .placedElsewhere: "该申请已列入另一次会议。"
        case .alreadyConvened: "会议已召集，请先取消。"
        case .alreadyClosed: "会议已结束。"
        case .othersPlacedHere: "议程上还有其他申请，请先移到别的会议。"
        case .onlyRequestsAreRefused: "例会不能退回，只能取消。"
        case .notRegular: "这不是例会。"
        case .intervalOutOfRange: "例会间隔应为 1 至 250 个工作日。"
        case .dayUnknown: "日历不含该日期。"
        case .panelsLater: "研判小组和现场研判小组尚未开通，请提请联席会议。"
        case .sameMeeting: "不能把会议列入自己的议程。"
        case .agendaFull: "一次会议最多审议 12 个案件。"
        case .itemsMissing: "议程有多个案件，请写明邀请该单位参加哪些事项。"
        case .itemUnattended: "有事项没有任何单位到会。"
        case .papersMissing: "没有材料。"
        case .resolutionsStand: "会议已作出决议，不能取消。"
        case .disputeMissing: "裁定须写明争议的转办单。"
        case .rulingDiffers: "决议的裁定与此不符。"
        case .bodyHasAction: "同一决议中一个单位只有一项任务。"
        case .noSuchAction: "该单位没有此决议的任务。"
        case .resolutionWaits: "决议所附条件尚未成就。"
        case .notSigned: "会议纪要尚未签署。"
        case .extractsMissing: "还有单位没有收到摘录。"
        case .confirmationsMissing: "还有单位未确认纪要，也未记为未表态。"
        case .actionsOpen: "会议任务尚未完成。"
        case .attachmentForAll: "议程有多个案件，不能给所有单位同一份附件。"
        case .silenceTooEarly: "确认期限未满，不能记为未表态。"
        case .silenceIsNotSaid: "单位自己答复就不是未表态。"
        case .notItsCase: "本单位在该案中没有转办事项。"
        case .lastItemStays: "提请会议的案件至少保留一个议题；请取消会议或退回申请。"
        }
    }

    package var english: String {
        switch self {
        case .unknown: "There is no such meeting; check the identifier."
        case .alreadyRequested: "The meeting is asked for already."
        case .notConvened: "Convene the meeting first."
        case .alreadyHeld: "The meeting has been held; what it resolved stays."
        case .notHeld: "Hold the meeting first."
        case .nobodyAttended: "Nobody attended; record attendance first."
        case .agendaEmpty: "The agenda has no item; triage an item to the meeting or name one."
        case .membersMissing: "Invite at least one body."
        case .unknownDepartment: "The department is not registered; check its code."
        case .notInvited: "The body was not invited; invite it first."
        case .notAttended: "The body did not attend; record its attendance first."
        case .postOfAnotherDepartment: "The post belongs to another body; correct it."
        case .notOnAgenda: "The item is not on the agenda."
        case .opinionDiffers: "The body has given its opinion on this item; it stands."
        case .actionsMissing: "Name at least one action."
        case .unknownTask: "An action names a task that the catalogue does not have."
        case .judicialBearsNothing: "A judicial body attends and bears no action; remove it."
        case .leadDiffers: "An action names another lead or co-handler than the catalogue; leave them out."
        case .itemHasLead: "An item would have two leads; one item has one lead."
        case .notCirculated: "The extract has not gone to this body yet; circulate it first."
        case .notTheirs: "A body confirms its own extract only."
        case .noSuchResolution: "There is no such resolution; check the identifier."
        case .resolutionHasNoCondition: "The resolution has no condition; it holds already."
        case .wasRefused: "The request was refused; ask for another meeting."
        case .wasCancelled: "The meeting was cancelled; place the requests on another one."
        case .placedElsewhere: "The request is on another meeting's agenda; act on that meeting."
        case .alreadyConvened: "The meeting has been called; cancel it before you refuse it."
        case .alreadyClosed: "The meeting is closed; nothing can be added to it."
        case .othersPlacedHere: "Requests of other cases are on this agenda; call the meeting, or cancel it first."
        case .onlyRequestsAreRefused: "A regular meeting was not asked for; cancel it instead."
        case .notRegular: "The meeting belongs to no series; name a regular meeting."
        case .intervalOutOfRange: "A series meets every 1 to 250 working days; give a number in that range."
        case .dayUnknown: "The calendar does not reach this day; publish a calendar that does, or give an earlier day."
        case .panelsLater: "Panels are not open yet; ask for a joint meeting."
        case .sameMeeting: "A request cannot be placed on its own agenda; name another meeting, or convene this one."
        case .agendaFull: "One agenda holds 12 cases at most; choose another meeting."
        case .itemsMissing: "Several cases are on the agenda; say to which items the body is invited."
        case .itemUnattended: "Nobody attended an item; record attendance for it, postpone the meeting or cancel it."
        case .papersMissing: "Name at least one paper."
        case .resolutionsStand: "The meeting has resolved; record that it was held."
        case .disputeMissing: "A ruling names the disputed referral; give it."
        case .rulingDiffers: "The meeting ruled otherwise; carry out what it resolved."
        case .bodyHasAction: "A body has one such action in a resolution; join them, or adopt another resolution."
        case .noSuchAction: "The resolution gave this body nothing to do; check the department."
        case .resolutionWaits: "The resolution waits for its condition; record that it is met first."
        case .notSigned: "The minutes are not signed; sign them first."
        case .extractsMissing: "Not every body has its extract; circulate the minutes first."
        case .confirmationsMissing: "Not every body has confirmed or been recorded as silent; do that first."
        case .actionsOpen: "An action of the meeting is open; record that it is done first."
        case .attachmentForAll:
            "Several cases were on the agenda; one file for everybody would tell all of all: send extracts without it."
        case .silenceTooEarly: "The limit for confirming has not passed; silence is recorded after it."
        case .silenceIsNotSaid: "A body that answers is not silent; leave isSilent out."
        case .notItsCase: "The department has no referral in this case; ask the centre."
        case .lastItemStays: "The last item of the case that asked stays; cancel the meeting or refuse the request."
        }
    }
}
