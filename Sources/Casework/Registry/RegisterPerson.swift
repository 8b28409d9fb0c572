package import EventSourcing
import Registry
package import RuleBook

/// Enters a person into the registry; the desk has given the reference after looking up the identity number.
///
/// Sealed parts: `identity` is required, `contact` and other facts may come with it.
package struct RegisterPerson: HubCommand {
    package static let name = "RegisterPerson"
    package static let subjectKind = SubjectKind.person
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.registerPeople

    /// Whether the person is under 18; no when left out.
    package var minor: Bool?

    package init(minor: Bool? = nil) {
        self.minor = minor
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.registryBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .person(let person) = context.subject else { throw CommandRefusal(PersonRefusal.notRegistered) }
        return try boundary.decidePerson(.register(person, minor: minor ?? false, sealed: context.sealed), context)
    }
}
