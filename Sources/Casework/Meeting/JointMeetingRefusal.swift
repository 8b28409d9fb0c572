/// The rules a meeting command can break.
package enum JointMeetingRefusal: String, ToldRefusal, CaseIterable {
    case unknown, alreadyRequested, notConvened, alreadyHeld, notHeld, nobodyAttended, agendaEmpty
    case membersMissing, unknownDepartment, notInvited, notAttended, postOfAnotherDepartment, notOnAgenda
    case opinionDiffers, actionsMissing, unknownTask, judicialBearsNothing, leadDiffers, itemHasLead
    case notCirculated, notTheirs, noSuchResolution, resolutionHasNoCondition

    package static var concept: String { "meeting" }

    package var kind: CommandRefusal.Kind {
        switch self {
        case .unknown, .noSuchResolution: .unknownSubject
        case .alreadyRequested, .notConvened, .alreadyHeld, .notHeld, .opinionDiffers, .notCirculated,
            .resolutionHasNoCondition:
            .wrongState
        case .nobodyAttended, .notInvited, .notAttended, .judicialBearsNothing, .itemHasLead: .conflictingRule
        case .agendaEmpty, .membersMissing, .unknownDepartment, .postOfAnotherDepartment, .notOnAgenda, .actionsMissing,
            .unknownTask, .leadDiffers:
            .invalidField
        case .notTheirs: .forbidden
        }
    }

    package var field: String {
        switch self {
        case .unknown, .noSuchResolution: "subject"
        case .alreadyRequested, .notConvened, .alreadyHeld, .notHeld, .nobodyAttended, .resolutionHasNoCondition: ""
        case .agendaEmpty: "items"
        case .membersMissing: "members"
        case .unknownDepartment, .notInvited, .notAttended, .notCirculated, .notTheirs: "department"
        case .postOfAnotherDepartment: "post"
        case .notOnAgenda: "item"
        case .opinionDiffers: "stance"
        case .actionsMissing, .unknownTask, .judicialBearsNothing, .leadDiffers, .itemHasLead: "actions"
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
        }
    }
}
