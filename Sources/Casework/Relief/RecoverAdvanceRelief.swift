package import EventSourcing
package import RuleBook

/// Records that advance relief was taken back.
package struct RecoverAdvanceRelief: HubCommand {
    package static let name = "RecoverAdvanceRelief"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.grantAdvanceRelief

    /// In fen, more than 0.
    package var amount: Int64
    package var reason: RecoveryReason

    package init(amount: Int64, reason: RecoveryReason) {
        self.amount = amount
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.relief(.recover(self)), context)
    }
}
