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

    /// The registry's own events, and who was granted something of the person.
    package func boundary(_ context: CommandContext) -> EventQuery {
        guard let tag = context.subject.tag else { return context.registryBoundary }
        return context.registryBoundary.or(.tagged(tag, types: [ReferralEvent.Kind.disclosureGranted.rawValue]))
    }

    /// The newest cases in which somebody may still have to learn of it, at most 8.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        let cases = boundary.casesGranting.suffix(8)
        return cases.isEmpty ? nil : EventQuery(cases.map { EventQuery.Item(types: [], tags: [.caseFile($0)]) })
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard case .person(let person) = context.subject else { throw CommandRefusal(PersonRefusal.notRegistered) }
        return try boundary.decidePerson(.recordDetails(person, sealed: context.sealed), context)
    }
}
