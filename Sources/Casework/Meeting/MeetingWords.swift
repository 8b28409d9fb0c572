package import Deadlines
package import EventSourcing
package import RuleBook

/// What sort of meeting it is.
package enum MeetingKind: String, CaseIterable, Codable, Hashable, Sendable {
    case jointMeeting, reviewPanel, onSitePanel
}

/// By which way a body gets invitation and extract.
package enum PaperOrFeed: String, CaseIterable, Codable, Hashable, Sendable {
    case paper, feed
}

/// What a body thinks of an item.
package enum OpinionStance: String, CaseIterable, Codable, Hashable, Sendable {
    case supports, supportsOnCondition, opposes, abstains
}

/// What has to happen before a resolution holds.
package enum ResolutionCondition: String, CaseIterable, Codable, Hashable, Sendable {
    case mediationFailed, mediationSucceeded, personFound, personNotFound, checkPassed, documentsArrived, consentGiven
}

/// One thing a meeting resolved: a task of the catalogue, who leads, who helps; dispatched as a referral.
package struct ResolutionAction: Codable, Hashable, Sendable {
    package let task: TaskCode
    package let kind: ReferralKind
    /// Agenda items it serves; none for supporting work.
    package let items: [ItemID]
    package let lead: DepartmentCode
    package let coHandlers: [DepartmentCode]
    /// What the meeting allowed; nothing means the catalogue's.
    package let limit: DeadlineLimit?

    package init(
        task: TaskCode, kind: ReferralKind, items: [ItemID] = [], lead: DepartmentCode,
        coHandlers: [DepartmentCode] = [], limit: DeadlineLimit? = nil
    ) {
        self.task = task
        self.kind = kind
        self.items = items
        self.lead = lead
        self.coHandlers = coHandlers
        self.limit = limit
    }
}

/// What one body reads in its extract: its own part and nobody else's work.
package struct ExtractedAction: Codable, Hashable, Sendable {
    package let resolution: ResolutionID
    package let task: TaskCode
    package let role: HandlingRole
    package let lead: DepartmentCode
    package let limit: DeadlineLimit?
    /// Whether it waits for a condition.
    package let isConditional: Bool

    package init(
        resolution: ResolutionID, task: TaskCode, role: HandlingRole, lead: DepartmentCode, limit: DeadlineLimit?,
        isConditional: Bool
    ) {
        self.resolution = resolution
        self.task = task
        self.role = role
        self.lead = lead
        self.limit = limit
        self.isConditional = isConditional
    }
}
