package import EventSourcing
import Registry
package import RuleBook

/// Adds or renews what is known of a registered person; all of it comes sealed.
package struct RecordPersonDetails: HubCommand {
    package static let name = "RecordPersonDetails"
    package static let subjectKind = SubjectKind.person
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.registerPeople

    package init() {}

    package func boundary(_ context: CommandContext) -> EventQuery { context.registryBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .person(let person) = context.subject else { throw CommandRefusal(PersonRefusal.notRegistered) }
        return try boundary.decidePerson(.recordDetails(person, sealed: context.sealed), context)
    }
}
