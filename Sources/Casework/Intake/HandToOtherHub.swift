package import EventSourcing
package import RuleBook

/// Hands items to the hub of another place (跨省通办).
package struct HandToOtherHub: HubCommand {
    package static let name = "HandToOtherHub"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.dispatchReferral

    package var items: [ItemID]
    package var hub: HubCode

    package init(items: [ItemID], hub: HubCode) {
        self.items = items
        self.hub = hub
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.handToHub(self)), context)
    }
}
