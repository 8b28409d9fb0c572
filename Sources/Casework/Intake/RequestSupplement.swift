package import EventSourcing
package import RuleBook

/// Tells the applicant, once and completely, which papers are missing.
package struct RequestSupplement: HubCommand {
    package static let name = "RequestSupplement"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.acceptApplication

    package var items: [ItemID]
    package var papers: [PaperCode]
    package var means: DeliveryMeans
    /// A supervisor's reason for a second request in the cycle.
    package var reason: SupplementReason?

    package init(items: [ItemID], papers: [PaperCode], means: DeliveryMeans, reason: SupplementReason? = nil) {
        self.items = items
        self.papers = papers
        self.means = means
        self.reason = reason
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.intake(.requestSupplement(self)), context)
    }
}
