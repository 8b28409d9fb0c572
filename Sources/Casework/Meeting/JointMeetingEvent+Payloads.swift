package import EventSourcing

extension JointMeetingEvent {
    /// A case needs more than one department at one table.
    package struct Requested: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let kind: MeetingKind
        package let isUrgent: Bool
        /// The department that asked; nothing when the centre or a station did.
        package let department: DepartmentCode?
        /// What it shall deal with; nothing means what triage sent to a meeting.
        package let items: [ItemID]?
        /// The referral whose return it shall rule on.
        package let disputes: ReferralID?

        package init(
            meeting: MeetingID, caseFile: CaseID, kind: MeetingKind, isUrgent: Bool,
            department: DepartmentCode? = nil, items: [ItemID]? = nil, disputes: ReferralID? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.kind = kind
            self.isUrgent = isUrgent
            self.department = department
            self.items = items
            self.disputes = disputes
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "kind", "isUrgent", "department", "items"],
            .otherReferrals: ["disputes"],
        ])
    }

    /// The meeting was called.
    package struct Convened: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let number: EntityNumber
        package let kind: MeetingKind
        package let meetsAt: Instant?
        /// All cases on the agenda, where there are several.
        package let cases: [CaseID]?

        package init(
            meeting: MeetingID, caseFile: CaseID, number: EntityNumber, kind: MeetingKind, meetsAt: Instant? = nil,
            cases: [CaseID]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.number = number
            self.kind = kind
            self.meetsAt = meetsAt
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "number", "kind", "meetsAt"], .otherReferrals: ["cases"],
        ])
    }

    /// An item of a case came on the agenda.
    package struct AgendaItemAdded: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let item: ItemID
        /// The meeting's number and time, where it had been called already.
        package let number: EntityNumber?
        package let meetsAt: Instant?

        package init(
            meeting: MeetingID, caseFile: CaseID, item: ItemID, number: EntityNumber? = nil, meetsAt: Instant? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.item = item
            self.number = number
            self.meetsAt = meetsAt
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "item", "number", "meetsAt"]
        ])
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
        /// The cases of these items, where there are several.
        package let cases: [CaseID]?
        /// Papers of these items that were there when it was invited.
        package let papers: [AgendaPaper]?

        package init(
            meeting: MeetingID, caseFile: CaseID, number: EntityNumber, department: DepartmentCode, items: [ItemID],
            meetsAt: Instant? = nil, delivery: PaperOrFeed, cases: [CaseID]? = nil, papers: [AgendaPaper]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.number = number
            self.department = department
            self.items = items
            self.meetsAt = meetsAt
            self.delivery = delivery
            self.cases = cases
            self.papers = papers
        }

        package static let fieldGroups = properties([
            .reference: [
                "meeting", "caseFile", "number", "department", "items", "meetsAt", "delivery", "cases", "papers",
            ]
        ])
    }

    /// A body took part.
    package struct MemberAttended: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let department: DepartmentCode
        package let post: PostCode?
        /// The agenda items it was there for; nothing in old events, which meant all it was invited to.
        package let items: [ItemID]?
        /// The cases of these items, where there are several.
        package let cases: [CaseID]?

        package init(
            meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, post: PostCode? = nil,
            items: [ItemID]? = nil, cases: [CaseID]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.post = post
            self.items = items
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "department", "post", "items", "cases"]
        ])
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
}
