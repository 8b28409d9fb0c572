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

/// How a meeting ruled on a disputed return.
package enum ReturnRuling: String, CaseIterable, Codable, Hashable, Sendable {
    /// The department keeps the matter, and may be designated.
    case confirmed
    /// The return was right: the matter goes elsewhere.
    case released
}

/// Why the office does not call a meeting that was asked for.
package enum MeetingRefusalReason: String, CaseIterable, Codable, Hashable, Sendable {
    case oneBodySuffices, notReady, dealtWithBefore, outsideRemit
}

/// Why a called meeting takes place later, or not at all.
package enum PostponementReason: String, CaseIterable, Codable, Hashable, Sendable {
    case membersUnavailable, papersMissing, applicantUnavailable, nothingToDealWith, circumstances
}

/// What a body may be given to do that is no referral.
package enum MeetingActionKind: String, CaseIterable, Codable, Hashable, Sendable {
    case giveOpinion, provideMaterials, visitTogether, assessTogether, coordinate, reportBack
}

/// A paper and the agenda item it belongs to.
package struct AgendaPaper: Codable, Hashable, Sendable {
    package let item: ItemID
    package let paper: Attachment

    package init(item: ItemID, paper: Attachment) {
        self.item = item
        self.paper = paper
    }
}

/// Something a body shall do that is no referral: one a body in one resolution.
package struct MeetingAssignment: Codable, Hashable, Sendable {
    package var department: DepartmentCode
    package var coHandlers: [DepartmentCode]?
    package var kind: MeetingActionKind
    /// Agenda items it serves; none for the whole case.
    package var items: [ItemID]?
    /// The rule's when left out.
    package var limit: DeadlineLimit?

    package init(
        department: DepartmentCode, coHandlers: [DepartmentCode]? = nil, kind: MeetingActionKind,
        items: [ItemID]? = nil, limit: DeadlineLimit? = nil
    ) {
        self.department = department
        self.coHandlers = coHandlers
        self.kind = kind
        self.items = items
        self.limit = limit
    }
}

/// What one body reads in its extract of an action that is no referral.
package struct ExtractedAssignment: Codable, Hashable, Sendable {
    package let resolution: ResolutionID
    package let kind: MeetingActionKind
    package let role: HandlingRole
    package let lead: DepartmentCode
    package let limit: DeadlineLimit?
    /// Whether it waits for a condition.
    package let isConditional: Bool

    package init(
        resolution: ResolutionID, kind: MeetingActionKind, role: HandlingRole, lead: DepartmentCode,
        limit: DeadlineLimit?, isConditional: Bool
    ) {
        self.resolution = resolution
        self.kind = kind
        self.role = role
        self.lead = lead
        self.limit = limit
        self.isConditional = isConditional
    }
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
    /// The version of the task on the meeting's day, by which it is dispatched; old resolutions name none.
    package let taskVersion: Int?

    package init(
        task: TaskCode, kind: ReferralKind, items: [ItemID] = [], lead: DepartmentCode,
        coHandlers: [DepartmentCode] = [], limit: DeadlineLimit? = nil, taskVersion: Int? = nil
    ) {
        self.taskVersion = taskVersion
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
