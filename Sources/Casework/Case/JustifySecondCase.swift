package import EventSourcing
package import RuleBook

/// Says why a second open case of the same subject is right.
package struct JustifySecondCase: HubCommand {
    package static let name = "JustifySecondCase"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.linkCases

    package var other: CaseID
    package var reason: SecondCaseReason

    package init(other: CaseID, reason: SecondCaseReason) {
        self.other = other
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.justifySecond(self), context)
    }
}
