package import EventSourcing
package import RuleBook

/// Records what the person said when asked whether help arrived.
package struct VerifyOutcome: HubCommand {
    package static let name = "VerifyOutcome"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.verifyOutcome

    package var result: VerifiedOutcome
    package var means: DeliveryMeans
    package init(result: VerifiedOutcome, means: DeliveryMeans) {
        self.result = result
        self.means = means
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        // Callers-back of earlier cycles have handled nothing.
        let handlers = boundary.entries.filter { entry in
            guard let id = context.caseID, entry.recorded.tags.contains(.caseFile(id)) else { return false }
            return entry.recorded.type != ReviewEvent.Kind.verified.rawValue
        }.map(\.metadata.actor.account)
        return try boundary.decide(.review(.verify(self, handlers: Set(handlers))), context)
    }
}
