package import EventSourcing
package import RuleBook

/// Records what became of an appeal.
package struct RecordAppealResult: HubCommand {
    package static let name = "RecordAppealResult"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.ruleOnAppeal

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var result: AppealResult
    package var clause: String?
    package init(item: ItemID? = nil, result: AppealResult, clause: String? = nil) {
        self.item = item
        self.result = result
        self.clause = clause
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let id = context.addressedItem ?? item
        let decision = id.flatMap { boundary.last(.caseFile(.itemDecided), tagged: .item($0)) }
        return try boundary.decide(
            .review(.resolveAppeal(self, id, decidedBy: decision?.metadata.actor.account)), context)
    }
}
