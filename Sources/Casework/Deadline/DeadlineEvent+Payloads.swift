package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

extension DeadlineEvent {
    /// A running limit was stopped for a listed reason; its days do not count.
    package struct Paused: GroupedPayload {
        package let caseFile: CaseID
        /// The rule whose limit it is, `case.exit`.
        package let rule: DeadlineRuleID
        /// What the limit is about.
        package let instance: EventTag
        package let reason: DeadlineRule.PauseReason
        /// When it should run again.
        package let expectedUntil: CivilDay
        package let basis: String
        /// When the applicant was told, for the limits promised to them.
        package let noticeGivenAt: Instant?
        /// Whose run it is, where the rule runs once for each body; old pauses name none.
        package let body: DepartmentCode?

        package init(
            caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag, reason: DeadlineRule.PauseReason,
            expectedUntil: CivilDay, basis: String, noticeGivenAt: Instant? = nil, body: DepartmentCode? = nil
        ) {
            self.body = body
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
            self.reason = reason
            self.expectedUntil = expectedUntil
            self.basis = basis
            self.noticeGivenAt = noticeGivenAt
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "rule", "instance", "reason", "expectedUntil", "basis", "noticeGivenAt", "body"]
        ])
    }

    /// A stopped limit runs again.
    package struct Resumed: GroupedPayload {
        package let caseFile: CaseID
        package let rule: DeadlineRuleID
        package let instance: EventTag
        /// Whose run it is, where the rule runs once for each body.
        package let body: DepartmentCode?

        package init(caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag, body: DepartmentCode? = nil) {
            self.body = body
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "rule", "instance", "body"]])
    }

    /// A limit was made longer before it ended.
    package struct Extended: GroupedPayload {
        package let caseFile: CaseID
        package let rule: DeadlineRuleID
        package let instance: EventTag
        /// How much more, or how much in all.
        package let granted: DeadlineExtension
        package let basis: String
        /// The listed ground, where the rule lists any.
        package let ground: DeadlineRule.ExtensionGround?
        /// Whose run it is, where the rule runs once for each body; every run when none is named.
        package let body: DepartmentCode?

        package init(
            caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag, granted: DeadlineExtension, basis: String,
            body: DepartmentCode? = nil, ground: DeadlineRule.ExtensionGround? = nil
        ) {
            self.ground = ground
            self.body = body
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
            self.granted = granted
            self.basis = basis
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "rule", "instance", "granted", "basis", "body", "ground"]
        ])
    }
}
