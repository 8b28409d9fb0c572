package import EventSourcing

extension JointMeetingEvent {
    /// A case needs more than one department at one table.
    package struct Requested: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let kind: MeetingKind
        package let isUrgent: Bool

        package init(meeting: MeetingID, caseFile: CaseID, kind: MeetingKind, isUrgent: Bool) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.kind = kind
            self.isUrgent = isUrgent
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "kind", "isUrgent"]])
    }

    /// The meeting was called.
    package struct Convened: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let number: EntityNumber
        package let kind: MeetingKind
        package let meetsAt: Instant?

        package init(
            meeting: MeetingID, caseFile: CaseID, number: EntityNumber, kind: MeetingKind, meetsAt: Instant? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.number = number
            self.kind = kind
            self.meetsAt = meetsAt
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "number", "kind", "meetsAt"]])
    }

    /// An item of a case came on the agenda.
    package struct AgendaItemAdded: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let item: ItemID

        package init(meeting: MeetingID, caseFile: CaseID, item: ItemID) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.item = item
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "item"]])
    }

    /// A body was invited to the items that concern it.
    package struct MemberInvited: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let number: EntityNumber
        package let department: DepartmentCode
        /// The agenda items it is invited to.
        package let items: [ItemID]
        package let meetsAt: Instant?
        /// A judicial body is invited on paper, never by feed.
        package let delivery: PaperOrFeed

        package init(
            meeting: MeetingID, caseFile: CaseID, number: EntityNumber, department: DepartmentCode, items: [ItemID],
            meetsAt: Instant? = nil, delivery: PaperOrFeed
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.number = number
            self.department = department
            self.items = items
            self.meetsAt = meetsAt
            self.delivery = delivery
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "number", "department", "items", "meetsAt", "delivery"]
        ])
    }

    /// A body took part.
    package struct MemberAttended: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let post: PostCode?

        package init(meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, post: PostCode? = nil) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.post = post
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "department", "post"]])
    }

    /// A body gave its opinion on one item; its words are sealed.
    package struct OpinionRecorded: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let item: ItemID
        package let stance: OpinionStance

        package init(
            meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, item: ItemID, stance: OpinionStance
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.item = item
            self.stance = stance
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "department", "item"], .narrative: ["stance"],
        ])
    }

    /// The meeting resolved what shall be done, by whom, and on what condition.
    package struct ResolutionAdopted: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let resolution: ResolutionID
        /// What has to happen first; nothing when it holds at once.
        package let condition: ResolutionCondition?
        package let actions: [ResolutionAction]
        /// The disputed referral whose department it confirms or releases.
        package let designates: ReferralID?

        package init(
            meeting: MeetingID, caseFile: CaseID, resolution: ResolutionID, condition: ResolutionCondition? = nil,
            actions: [ResolutionAction], designates: ReferralID? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.resolution = resolution
            self.condition = condition
            self.actions = actions
            self.designates = designates
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "resolution"], .otherReferrals: ["condition", "actions", "designates"],
        ])
    }

    /// The meeting took place.
    package struct Held: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let attachments: [Attachment]

        package init(meeting: MeetingID, caseFile: CaseID, attachments: [Attachment] = []) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.attachments = attachments
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "attachments"]])
    }

    /// One body got its own extract of the minutes.
    package struct MinutesCirculated: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let delivery: PaperOrFeed
        /// Only what this body itself shall do.
        package let actions: [ExtractedAction]
        package let attachments: [Attachment]

        package init(
            meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, delivery: PaperOrFeed,
            actions: [ExtractedAction], attachments: [Attachment] = []
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.delivery = delivery
            self.actions = actions
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "department", "delivery", "actions", "attachments"]
        ])
    }

    /// A body confirmed its extract, or said nothing until the limit.
    package struct MinutesConfirmed: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Whether it said nothing, which is shown.
        package let isSilent: Bool

        package init(meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, isSilent: Bool) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.isSilent = isSilent
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "department", "isSilent"]])
    }

    /// What a conditional resolution waited for has happened.
    package struct ConditionMet: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let resolution: ResolutionID
        /// The referral whose result shows it.
        package let evidence: ReferralID?

        package init(meeting: MeetingID, caseFile: CaseID, resolution: ResolutionID, evidence: ReferralID? = nil) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.resolution = resolution
            self.evidence = evidence
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "resolution"], .otherReferrals: ["evidence"],
        ])
    }
}
