import EventSourcing
import Registry

extension CommandContext {
    /// Everything the registry holds of the person the command is addressed to.
    var registryBoundary: EventQuery {
        guard let tag = subject.tag else { return CommandContext.registrations(of: []) }
        return .tagged(tag, types: Set(RegistryEvent.Kind.allCases.map(\.rawValue)))
    }
}

extension Boundary {
    /// The registry's events in order.
    var registry: [RegistryEvent] {
        entries.compactMap { entry in
            if case .registry(let event) = entry.event { event } else { nil }
        }
    }

    func decidePerson(_ command: PersonCommand, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<HubEvent>]
    {
        try context.requireTime(notBefore: nil)
        do throws(PersonRefusal) {
            return try Person(replaying: registry).decide(command).map { $0.lifted(HubEvent.registry) }
        } catch {
            throw CommandRefusal(error)
        }
    }
}
