package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Reports an economic check.
package struct ReportEconomicCheck: HubCommand {
    package static let name = "ReportEconomicCheck"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.meansConclusion, .meansDetail]
    package static let action = Action.investigate

    package var inquiry: InquiryID
    package var band: MeansBand
    package var validUntil: CivilDay?

    package init(inquiry: InquiryID, band: MeansBand, validUntil: CivilDay? = nil) {
        self.inquiry = inquiry
        self.band = band
        self.validUntil = validUntil
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.inquiry(.reportCheck(self)), context)
    }
}
