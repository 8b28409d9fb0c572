package import EventSourcing
package import RuleBook

/// Judges an emergency access afterwards, within five working days, by somebody who did not use it.
package struct ReviewEmergencyAccess: HubCommand {
    package static let name = "ReviewEmergencyAccess"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.reviewEmergencyAccess

    package var access: UniqueID
    package var finding: EmergencyFinding

    package init(access: UniqueID, finding: EmergencyFinding) {
        self.access = access
        self.finding = finding
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        guard let known = file.keeping.accesses[access] else { throw DeskRefusal.noSuchAccess.told }
        guard known.used.account != context.actor.account else { throw DeskRefusal.ownAccess.told }
        if let before = known.finding {
            guard before == finding else { throw DeskRefusal.alreadyReviewed.told }
            return []
        }
        let review = DeskEvent.EmergencyAccessReviewed(caseFile: opened.caseFile, access: access, finding: finding)
        return [Decided(.emergencyAccessReviewed(review), tags: tags)]
    }
}
