package import EventSourcing
package import WorkingCalendar

/// What may be asked of the rule book: one version of one rule at a time.
package enum RuleBookCommand: Hashable, Sendable {
    case createHub(HubCreated)
    case registerDepartment(Department)
    case registerDepartmentKeys(DepartmentKeys)
    case publishPolicyItem(PolicyItem)
    case reviseDispatchCatalog(DispatchTask)
    case publishDeadlineRule(DeadlineRule)
    case publishCalendar(CalendarDocument)
}

/// The rules a publication can break.
package enum RuleBookRefusal: Error, Hashable, Sendable {
    case hubAlreadyCreated
    case hubCodeMalformed
    case labelEmpty
    case nextVersionIs(Int)
    case versionPublishedWithOtherContent(Int)
    case unknownDepartment(DepartmentCode)
    case departmentKindChanged(to: DepartmentKind)
    case postOfAnotherDepartment(PostCode)
    case postListedTwice(PostCode)
    case keyInUse(by: DepartmentCode)
    case unknownPolicyItem(PolicyItemCode)
    case judicialBodyIsAsked(DepartmentCode)
    case voluntaryBodyNeedsOffer(DepartmentCode)
    case offerToBodyThatMayNotDecline(DepartmentCode)
    case notExactlyOneLead
    case departmentListedTwice(DepartmentCode)
    case groupNeverGiven(FieldGroup, to: DepartmentCode)
    case ruleNeverStarts
    case ruleNeverStops
    case floorWithLadder
    case calendarVersionTaken(String)
    case calendarUnusable(CalendarError)
}

extension RuleBookRefusal {
    /// Stable code for programs.
    package var code: String {
        switch self {
        case .hubAlreadyCreated: "hub.alreadyCreated"
        case .hubCodeMalformed: "hub.codeMalformed"
        case .labelEmpty: "rules.labelEmpty"
        case .nextVersionIs: "rules.nextVersion"
        case .versionPublishedWithOtherContent: "rules.versionTaken"
        case .unknownDepartment: "rules.unknownDepartment"
        case .departmentKindChanged: "department.kindChanged"
        case .postOfAnotherDepartment: "department.foreignPost"
        case .postListedTwice: "department.postTwice"
        case .keyInUse: "department.keyInUse"
        case .unknownPolicyItem: "rules.unknownPolicyItem"
        case .judicialBodyIsAsked: "catalogue.judicialBody"
        case .voluntaryBodyNeedsOffer: "catalogue.needsOffer"
        case .offerToBodyThatMayNotDecline: "catalogue.needsReferral"
        case .notExactlyOneLead: "catalogue.oneLead"
        case .departmentListedTwice: "catalogue.departmentTwice"
        case .groupNeverGiven: "catalogue.groupNeverGiven"
        case .ruleNeverStarts: "deadline.noStart"
        case .ruleNeverStops: "deadline.noStop"
        case .floorWithLadder: "deadline.floorWithLadder"
        case .calendarVersionTaken: "calendar.versionTaken"
        case .calendarUnusable: "calendar.unusable"
        }
    }

    /// What is wrong and how to mend it.
    package var sentence: Label {
        switch self {
        case .hubAlreadyCreated:
            Label("本中心已建立。", "This hub was already created with other settings; start another log.")
        case .hubCodeMalformed: Label("中心代码应为 2 至 6 个大写字母。", "Use 2 to 6 capital letters as hub code.")
        case .labelEmpty: Label("名称不能为空。", "Give a Chinese and an English name.")
        case .nextVersionIs(let version):
            Label("版本号应为 \(version)。", "Publish it as version \(version); versions grow by one.")
        case .versionPublishedWithOtherContent(let version):
            Label(
                "版本 \(version) 已发布，内容不同。",
                "Version \(version) is published with other content; publish the change as the next version.")
        case .unknownDepartment(let code): Label("没有部门 \(code)。", "Register the department \(code) first.")
        case .departmentKindChanged(let kind):
            Label("部门性质不能改为 \(kind.rawValue)。", "A department keeps its kind; register a successor instead.")
        case .postOfAnotherDepartment(let post):
            Label("岗位 \(post) 不属于本部门。", "The post \(post) belongs to another department; remove it.")
        case .postListedTwice(let post): Label("岗位 \(post) 重复。", "The post \(post) is listed twice; remove one.")
        case .keyInUse(let code): Label("密钥已由 \(code) 使用。", "\(code) uses one of these keys; make new ones.")
        case .unknownPolicyItem(let code): Label("没有政策事项 \(code)。", "Publish the policy item \(code) first.")
        case .judicialBodyIsAsked(let code):
            Label("司法机关 \(code) 不接受转办。", "\(code) is a judicial body, which gets no referral; remove it.")
        case .voluntaryBodyNeedsOffer(let code):
            Label("社会力量 \(code) 只能征询，不能派单。", "\(code) is voluntary: make it an offer of its own.")
        case .offerToBodyThatMayNotDecline(let code):
            Label("\(code) 不能征询，应派单。", "\(code) may not decline: make it a referral.")
        case .notExactlyOneLead: Label("主办须恰有一个。", "Name exactly one lead.")
        case .departmentListedTwice(let code): Label("部门 \(code) 重复。", "\(code) is listed twice; remove one.")
        case .groupNeverGiven(let group, let code):
            Label("\(code) 不得获得 \(group.rawValue)。", "\(code) never gets \(group.rawValue); remove it from the slice.")
        case .ruleNeverStarts: Label("时限缺少起算事件。", "Name at least one event that starts the limit.")
        case .ruleNeverStops: Label("时限缺少终止事件。", "Name at least one event that stops the limit.")
        case .floorWithLadder: Label("最短期限不设催办。", "A floor cannot be late; set its ladder to none.")
        case .calendarVersionTaken(let version):
            Label("日历 \(version) 已发布，内容不同。", "The calendar \(version) is published with other content; use a new name.")
        case .calendarUnusable(let error): Label("日历有误：\(error)", "The calendar cannot be used: \(error)")
        }
    }
}
