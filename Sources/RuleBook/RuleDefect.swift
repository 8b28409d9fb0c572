package import EventSourcing

/// What is wrong with a rule book as a whole, though each entry alone is sound.
package enum RuleDefect: Hashable, Sendable {
    case townWithoutStation(TownCode)
    case villageWithoutPoint(TownCode, VillageCode)
    /// Something that can be asked for and that the catalogue sends to nobody.
    case itemWithoutTask(PolicyItemCode)
    case retiredItemInTask(TaskCode, PolicyItemCode)
    case succeededInItem(PolicyItemCode, DepartmentCode, by: DepartmentCode)
    case succeededInTask(TaskCode, DepartmentCode, by: DepartmentCode)
    /// An item's handling may stand still for a reason its clock does not know.
    case pauseNotAllowed(PolicyItemCode, DeadlineRule.PauseReason)

    /// Stable code for scripts.
    package var code: String {
        switch self {
        case .townWithoutStation: "rules.townWithoutStation"
        case .villageWithoutPoint: "rules.villageWithoutPoint"
        case .itemWithoutTask: "rules.itemWithoutTask"
        case .retiredItemInTask: "rules.retiredItemInTask"
        case .succeededInItem: "rules.succeededInItem"
        case .succeededInTask: "rules.succeededInTask"
        case .pauseNotAllowed: "rules.pauseNotAllowed"
        }
    }

    /// Section and name of the entry to mend.
    package var subject: (section: String, name: String) {
        switch self {
        case .townWithoutStation(let town), .villageWithoutPoint(let town, _): ("towns", town.description)
        case .itemWithoutTask(let item), .succeededInItem(let item, _, _), .pauseNotAllowed(let item, _):
            ("policyItems", item.description)
        case .retiredItemInTask(let task, _), .succeededInTask(let task, _, _): ("catalogue", task.description)
        }
    }

    /// What is wrong.
    package var sentence: Label {
        switch self {
        case .townWithoutStation(let town): Label("镇街 \(town) 没有救助工作站。", "The town \(town) has no station of its own.")
        case .villageWithoutPoint(let town, let village):
            Label("\(town) 的村 \(village) 没有服务点。", "The village \(village) of \(town) has no service point.")
        case .itemWithoutTask(let item):
            Label("事项 \(item) 不在派单目录中。", "No task of the catalogue serves the item \(item).")
        case .retiredItemInTask(let task, let item):
            Label("派单 \(task) 仍列有已停办的 \(item)。", "The task \(task) still serves \(item), which is retired.")
        case .succeededInItem(let item, let old, let new):
            Label("事项 \(item) 仍归 \(old)，其职责已由 \(new) 承继。", "\(item) is still \(old)'s, which \(new) succeeded.")
        case .succeededInTask(let task, let old, let new):
            Label("派单 \(task) 仍列有 \(old)，其职责已由 \(new) 承继。", "\(task) still names \(old), which \(new) succeeded.")
        case .pauseNotAllowed(let item, let reason):
            Label(
                "时限 referral.handle 不因 \(reason.rawValue) 暂停，事项 \(item) 却这样写。",
                "\(item) may pause for \(reason.rawValue), for which referral.handle does not.")
        }
    }

    /// What to do.
    package var remedy: Label {
        switch self {
        case .townWithoutStation:
            Label("在 stations 中加一个不写 village 的站点。", "Add a station without village to its stations.")
        case .villageWithoutPoint(_, let village):
            Label("加一个 village: \(village) 的站点。", "Add a station with village: \(village).")
        case .itemWithoutTask: Label("在 catalogue 中加一项任务，items 列出它。", "Add a task to catalogue that lists it in items.")
        case .retiredItemInTask(_, let item):
            Label("发布新版本，去掉 \(item)。", "Publish a new version without \(item).")
        case .succeededInItem(_, _, let new), .succeededInTask(_, _, let new):
            Label("发布新版本，部门写 \(new)。", "Publish a new version that names \(new).")
        case .pauseNotAllowed(_, let reason):
            Label("从 pauses 去掉 \(reason.rawValue)。", "Remove \(reason.rawValue) from pauses.")
        }
    }
}

extension RuleBook {
    /// Everything wrong with the newest versions taken together, sorted by kind and name.
    package var defects: [RuleDefect] { townDefects + itemDefects + taskDefects }

    private var townDefects: [RuleDefect] {
        towns.flatMap { town in
            let served = Set(town.stations.compactMap(\.village))
            let own: [RuleDefect] =
                town.stations.contains { $0.village == nil } ? [] : [.townWithoutStation(town.code)]
            return own
                + town.villages.filter { !served.contains($0.code) }.map { .villageWithoutPoint(town.code, $0.code) }
        }
    }

    private var itemDefects: [RuleDefect] {
        let served = Set(tasks.flatMap(\.items))
        let pausable = DeadlineRuleID("referral.handle").flatMap { deadlineRule($0) }?.pausable
        return policyItems.filter { retirement(of: $0.code) == nil }.flatMap { item in
            var defects: [RuleDefect] = served.contains(item.code) ? [] : [.itemWithoutTask(item.code)]
            if let heir = succession(of: item.department)?.successor {
                defects.append(.succeededInItem(item.code, item.department, by: heir))
            }
            if let pausable {
                defects += (item.pauses ?? []).filter { !pausable.contains($0) }.map { .pauseNotAllowed(item.code, $0) }
            }
            return defects
        }
    }

    private var taskDefects: [RuleDefect] {
        tasks.flatMap { task in
            task.items.filter { retirement(of: $0) != nil }.map { .retiredItemInTask(task.code, $0) }
                + task.participants.compactMap { participant in
                    succession(of: participant.department).map {
                        .succeededInTask(task.code, participant.department, by: $0.successor)
                    }
                }
        }
    }
}
