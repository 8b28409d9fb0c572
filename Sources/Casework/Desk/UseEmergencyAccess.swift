package import EventSourcing
package import RuleBook

/// Opens a case that is not the sender's for some hours because it cannot wait: the reason first, the review after.
package struct UseEmergencyAccess: HubCommand {
    package static let name = "UseEmergencyAccess"
    package static let subjectKind = SubjectKind.caseFile
    package static let sealedGroups: Set<FieldGroup> = [.narrative]
    package static let action = Action.useEmergencyAccess

    package var reason: EmergencyReason
    /// 1 through 24; 4 when left out.
    package var hours: Int?

    package init(reason: EmergencyReason, hours: Int? = nil) {
        self.reason = reason
        self.hours = hours
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        let hours = hours ?? 4
        guard (1...24).contains(hours) else { throw DeskRefusal.boxTooLong.told }
        // Still open: the same reason again opens nothing more.
        let isOpen = boundary.entries.contains { entry in
            guard case .casework(.desk(.emergencyAccessUsed(let used))) = entry.event,
                used.account == context.actor.account, used.reason == reason, used.hours == hours
            else { return false }
            return used.isOpen(at: context.now, usedAt: entry.recorded.recordedAt)
                && file.keeping.accesses[used.access]?.finding != .notJustified
        }
        if isOpen { return [] }
        let used = DeskEvent.EmergencyAccessUsed(
            caseFile: opened.caseFile, access: context.identifier(0), account: context.actor.account, reason: reason,
            hours: hours)
        return [
            Decided(
                .emergencyAccessUsed(used), tags: tags.union(context.sealed.map { .person($0.person) }),
                sealed: context.sealed)
        ]
    }
}

extension DeskEvent.EmergencyAccessUsed {
    /// Whether its time box still runs.
    package func isOpen(at now: Instant, usedAt: Instant) -> Bool {
        now.milliseconds < usedAt.milliseconds + Int64(hours) * 3_600_000
    }
}
