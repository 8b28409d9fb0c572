package import EventSourcing
package import RuleBook

/// Records an investigation or assessment, once for all items that need it.
package struct RecordAssessment: HubCommand {
    package static let name = "RecordAssessment"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = .facts
    package static let action = Action.investigate

    package var kind: AssessmentKind
    package var people: [PersonReference]
    package var items: [ItemID]
    package var result: AssessmentResult
    package var referral: ReferralID?

    package init(
        kind: AssessmentKind, people: [PersonReference], items: [ItemID], result: AssessmentResult,
        referral: ReferralID? = nil
    ) {
        self.kind = kind
        self.people = people
        self.items = items
        self.result = result
        self.referral = referral
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.inquiry(.assess(self)), context)
    }
}
