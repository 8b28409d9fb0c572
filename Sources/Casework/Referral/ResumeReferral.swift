package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Goes on after a hold; a pause that came with it ends.
package struct ResumeReferral: HubCommand {
    package static let name = "ResumeReferral"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.handleReferral

    /// May be left out while a promise stands.
    package var nextPromise: CivilDay?

    package init(nextPromise: CivilDay? = nil) {
        self.nextPromise = nextPromise
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let resumed = try boundary.decideReferral(.resume(nextPromise: nextPromise), context)
        return resumed.isEmpty ? [] : resumed + (try boundary.endingPause(context))
    }
}
