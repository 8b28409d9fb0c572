package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Says that a referral was tried and could not be done.
package struct FailReferral: HubCommand {
    package static let name = "FailReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = .findings
    package static let action = Action.handleReferral

    package var code: FailureCode
    package var attemptedOn: [CivilDay]?
    package var attachments: [Attachment]?

    package init(code: FailureCode, attemptedOn: [CivilDay]? = nil, attachments: [Attachment]? = nil) {
        self.code = code
        self.attemptedOn = attemptedOn
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        if let attemptedOn, let sent = boundary.dispatchDay(context), attemptedOn.contains(where: { $0 < sent }) {
            throw ReferralRefusal.attemptBeforeDispatch.told
        }
        return try boundary.decideReferral(
            .fail(code, attemptedOn: attemptedOn ?? [], attachments: attachments ?? []), context)
    }
}
