import CaseViews
import Casework
import RuleBook

// What the codes of casework are called on a page; the switches list every case, so a new code needs its words.

extension Label {
    func text(in language: Language) -> String {
        switch language {
        case .chinese: chinese
        case .english: english
        }
    }
}

extension DeadlineRule.PauseReason {
    var label: Label {
        switch self {
        case .applicant: Label("申请人原因", "applicant")
        case .expert: Label("鉴定或听证", "expert or hearing")
        case .court: Label("诉讼或仲裁", "court or arbitration")
        }
    }
}

extension TriagePath {
    var label: Label {
        switch self {
        case .handleHere: Label("中心办理", "handled here")
        case .refer: Label("转办", "referral")
        case .jointMeeting: Label("联席会议", "joint meeting")
        case .reviewPanel: Label("研判小组", "review panel")
        case .exceptional: Label("一事一议", "case-by-case decision")
        case .advanceRelief: Label("先行救助", "advance relief")
        case .informOnly: Label("政策告知", "information only")
        }
    }
}

extension DecisionResult {
    var label: Label {
        switch self {
        case .granted: Label("同意", "granted")
        case .partlyGranted: Label("部分同意", "partly granted")
        case .refused: Label("不同意", "refused")
        case .alreadyCovered: Label("已享受", "already covered")
        case .notApplicable: Label("不适用", "not applicable")
        case .noPolicyCovers: Label("无对应政策", "no policy covers it")
        }
    }
}

extension CaseRow.Item.State {
    var label: Label {
        switch self {
        case .added: Label("已提出", "asked for")
        case .triaged: Label("已研判", "triaged")
        case .decided: Label("已决定", "decided")
        case .notified: Label("已告知", "notified")
        case .notAccepted: Label("未予受理", "not accepted")
        case .withdrawn: Label("已撤回", "withdrawn")
        }
    }
}

extension CaseRow.Meeting.State {
    var label: Label {
        switch self {
        case .requested: Label("已提请", "requested")
        case .convened: Label("已召集", "convened")
        case .held: Label("已召开", "held")
        case .closed: Label("已结束", "closed")
        case .refused: Label("未予召开", "refused")
        case .cancelled: Label("已取消", "cancelled")
        case .placed: Label("已列入其他会议", "placed on another agenda")
        }
    }
}

extension ReferralOutcome {
    var label: Label {
        switch self {
        case .granted: Label("同意给予", "granted")
        case .partlyGranted: Label("部分给予", "partly granted")
        case .refused: Label("不予给予", "refused")
        case .serviceGiven: Label("已提供服务", "service given")
        case .contacted: Label("已联系上", "contacted")
        case .notFound: Label("未找到", "not found")
        case .foundRefusesContact: Label("找到但拒绝联系", "found, refuses contact")
        case .reconciled: Label("调解成功", "reconciled")
        case .partlyReconciled: Label("部分达成一致", "partly reconciled")
        case .notReconciled: Label("调解未成", "not reconciled")
        case .legalAidGranted: Label("已给予法律援助", "legal aid granted")
        case .informed: Label("已告知", "informed")
        case .assisted: Label("已帮扶", "assisted")
        }
    }
}

extension FailureCode {
    var label: Label {
        switch self {
        case .unreachable: Label("联系不上", "unreachable")
        case .personRefused: Label("本人拒绝", "the person refused")
        case .notEligibleAfterCheck: Label("核对后不符合条件", "not eligible after the check")
        case .deceased: Label("已去世", "deceased")
        case .movedAway: Label("已迁出", "moved away")
        case .resourceExhausted: Label("资源已用尽", "no means left")
        case .legalObstacle: Label("法律障碍", "a legal obstacle")
        }
    }
}

extension FollowUpKind {
    var label: Label {
        switch self {
        case .court: Label("诉讼", "court")
        case .arbitration: Label("仲裁", "arbitration")
        case .pairing: Label("结对帮扶", "pairing")
        case .serviceBegun: Label("已开始的服务", "a service already begun")
        }
    }
}

extension FollowUpStage {
    var label: Label {
        switch self {
        case .submitted: Label("已提交", "submitted")
        case .filed: Label("已立案", "filed")
        case .hearing: Label("审理中", "hearing")
        case .judged: Label("已判决", "judged")
        case .settled: Label("已调解", "settled")
        case .underway: Label("进行中", "under way")
        case .ended: Label("已结束", "ended")
        }
    }
}

extension FollowUpOutcome {
    var label: Label {
        switch self {
        case .achieved: Label("达到目的", "achieved")
        case .partlyAchieved: Label("部分达到", "partly achieved")
        case .notAchieved: Label("未达到", "not achieved")
        case .withdrawn: Label("撤回", "withdrawn")
        }
    }
}

extension DeadlineRule.Owner {
    var label: Label {
        switch self {
        case .centre: Label("救助中心", "centre")
        case .meetingOffice: Label("联席会议办公室", "joint-meeting office")
        case .town: Label("镇街", "town")
        case .lead: Label("主办部门", "lead department")
        case .department: Label("部门", "department")
        case .applicant: Label("申请人", "applicant")
        }
    }
}

extension Role {
    var label: Label {
        switch self {
        case .dispatcher: Label("调度员", "dispatcher")
        case .supervisor: Label("中心主管", "supervisor")
        case .approver: Label("复核人", "approver")
        case .meetingOffice: Label("联席会议办公室", "joint-meeting office")
        case .station: Label("镇街站点", "station")
        case .village: Label("村居协理员", "village assistant")
        case .department: Label("部门经办", "department")
        case .departmentHead: Label("部门负责人", "head of department")
        case .voluntary: Label("社会组织", "voluntary body")
        case .auditor: Label("审计", "auditor")
        case .operator: Label("系统管理员", "operator")
        }
    }
}
