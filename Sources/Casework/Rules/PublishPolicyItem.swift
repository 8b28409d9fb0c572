package import RuleBook

/// Publishes a version of a policy item.
package struct PublishPolicyItem: RuleCommand {
    package static let name = "PublishPolicyItem"

    package var item: PolicyItem

    package init(item: PolicyItem) {
        self.item = item
    }

    package var publication: RuleBookCommand { .publishPolicyItem(item) }
}
