package import RuleBook

/// Ends a policy item from a day on.
package struct RetirePolicyItem: RuleCommand {
    package static let name = "RetirePolicyItem"

    package var retirement: PolicyItemRetirement

    package init(retirement: PolicyItemRetirement) {
        self.retirement = retirement
    }

    package var publication: RuleBookCommand { .retirePolicyItem(retirement) }
}
