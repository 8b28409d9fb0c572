package import EventSourcing
package import RuleBook

/// Records what another hub answered.
package struct RecordHubAnswer: HubCommand {
    package static let name = "RecordHubAnswer"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.dispatchReferral

    package var hub: HubCode
    package var answer: HubAnswer
    /// Its own case number.
    package var number: EntityNumber?

    package init(hub: HubCode, answer: HubAnswer, number: EntityNumber? = nil) {
        self.hub = hub
        self.answer = answer
        self.number = number
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.recordHubAnswer(self)), context)
    }
}
