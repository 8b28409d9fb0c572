package import EventSourcing
package import RuleBook

/// Answers a courtesy request: the body itself, or the centre for what came on paper.
package struct AnswerInformation: HubCommand {
    package static let name = "AnswerInformation"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.answerInformation

    package var inquiry: InquiryID
    package var answer: InformationAnswer

    package init(inquiry: InquiryID, answer: InformationAnswer) {
        self.inquiry = inquiry
        self.answer = answer
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.inquiry(.answer(self)), context)
    }
}
