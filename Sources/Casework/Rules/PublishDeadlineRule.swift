package import RuleBook

/// Publishes a version of a limit.
package struct PublishDeadlineRule: RuleCommand {
    package static let name = "PublishDeadlineRule"

    package var rule: DeadlineRule

    package init(rule: DeadlineRule) {
        self.rule = rule
    }

    package var publication: RuleBookCommand { .publishDeadlineRule(rule) }
}
