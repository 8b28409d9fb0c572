package import RuleBook

/// Registers a town with its villages and stations, or a new version of one.
package struct RegisterTown: RuleCommand {
    package static let name = "RegisterTown"

    package var town: Town

    package init(town: Town) {
        self.town = town
    }

    package var publication: RuleBookCommand { .registerTown(town) }
}
