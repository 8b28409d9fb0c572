package import EventSourcing
import Registry
package import RuleBook

/// Ends an item because the person no longer asks for it.
package struct WithdrawItem: HubCommand {
    package static let name = "WithdrawItem"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.withdrawApplication

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    /// Who withdraws it.
    package var by: PersonReference
    package var reason: WithdrawalReason

    package init(item: ItemID? = nil, by: PersonReference, reason: WithdrawalReason) {
        self.item = item
        self.by = by
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    /// Who is a minor, and who may act for one.
    package func widening(_ boundary: Boundary, _ context: CommandContext) -> EventQuery? {
        person(boundary, context).map(CommandContext.guardians(of:))
    }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let whose = person(boundary, context)
        let voice = Voice(
            speaks: whose.map { boundary.maySpeak(by, for: $0) } ?? false,
            isForChild: whose.flatMap { boundary.registration(of: $0)?.minor } ?? false)
        return try boundary.decide(.intake(.withdrawItem(self, context.addressedItem, voice)), context)
    }

    /// Whom the item is for.
    private func person(_ boundary: Boundary, _ context: CommandContext) -> PersonReference? {
        guard let id = context.caseID, let item = context.addressedItem ?? item else { return nil }
        return boundary.caseFile(id).items[item]?.added.person
    }
}

extension WithdrawItem {
    /// What the registry says of who withdraws (`StateGuardians`).
    package struct Voice: Hashable, Sendable {
        /// Whether they may speak for whom the item is for.
        package let speaks: Bool
        /// Whether they would speak for a child.
        package let isForChild: Bool
    }
}
