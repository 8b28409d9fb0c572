package import EventSourcing
package import RuleBook

/// Says that it cannot be done and asks the centre to agree.
package struct RequestTermination: HubCommand {
    package static let name = "RequestTermination"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = .findings
    package static let action = Action.handleReferral

    package var code: FailureCode

    package init(code: FailureCode) {
        self.code = code
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.requestTermination(code), context)
    }
}
