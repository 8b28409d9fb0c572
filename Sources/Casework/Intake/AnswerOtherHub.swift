package import EventSourcing
package import RuleBook

/// Answers the hub that had handed us the case.
package struct AnswerOtherHub: HubCommand {
    package static let name = "AnswerOtherHub"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.dispatchReferral

    package var answer: HubAnswer

    package init(answer: HubAnswer) {
        self.answer = answer
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.answerHub(self)), context)
    }
}
