/// All commands by name; what is not here cannot be asked for.
package enum CommandBook {
    /// Every command, in the order of a case's life.
    package static let commands: [any HubCommand.Type] = []

    /// All names, sorted.
    package static var names: [String] { commands.map { $0.name }.sorted() }

    /// The command of this name, if there is one.
    package static func type(named name: String) -> (any HubCommand.Type)? {
        byName[name]
    }

    private static let byName: [String: any HubCommand.Type] = Dictionary(
        uniqueKeysWithValues: commands.map { ($0.name, $0) })
}
