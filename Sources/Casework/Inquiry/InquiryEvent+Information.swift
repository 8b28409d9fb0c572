package import EventSourcing

extension InquiryEvent {
    /// A body that owes no answer was asked for information, as a courtesy.
    package struct InformationRequested: GroupedPayload {
        package let caseFile: CaseID
        package let inquiry: InquiryID
        /// The body asked.
        package let department: DepartmentCode
        package let question: InformationQuestion
        /// Whom it is about; a body learns that from the letter, not from its feed.
        package let people: [PersonReference]
        /// The items it is made for; others of the case may use the answer too.
        package let items: [ItemID]
        /// The clause that lets the centre ask.
        package let basis: String

        package init(
            caseFile: CaseID, inquiry: InquiryID, department: DepartmentCode, question: InformationQuestion,
            people: [PersonReference], items: [ItemID], basis: String
        ) {
            self.caseFile = caseFile
            self.inquiry = inquiry
            self.department = department
            self.question = question
            self.people = people
            self.items = items
            self.basis = basis
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "inquiry", "department", "question", "items", "basis"], .identity: ["people"],
        ])
    }

    /// A courtesy request was answered.
    package struct InformationAnswered: GroupedPayload {
        package let caseFile: CaseID
        package let inquiry: InquiryID
        /// The body that answered.
        package let department: DepartmentCode
        package let answer: InformationAnswer

        package init(
            caseFile: CaseID, inquiry: InquiryID, department: DepartmentCode, answer: InformationAnswer
        ) {
            self.caseFile = caseFile
            self.inquiry = inquiry
            self.department = department
            self.answer = answer
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "inquiry", "department"], .otherReferrals: ["answer"],
        ])
    }
}
