package import EventSourcing
package import RuleBook

/// Says that an economic check that was asked for has begun.
package struct StartEconomicCheck: HubCommand {
    package static let name = "StartEconomicCheck"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.investigate

    package var inquiry: InquiryID

    package init(inquiry: InquiryID) {
        self.inquiry = inquiry
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decide(.inquiry(.startCheck(self)), context)
    }
}
