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

        package init(
            caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag, reason: DeadlineRule.PauseReason,
            expectedUntil: CivilDay, basis: String, noticeGivenAt: Instant? = nil
        ) {
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
            self.reason = reason
            self.expectedUntil = expectedUntil
            self.basis = basis
            self.noticeGivenAt = noticeGivenAt
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "rule", "instance", "reason", "expectedUntil", "basis", "noticeGivenAt"]
        ])
    }

    /// A stopped limit runs again.
    package struct Resumed: GroupedPayload {
        package let caseFile: CaseID
        package let rule: DeadlineRuleID
        package let instance: EventTag

        package init(caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag) {
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "rule", "instance"]])
    }

    /// A limit was made longer before it ended.
    package struct Extended: GroupedPayload {
        package let caseFile: CaseID
        package let rule: DeadlineRuleID
        package let instance: EventTag
        /// How much more, or how much in all.
        package let granted: DeadlineExtension
        package let basis: String

        package init(
            caseFile: CaseID, rule: DeadlineRuleID, instance: EventTag, granted: DeadlineExtension, basis: String
        ) {
            self.caseFile = caseFile
            self.rule = rule
            self.instance = instance
            self.granted = granted
            self.basis = basis
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "rule", "instance", "granted", "basis"]])
    }
}
