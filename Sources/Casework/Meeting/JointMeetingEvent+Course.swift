package import EventSourcing
package import WorkingCalendar

extension JointMeetingEvent {
    /// The office will not call the meeting that was asked for.
    package struct Refused: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let reason: MeetingRefusalReason
        /// The department that had asked and now learns of it.
        package let department: DepartmentCode?

        package init(
            meeting: MeetingID, caseFile: CaseID, reason: MeetingRefusalReason, department: DepartmentCode? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.reason = reason
            self.department = department
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "reason", "department"]])
    }

    /// What was asked for is dealt with at another meeting.
    package struct RequestPlaced: GroupedPayload {
        /// The request.
        package let meeting: MeetingID
        package let caseFile: CaseID
        /// The meeting that takes it on its agenda.
        package let joins: MeetingID

        package init(meeting: MeetingID, caseFile: CaseID, joins: MeetingID) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.joins = joins
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "joins"]])
    }

    /// Papers were laid before the meeting for one item; only who is invited to the item learns of them.
    package struct PapersAdded: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let item: ItemID
        package let papers: [Attachment]

        package init(meeting: MeetingID, caseFile: CaseID, item: ItemID, papers: [Attachment]) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.item = item
            self.papers = papers
        }

        package static let fieldGroups = properties([.reference: ["meeting", "caseFile", "item", "papers"]])
    }

    /// A called meeting takes place at another time; its limit runs on.
    package struct Postponed: GroupedPayload {
        package let meeting: MeetingID
        /// Nothing for a regular meeting with an empty agenda.
        package let caseFile: CaseID?
        package let meetsAt: Instant
        package let reason: PostponementReason
        package let cases: [CaseID]?

        package init(
            meeting: MeetingID, caseFile: CaseID?, meetsAt: Instant, reason: PostponementReason,
            cases: [CaseID]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.meetsAt = meetsAt
            self.reason = reason
            self.cases = cases
        }

        // Bodies are told by the meeting alone: which cases others come for is not theirs to know.
        package static let fieldGroups = properties([
            .reference: ["meeting", "meetsAt", "reason"], .otherReferrals: ["caseFile", "cases"],
        ])
    }

    /// A called meeting does not take place; what was asked for waits again, and its limit runs on.
    package struct Cancelled: GroupedPayload {
        package let meeting: MeetingID
        /// Nothing for a regular meeting with an empty agenda.
        package let caseFile: CaseID?
        package let reason: PostponementReason
        package let cases: [CaseID]?

        package init(meeting: MeetingID, caseFile: CaseID?, reason: PostponementReason, cases: [CaseID]? = nil) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.reason = reason
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "reason"], .otherReferrals: ["caseFile", "cases"],
        ])
    }

    /// The minutes as a whole were signed; they stay at the office, bodies get extracts.
    package struct MinutesSigned: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let post: PostCode?
        package let attachments: [Attachment]
        package let cases: [CaseID]?

        package init(
            meeting: MeetingID, caseFile: CaseID, post: PostCode? = nil, attachments: [Attachment] = [],
            cases: [CaseID]? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.post = post
            self.attachments = attachments
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "post", "attachments"], .otherReferrals: ["cases"],
        ])
    }

    /// Nothing of the meeting is open any more.
    package struct Closed: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let cases: [CaseID]?

        package init(meeting: MeetingID, caseFile: CaseID, cases: [CaseID]? = nil) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.cases = cases
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile"], .otherReferrals: ["cases"],
        ])
    }

    /// The next meeting of a series is on the calendar; its agenda is collected from requests.
    package struct RegularScheduled: GroupedPayload {
        package let meeting: MeetingID
        /// The first meeting of the series, which may be this one.
        package let series: MeetingID
        package let kind: MeetingKind
        package let meetsOn: CivilDay
        /// Working days from one meeting to the next, 1 through 250.
        package let everyWorkingDays: Int

        package init(
            meeting: MeetingID, series: MeetingID, kind: MeetingKind, meetsOn: CivilDay, everyWorkingDays: Int
        ) {
            self.meeting = meeting
            self.series = series
            self.kind = kind
            self.meetsOn = meetsOn
            self.everyWorkingDays = everyWorkingDays
        }

        package static let fieldGroups = properties([
            .reference: ["meeting", "series", "kind", "meetsOn", "everyWorkingDays"]
        ])
    }

    /// No further meeting of the series follows this one.
    package struct SeriesEnded: GroupedPayload {
        package let meeting: MeetingID
        package let series: MeetingID

        package init(meeting: MeetingID, series: MeetingID) {
            self.meeting = meeting
            self.series = series
        }

        package static let fieldGroups = properties([.reference: ["meeting", "series"]])
    }
}
