package import RuleBook

/// Says who holds a post from a day on.
package struct ChangePostHolder: RuleCommand {
    package static let name = "ChangePostHolder"

    package var tenure: PostTenure

    package init(tenure: PostTenure) {
        self.tenure = tenure
    }

    package var publication: RuleBookCommand { .changePostHolder(tenure) }
}
