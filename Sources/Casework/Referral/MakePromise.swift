package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Says what a department will do and by when.
package struct MakePromise: HubCommand {
    package static let name = "MakePromise"
    package static let subjectKind = SubjectKind.referral
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.handleReferral

    package var what: PromisedAct
    /// The last day on which it is kept.
    package var by: CivilDay

    package init(what: PromisedAct, by: CivilDay) {
        self.what = what
        self.by = by
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        try boundary.decideReferral(.makePromise(what, by: by), context)
    }
}
