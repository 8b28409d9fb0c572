package import EventSourcing

extension IntakeEvent {
    /// The file of items went up to the department that decides, with the first opinion of the town (上报).
    package struct FileSubmitted: GroupedPayload {
        package let caseFile: CaseID
        /// Of one department.
        package let items: [ItemID]
        /// The department that decides.
        package let department: DepartmentCode
        /// What the town would decide; it binds nobody.
        package let opinion: FileOpinion
        /// The clause the opinion rests on.
        package let clause: String?
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, items: [ItemID], department: DepartmentCode, opinion: FileOpinion,
            clause: String? = nil, attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.items = items
            self.department = department
            self.opinion = opinion
            self.clause = clause
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "items", "department", "attachments"], .otherReferrals: ["opinion", "clause"],
        ])
    }
}
