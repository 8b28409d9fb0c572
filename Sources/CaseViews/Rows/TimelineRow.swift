package import EventSourcing
package import RuleBook

/// One event of a case in words: who, when, what, who was told; made of codes only.
package struct TimelineRow: Codable, Hashable, Sendable {
    package let position: Position
    package let recordedAt: Instant
    package let occurredAt: Instant
    /// Stored name of the event, `ReferralAccepted`.
    package let eventType: String
    /// What it is about: `referral:<uuid>`, or the case itself.
    package let subject: EventTag
    package let subjectNumber: EntityNumber?
    package let actorAccount: AccountID
    package let actorPost: PostCode?
    package let actorDepartment: DepartmentCode?
    package let actorRole: String
    /// The door it came through: `http`, `feed`, `cli`, `system`.
    package let channel: String
    package let externalReference: String?
    /// Departments that got a feed entry of it.
    package let informed: [DepartmentCode]
    package let summary: Label

    package init(
        of event: RecordedEvent, meta: EventMetadata, subject: EventTag, subjectNumber: EntityNumber?,
        informed: [DepartmentCode], summary: Label
    ) {
        position = event.position
        recordedAt = event.recordedAt
        occurredAt = event.occurredAt
        eventType = event.type
        self.subject = subject
        self.subjectNumber = subjectNumber
        actorAccount = meta.actor.account
        actorPost = meta.actor.post
        actorDepartment = meta.actor.department
        actorRole = meta.actor.role
        channel = meta.channel
        externalReference = meta.externalReference
        self.informed = informed
        self.summary = summary
    }
}
