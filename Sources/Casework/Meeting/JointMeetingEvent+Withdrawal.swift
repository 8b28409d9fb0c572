package import EventSourcing

extension JointMeetingEvent {
    /// One item left the agenda before the meeting dealt with it; what was asked for it waits again.
    package struct AgendaItemWithdrawn: GroupedPayload {
        package let meeting: MeetingID
        package let caseFile: CaseID
        package let item: ItemID
        package let reason: PostponementReason
        /// Bodies that were to come for this item of the case alone.
        package let departments: [DepartmentCode]?
        /// The request that waits again, where its last item left the table it was placed on.
        package let request: MeetingID?

        package init(
            meeting: MeetingID, caseFile: CaseID, item: ItemID, reason: PostponementReason,
            departments: [DepartmentCode]? = nil, request: MeetingID? = nil
        ) {
            self.meeting = meeting
            self.caseFile = caseFile
            self.item = item
            self.reason = reason
            self.departments = departments
            self.request = request
        }

        // Who else was to come is no body's business.
        package static let fieldGroups = properties([
            .reference: ["meeting", "caseFile", "item", "reason"], .otherReferrals: ["departments", "request"],
        ])
    }
}
