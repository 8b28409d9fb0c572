package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

extension DeadlineEvent {
    /// A running limit reached a rung of the ladder; it happened at the instant it was reached, however late it was
    /// noticed.
    ///
    /// Each rung of each run of a limit is crossed once. Whoever was told stands here, so that a later change of posts
    /// or rules changes nothing of what was.
    package struct Crossed: GroupedPayload {
        /// Nothing for the limit of a request that is no case yet.
        package let caseFile: CaseID?
        package let request: HelpRequestID?
        /// The rule whose limit it is, `case.exit`.
        package let rule: DeadlineRuleID
        /// What the limit is about.
        package let instance: EventTag
        /// Whose run it is, where the rule runs once for each body.
        package let body: DepartmentCode?
        /// Which run: 1, then one more after each rework, review or reopening.
        package let cycle: Int
        /// 1 due soon, 2 the last day, 3 to 5 late by one, three and five working days.
        package let level: LadderLevel
        /// Who is told, sorted; nobody where a higher rung was crossed meanwhile or nothing is asked any more.
        package let told: [NoticeRecipient]
        /// Told at once at any hour, as an emergency is.
        package let isUrgent: Bool
        /// The body that has to act, which learns of it by its feed; nothing for the centre's own, and where nothing is
        /// asked any more.
        package let owner: DepartmentCode?
        /// Number of the supervision (督办) this opens, 1, 2 … within the case or request; nothing for other rungs.
        package let supervision: Int?

        package init(
            caseFile: CaseID?, request: HelpRequestID? = nil, rule: DeadlineRuleID, instance: EventTag,
            body: DepartmentCode? = nil, cycle: Int, level: LadderLevel, told: [NoticeRecipient], isUrgent: Bool,
            owner: DepartmentCode? = nil, supervision: Int? = nil
        ) {
            self.caseFile = caseFile
            self.request = request
            self.rule = rule
            self.instance = instance
            self.body = body
            self.cycle = cycle
            self.level = level
            self.told = told
            self.isUrgent = isUrgent
            self.owner = owner
            self.supervision = supervision
        }

        package static let fieldGroups = properties([
            .reference: [
                "caseFile", "request", "rule", "instance", "body", "cycle", "level", "told", "isUrgent", "owner",
                "supervision",
            ]
        ])

        /// Whether it is the same rung of the same run.
        func isSame(as other: Self) -> Bool {
            rule == other.rule && instance == other.instance && body == other.body && cycle == other.cycle
                && level == other.level
        }
    }
}

extension LadderLevel {
    /// What people call it.
    package var label: Label {
        switch self {
        case .warning: Label("时限临期", "due soon")
        case .dueDay: Label("今日到期", "due today")
        case .overdue1: Label("超期催办", "late by a working day")
        case .overdue3: Label("超期督办", "late by three working days")
        case .overdue5: Label("超期通报", "late by five working days")
        }
    }
}

extension DeadlineEvent {
    /// Somebody at the centre reminded whoever has to act (催办), beside what the ladder tells by itself.
    package struct Reminded: GroupedPayload {
        package let caseFile: CaseID
        /// The rule whose limit it is.
        package let rule: DeadlineRuleID
        package let instance: EventTag
        /// Whose run it is, where the rule runs once for each body.
        package let body: DepartmentCode?
        /// 1, 2 … within the case; the number on the printed notice.
        package let serial: Int
        /// The civil day of the reminder.
        package let day: CivilDay
        /// Who is told, sorted.
        package let told: [NoticeRecipient]

        package init(
            caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag, body: DepartmentCode? = nil, serial: Int,
            day: CivilDay, told: [NoticeRecipient]
        ) {
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
            self.body = body
            self.serial = serial
            self.day = day
            self.told = told
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "rule", "instance", "body", "serial", "day", "told"]
        ])
    }

    /// A recipient's notices were read, up to a place.
    package struct NoticesRead: GroupedPayload {
        package let recipient: NoticeRecipient
        /// Position of the newest notice read.
        package let through: Int

        package init(recipient: NoticeRecipient, through: Int) {
            self.recipient = recipient
            self.through = through
        }

        package static let fieldGroups = properties([.reference: ["recipient", "through"]])
    }
}
