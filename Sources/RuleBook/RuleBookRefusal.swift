package import EventSourcing
package import WorkingCalendar

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
    case codeOfTown(DepartmentCode)
    case codeOfDepartment(TownCode)
    case villageListedTwice(VillageCode)
    case unknownVillage(VillageCode)
    case stationListedTwice(StationCode)
    case postOutsideTown(PostCode, TownCode)
    case unknownPost(PostCode)
    case tenureEndsBeforeItBegins
    case holderOverlaps(PostCode, until: CivilDay)
    case departmentSucceeded(DepartmentCode, by: DepartmentCode)
    case successorOfOtherKind(DepartmentCode, DepartmentKind)
    case successionInCircle(DepartmentCode)
    case effectiveTooEarly(before: CivilDay)
    case itemRetired(PolicyItemCode, from: CivilDay)
    case promiseLongerThanLaw
    case delegationMalformed
    case unknownTown(TownCode)
    case townDutyNotStated(DepartmentCode)
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
    /// A limit that no pause can lengthen says that it may be paused.
    case limitRunsOn
    /// A rule that may be extended lists no ground.
    case extensionWithoutGround
    /// The longest a limit may be extended to is no longer than the limit.
    case extensionTooShort
    case calendarVersionTaken(String)
    case calendarUnusable(CalendarError)
    /// A day of an announced year is otherwise, and no correction says why.
    case calendarContradicts(CivilDay, version: String)
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
        case .codeOfTown: "department.codeOfTown"
        case .codeOfDepartment: "town.codeOfDepartment"
        case .villageListedTwice: "town.villageTwice"
        case .unknownVillage: "town.unknownVillage"
        case .unknownTown: "town.unknown"
        case .delegationMalformed: "item.delegationMalformed"
        case .stationListedTwice: "town.stationTwice"
        case .postOutsideTown: "town.foreignPost"
        case .unknownPost: "holder.unknownPost"
        case .tenureEndsBeforeItBegins: "holder.endsBeforeItBegins"
        case .holderOverlaps: "holder.overlap"
        case .departmentSucceeded: "department.succeeded"
        case .successorOfOtherKind: "department.successorKind"
        case .successionInCircle: "department.successionCircle"
        case .effectiveTooEarly: "rules.effectiveTooEarly"
        case .itemRetired: "policyItem.retired"
        case .promiseLongerThanLaw: "policyItem.promiseTooLong"
        case .townDutyNotStated: "catalogue.townDuty"
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
        case .limitRunsOn: "deadline.limitRunsOn"
        case .extensionWithoutGround: "deadline.extensionGround"
        case .extensionTooShort: "deadline.extensionTotal"
        case .calendarVersionTaken: "calendar.versionTaken"
        case .calendarUnusable: "calendar.unusable"
        case .calendarContradicts: "calendar.contradicts"
        }
    }

    /// What is wrong and how to mend it.
    package var sentence: Label {
        switch self {
        case .hubAlreadyCreated:
            Label("本中心已建立且设置不同，请另建日志。", "This hub was already created with other settings; start another log.")
        case .hubCodeMalformed: Label("中心代码应为 2 至 6 个大写字母。", "Use 2 to 6 capital letters as hub code.")
        case .labelEmpty: Label("名称不能为空，请写中文名和英文名。", "Give a Chinese and an English name.")
        case .nextVersionIs(let version):
            Label("版本号应为 \(version)，逐一递增。", "Publish it as version \(version); versions grow by one.")
        case .versionPublishedWithOtherContent(let version):
            Label(
                "版本 \(version) 已发布，内容不同；请把改动作为下一版本发布。",
                "Version \(version) is published with other content; publish the change as the next version.")
        case .unknownDepartment(let code): Label("没有部门 \(code)，请先登记。", "Register the department \(code) first.")
        case .departmentKindChanged(let kind):
            Label("部门性质不能改为 \(kind.rawValue)，请另行登记承继部门。", "A department keeps its kind; register a successor instead.")
        case .postOfAnotherDepartment(let post):
            Label("岗位 \(post) 不属于本部门，请删去。", "The post \(post) belongs to another department; remove it.")
        case .postListedTwice(let post): Label("岗位 \(post) 重复，请删去一个。", "The post \(post) is listed twice; remove one.")
        case .keyInUse(let code): Label("密钥已由 \(code) 使用，请另行生成。", "\(code) uses one of these keys; make new ones.")
        case .codeOfTown(let code): Label("\(code) 是镇街代码，请换一个。", "\(code) is the code of a town; choose another.")
        case .codeOfDepartment(let code):
            Label("\(code) 是部门代码，请换一个。", "\(code) is the code of a department; choose another.")
        case .villageListedTwice(let code):
            Label("村 \(code) 重复，请删去一个。", "The village \(code) is listed twice; remove one.")
        case .unknownVillage(let code):
            Label("本镇没有村 \(code)，请先列入 villages。", "The town has no village \(code); list it in villages first.")
        case .stationListedTwice(let code):
            Label("站点 \(code) 重复，请换一个代码。", "The station \(code) exists already; give this one another code.")
        case .postOutsideTown(let post, let town):
            Label("岗位 \(post) 不属于本镇，应写成 \(town)/…。", "The post \(post) is not of this town; write \(town)/….")
        case .unknownPost(let post):
            Label("没有岗位 \(post)，请先登记部门或站点的岗位。", "There is no post \(post); register it with its body first.")
        case .tenureEndsBeforeItBegins:
            Label("止日早于起日，请改正 until。", "It ends before it begins; correct until.")
        case .holderOverlaps(let post, let day):
            Label(
                "岗位 \(post) 到 \(day) 已有任职者，起日应更晚。",
                "The post \(post) is held until \(day); begin later than that.")
        case .departmentSucceeded(let code, let successor):
            Label("\(code) 的职责已由 \(successor) 承继，请改写。", "\(successor) has taken over from \(code); name it instead.")
        case .successorOfOtherKind(let code, let kind):
            Label(
                "承继部门 \(code) 的性质应为 \(kind.rawValue)。",
                "The successor \(code) must be \(kind.rawValue) too; choose another.")
        case .successionInCircle(let code):
            Label("承继关系成环，回到 \(code)。", "The successions lead back to \(code); choose another successor.")
        case .effectiveTooEarly(let day):
            Label("生效日应晚于前一版本的 \(day)。", "Let it take effect after \(day), the day of the version before.")
        case .itemRetired(let code, let day):
            Label("事项 \(code) 自 \(day) 起已停办，请用新代码。", "\(code) is retired from \(day) on; publish it under a new code.")
        case .promiseLongerThanLaw:
            Label("承诺期限长于法定期限，请缩短 limit。", "What is promised is longer than the law allows; shorten limit.")
        case .delegationMalformed:
            Label(
                "委托须写明镇街（各一次）、依据，金额上限大于零。",
                "A delegation names its towns, each once, the paper it rests on, and a cap above 0 if any.")
        case .unknownTown(let code): Label("没有镇街 \(code)，请先登记。", "Register the town \(code) first.")
        case .townDutyNotStated(let code):
            Label(
                "县级事项派给镇街 \(code) 须写明依据 townDuty。",
                "A duty goes down to the town \(code) only where it is written; give the clause as townDuty.")
        case .unknownPolicyItem(let code): Label("没有政策事项 \(code)，请先发布。", "Publish the policy item \(code) first.")
        case .judicialBodyIsAsked(let code):
            Label("司法机关 \(code) 不接受转办，请删去。", "\(code) is a judicial body, which gets no referral; remove it.")
        case .voluntaryBodyNeedsOffer(let code):
            Label("社会力量 \(code) 只能征询，请单列为 offer。", "\(code) is voluntary: make it an offer of its own.")
        case .offerToBodyThatMayNotDecline(let code):
            Label("\(code) 不能征询，应派单。", "\(code) may not decline: make it a referral.")
        case .notExactlyOneLead: Label("主办须恰有一个，请改正。", "Name exactly one lead.")
        case .departmentListedTwice(let code): Label("部门 \(code) 重复，请删去一个。", "\(code) is listed twice; remove one.")
        case .groupNeverGiven(let group, let code):
            Label(
                "\(code) 不得获得 \(group.rawValue)，请从 slice 删去。",
                "\(code) never gets \(group.rawValue); remove it from the slice.")
        case .ruleNeverStarts: Label("时限缺少起算事件，请补上 start。", "Name at least one event that starts the limit.")
        case .ruleNeverStops: Label("时限缺少终止事件，请补上 stop。", "Name at least one event that stops the limit.")
        case .floorWithLadder: Label("最短期限不设催办，请把 ladder 写成 none。", "A floor cannot be late; set its ladder to none.")
        case .limitRunsOn:
            Label(
                "按小时、按月或定日的期限不能中止，请清空 pausable。",
                "A limit in hours or months, or to a set date, runs on; leave pausable empty.")
        case .extensionWithoutGround:
            Label("可延长的时限须列出理由，请补上 grounds。", "List the grounds on which it may be extended, or leave extendable out.")
        case .extensionTooShort: Label("total 应长于 limit，请改正。", "Let total be more than the limit itself.")
        case .calendarVersionTaken(let version):
            Label(
                "日历 \(version) 已发布，内容不同；请换一个名称。",
                "The calendar \(version) is published with other content; use a new name.")
        case .calendarUnusable(let error): Label("日历有误，请改正：\(error)", "The calendar cannot be used: \(error)")
        case .calendarContradicts(let day, let version):
            Label(
                "\(day) 与已公布的日历 \(version) 不符；确属更正的，在 notice.correction 写明理由。",
                "\(day) is otherwise in \(version), which was announced; say why in notice.correction if it is a correction."
            )
        }
    }
}
