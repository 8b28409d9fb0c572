package import RuleBook

/// Publishes a version of an entry of the dispatch catalogue.
package struct ReviseDispatchCatalog: RuleCommand {
    package static let name = "ReviseDispatchCatalog"

    package var task: DispatchTask

    package init(task: DispatchTask) {
        self.task = task
    }

    package var publication: RuleBookCommand { .reviseDispatchCatalog(task) }
}
