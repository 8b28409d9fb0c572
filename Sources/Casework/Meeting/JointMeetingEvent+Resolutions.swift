package import Deadlines
package import EventSourcing

extension JointMeetingEvent {
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
        /// How it ruled on that referral; nothing in old events, which served for either.
        package let ruling: ReturnRuling?
        /// Actions that are not referrals, at most one a body.
        package let assignments: [MeetingAssignment]?

        package init(
            meeting: MeetingID, caseFile: CaseID, resolution: ResolutionID, condition: ResolutionCondition? = nil,
            actions: [ResolutionAction], designates: ReferralID? = nil, ruling: ReturnRuling? = nil,
            assignments: [MeetingAssignment]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.resolution = resolution
            self.condition = condition
            self.actions = actions
            self.designates = designates
            self.ruling = ruling
            self.assignments = assignments
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "resolution"],
            .otherReferrals: ["condition", "actions", "designates", "ruling", "assignments"],
        ])
    }

    /// The meeting took place.
    package struct Held: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let attachments: [Attachment]
        /// All cases on the agenda, where there are several.
        package let cases: [CaseID]?

        package init(meeting: MeetingID, caseFile: CaseID, attachments: [Attachment] = [], cases: [CaseID]? = nil) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.attachments = attachments
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "attachments"], .otherReferrals: ["cases"],
        ])
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
        /// The cases it attended or acts in, where there are several.
        package let cases: [CaseID]?
        /// The agenda items it attended.
        package let items: [ItemID]?
        /// Its own actions that are not referrals.
        package let assignments: [ExtractedAssignment]?

        package init(
            meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, delivery: PaperOrFeed,
            actions: [ExtractedAction], attachments: [Attachment] = [], cases: [CaseID]? = nil,
            items: [ItemID]? = nil, assignments: [ExtractedAssignment]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.delivery = delivery
            self.actions = actions
            self.attachments = attachments
            self.cases = cases
            self.items = items
            self.assignments = assignments
        }

        package static let fieldGroups = properties([
            .reference: [
                "meeting", "caseFile", "department", "delivery", "actions", "attachments", "cases", "items",
                "assignments",
            ]
        ])
    }

    /// A body confirmed its extract, or said nothing until the limit.
    package struct MinutesConfirmed: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Whether it said nothing, which is shown.
        package let isSilent: Bool
        /// The cases of its extract, where there are several.
        package let cases: [CaseID]?

        package init(
            meeting: MeetingID, caseFile: CaseID, department: DepartmentCode, isSilent: Bool, cases: [CaseID]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.department = department
            self.isSilent = isSilent
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "department", "isSilent", "cases"]
        ])
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

    /// A body that attended disagrees with a resolution; its words are sealed.
    package struct DissentRecorded: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let resolution: ResolutionID
        package let department: DepartmentCode

        package init(meeting: MeetingID, caseFile: CaseID, resolution: ResolutionID, department: DepartmentCode) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.resolution = resolution
            self.department = department
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "resolution", "department"]
        ])
    }

    /// A resolution in force gave a body something to do that is no referral.
    package struct ActionAssigned: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let resolution: ResolutionID
        /// Who has to do it; the action's name is resolution and department.
        package let department: DepartmentCode
        package let coHandlers: [DepartmentCode]
        package let kind: MeetingActionKind
        /// Agenda items it serves; none for the whole case.
        package let items: [ItemID]
        /// What the meeting allowed; nothing means the rule's.
        package let limit: DeadlineLimit?

        /// What a resolution assigned, once it is in force.
        package init(
            meeting: MeetingID, caseFile: CaseID, resolution: ResolutionID, assignment: MeetingAssignment
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.resolution = resolution
            department = assignment.department
            coHandlers = assignment.coHandlers ?? []
            kind = assignment.kind
            items = assignment.items ?? []
            limit = assignment.limit
        }

        package static let fieldGroups = properties([
            .reference: [
                "meeting", "caseFile", "resolution", "department", "coHandlers", "kind", "items", "limit",
            ]
        ])
    }

    /// A body did what the meeting had given it to do; its words are sealed.
    package struct ActionDone: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let resolution: ResolutionID
        package let department: DepartmentCode
        package let attachments: [Attachment]

        package init(
            meeting: MeetingID, caseFile: CaseID, resolution: ResolutionID, department: DepartmentCode,
            attachments: [Attachment] = []
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.resolution = resolution
            self.department = department
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "resolution", "department", "attachments"]
        ])
    }
}
