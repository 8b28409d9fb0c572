package import EventSourcing
package import WorkingCalendar

extension IntakeEvent {
    /// An item was accepted, by the centre or by the department that decides on it.
    package struct Accepted: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?
        /// Whether somebody went to the applicant to accept it.
        package let atHome: Bool

        package init(caseFile: CaseID, item: ItemID, department: DepartmentCode? = nil, atHome: Bool) {
            self.caseFile = caseFile
            self.item = item
            self.department = department
            self.atHome = atHome
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "item", "department", "atHome"]])
    }

    /// An item was accepted although papers are missing, which are named with a day.
    package struct ProvisionallyAccepted: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?
        /// All papers that are still missing, once.
        package let missing: [PaperCode]
        /// When somebody asks for them.
        package let followUpBy: CivilDay

        package init(
            caseFile: CaseID, item: ItemID, department: DepartmentCode? = nil, missing: [PaperCode],
            followUpBy: CivilDay
        ) {
            self.caseFile = caseFile
            self.item = item
            self.department = department
            self.missing = missing
            self.followUpBy = followUpBy
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "department", "missing", "followUpBy"]
        ])
    }

    /// An item was not accepted; the person was told why and where to go instead.
    package struct NotAccepted: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?
        /// The clause it rests on.
        package let clause: String
        /// The office that can help instead.
        package let instead: String
        /// How the person was told.
        package let means: DeliveryMeans

        package init(
            caseFile: CaseID, item: ItemID, department: DepartmentCode? = nil, clause: String, instead: String,
            means: DeliveryMeans
        ) {
            self.caseFile = caseFile
            self.item = item
            self.department = department
            self.clause = clause
            self.instead = instead
            self.means = means
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "department", "clause", "instead", "means"]
        ])
    }

    /// The applicant was told, once and completely, which papers are missing.
    package struct SupplementRequested: GroupedPayload {
        package let caseFile: CaseID
        package let items: [ItemID]
        /// The receiving department; nothing when the centre did it.
        package let department: DepartmentCode?
        /// Everything that is missing.
        package let papers: [PaperCode]
        package let means: DeliveryMeans
        /// A supervisor's reason for asking a second time in the cycle.
        package let again: SupplementReason?

        package init(
            caseFile: CaseID, items: [ItemID], department: DepartmentCode? = nil, papers: [PaperCode],
            means: DeliveryMeans, again: SupplementReason? = nil
        ) {
            self.caseFile = caseFile
            self.items = items
            self.department = department
            self.papers = papers
            self.means = means
            self.again = again
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "items", "department", "papers", "means", "again"]
        ])
    }

    /// The applicant brought papers.
    package struct SupplementReceived: GroupedPayload {
        package let caseFile: CaseID
        package let items: [ItemID]
        package let papers: [PaperCode]
        /// Whether nothing is missing any more.
        package let complete: Bool
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, items: [ItemID], papers: [PaperCode], complete: Bool, attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.items = items
            self.papers = papers
            self.complete = complete
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "items", "papers", "complete", "attachments"]
        ])
    }

    /// The person the item was for no longer asks for it.
    package struct ItemWithdrawn: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        /// Who withdrew it.
        package let by: PersonReference
        package let reason: WithdrawalReason

        package init(caseFile: CaseID, item: ItemID, by: PersonReference, reason: WithdrawalReason) {
            self.caseFile = caseFile
            self.item = item
            self.by = by
            self.reason = reason
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item"], .identity: ["by"], .otherReferrals: ["reason"],
        ])
    }

    /// A person took back what they had allowed.
    package struct AuthorizationWithdrawn: GroupedPayload {
        package let caseFile: CaseID
        package let person: PersonReference
        /// What is no longer allowed.
        package let scope: [AuthorizationScope]

        package init(caseFile: CaseID, person: PersonReference, scope: [AuthorizationScope]) {
            self.caseFile = caseFile
            self.person = person
            self.scope = scope
        }

        package static let fieldGroups = properties([.reference: ["caseFile"], .identity: ["person", "scope"]])
    }

    /// Items were handed to the hub of another place.
    package struct HandedToHub: GroupedPayload {
        package let caseFile: CaseID
        package let items: [ItemID]
        /// The hub that goes on with them.
        package let hub: HubCode

        package init(caseFile: CaseID, items: [ItemID], hub: HubCode) {
            self.caseFile = caseFile
            self.items = items
            self.hub = hub
        }

        package static let fieldGroups = properties([.reference: ["caseFile", "items"], .otherReferrals: ["hub"]])
    }

    /// The other hub answered.
    package struct HubAnswered: GroupedPayload {
        package let caseFile: CaseID
        package let items: [ItemID]
        package let hub: HubCode
        package let answer: HubAnswer
        /// Its own case number.
        package let number: EntityNumber?

        package init(caseFile: CaseID, items: [ItemID], hub: HubCode, answer: HubAnswer, number: EntityNumber? = nil) {
            self.caseFile = caseFile
            self.items = items
            self.hub = hub
            self.answer = answer
            self.number = number
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "items"], .otherReferrals: ["hub", "answer", "number"],
        ])
    }

    /// The hub that had handed us the case got its answer.
    package struct HubAnswerSent: GroupedPayload {
        package let caseFile: CaseID
        /// The hub that had asked.
        package let hub: HubCode
        package let answer: HubAnswer

        package init(caseFile: CaseID, hub: HubCode, answer: HubAnswer) {
            self.caseFile = caseFile
            self.hub = hub
            self.answer = answer
        }

        package static let fieldGroups = properties([.reference: ["caseFile"], .otherReferrals: ["hub", "answer"]])
    }
}
