package import Deadlines
package import EventSourcing
package import RuleBook

extension ReferralEvent {
    /// A referral was prepared; nobody but the centre knows.
    package struct Drafted: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let number: EntityNumber
        package let kind: ReferralKind
        /// What is asked for: an entry of the dispatch catalogue.
        package let task: TaskCode
        /// The version of the catalogue entry in force at dispatch.
        package let taskVersion: Int
        /// The policy item it serves first, for people to read.
        package let item: PolicyItemCode?
        /// The items of the case it serves; none for supporting work such as tracing.
        package let items: [ItemID]
        package let lead: DepartmentCode
        package let coHandlers: [DepartmentCode]
        package let town: TownCode
        /// How long handling may take; for an offer the time to answer.
        package let limit: DeadlineLimit
        package let priority: ReferralPriority
        /// The resolution it carries out.
        package let resolution: ResolutionID?
        /// The returned or declined referral it follows.
        package let predecessor: ReferralID?
        /// Who stands in which role of the catalogue.
        package let people: [PersonInRole]
        /// Whether whoever may find the person sought must not learn where the others live.
        package let locationProtected: Bool
        /// The clause the referral and its disclosures rest on.
        package let basis: String
        package let purpose: String

        package init(
            referral: ReferralID, caseFile: CaseID, number: EntityNumber, kind: ReferralKind, task: TaskCode,
            taskVersion: Int, item: PolicyItemCode? = nil, items: [ItemID], lead: DepartmentCode,
            coHandlers: [DepartmentCode], town: TownCode, limit: DeadlineLimit, priority: ReferralPriority,
            resolution: ResolutionID? = nil, predecessor: ReferralID? = nil, people: [PersonInRole],
            locationProtected: Bool, basis: String, purpose: String
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.number = number
            self.kind = kind
            self.task = task
            self.taskVersion = taskVersion
            self.item = item
            self.items = items
            self.lead = lead
            self.coHandlers = coHandlers
            self.town = town
            self.limit = limit
            self.priority = priority
            self.resolution = resolution
            self.predecessor = predecessor
            self.people = people
            self.locationProtected = locationProtected
            self.basis = basis
            self.purpose = purpose
        }

        package static let fieldGroups = properties([
            .reference: [
                "referral", "caseFile", "number", "kind", "task", "taskVersion", "item", "items", "lead", "town",
                "limit", "priority", "resolution", "basis", "purpose",
            ], .otherReferrals: ["coHandlers", "predecessor"], .identity: ["people", "locationProtected"],
        ])
    }

    /// A draft was thrown away.
    package struct Voided: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let reason: VoidReason

        package init(referral: ReferralID, caseFile: CaseID, reason: VoidReason) {
            self.referral = referral
            self.caseFile = caseFile
            self.reason = reason
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile"], .otherReferrals: ["reason"],
        ])
    }

    /// A referral went out; its limits run from now, whether or not it is received.
    package struct Dispatched: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let number: EntityNumber
        package let kind: ReferralKind
        /// What is asked for: an entry of the dispatch catalogue.
        package let task: TaskCode
        /// The version of the catalogue entry in force at dispatch.
        package let taskVersion: Int
        /// The policy item it serves first, for people to read.
        package let item: PolicyItemCode?
        /// The items of the case it serves; none for supporting work such as tracing.
        package let items: [ItemID]
        package let lead: DepartmentCode
        package let town: TownCode
        /// How long handling may take; for an offer the time to answer.
        package let limit: DeadlineLimit
        package let priority: ReferralPriority
        /// The resolution it carries out.
        package let resolution: ResolutionID?
        /// The returned or declined referral it follows.
        package let predecessor: ReferralID?

        package init(
            referral: ReferralID, caseFile: CaseID, number: EntityNumber, kind: ReferralKind, task: TaskCode,
            taskVersion: Int, item: PolicyItemCode? = nil, items: [ItemID], lead: DepartmentCode, town: TownCode,
            limit: DeadlineLimit, priority: ReferralPriority, resolution: ResolutionID? = nil,
            predecessor: ReferralID? = nil
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.number = number
            self.kind = kind
            self.task = task
            self.taskVersion = taskVersion
            self.item = item
            self.items = items
            self.lead = lead
            self.town = town
            self.limit = limit
            self.priority = priority
            self.resolution = resolution
            self.predecessor = predecessor
        }

        package static let fieldGroups = properties([
            .reference: [
                "referral", "caseFile", "number", "kind", "task", "taskVersion", "item", "items", "lead", "town",
                "limit", "priority", "resolution",
            ], .otherReferrals: ["predecessor"],
        ])
    }

    /// A co-handler got its own task beside the lead.
    package struct CoHandlerInvited: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let number: EntityNumber
        package let department: DepartmentCode
        package let task: TaskCode
        package let lead: DepartmentCode
        package let town: TownCode
        package let limit: DeadlineLimit

        package init(
            referral: ReferralID, caseFile: CaseID, number: EntityNumber, department: DepartmentCode, task: TaskCode,
            lead: DepartmentCode, town: TownCode, limit: DeadlineLimit
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.number = number
            self.department = department
            self.task = task
            self.lead = lead
            self.town = town
            self.limit = limit
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "number", "department", "task", "lead", "town", "limit"]
        ])
    }

    /// What one department will learn once it receives, on what basis and for what purpose.
    package struct DisclosureGranted: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Sorted; each of one person.
        package let groups: [DisclosedGroup]
        package let basis: String
        package let purpose: String

        package init(
            referral: ReferralID, caseFile: CaseID, department: DepartmentCode, groups: [DisclosedGroup], basis: String,
            purpose: String
        ) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.groups = groups
            self.basis = basis
            self.purpose = purpose
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department", "basis", "purpose"], .identity: ["groups"],
        ])
    }

    /// A department signed for the referral.
    package struct Received: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
        }

        package static let fieldGroups = properties([.reference: ["referral", "caseFile", "department"]])
    }

    /// A department got its slice: the parts of its grant as recorded up to now.
    package struct SliceReleased: GroupedPayload {
        package let referral: ReferralID
        package let caseFile: CaseID
        package let department: DepartmentCode
        /// Where each part stands in the log.
        package let parts: [ReleasedPart]

        package init(referral: ReferralID, caseFile: CaseID, department: DepartmentCode, parts: [ReleasedPart]) {
            self.referral = referral
            self.caseFile = caseFile
            self.department = department
            self.parts = parts
        }

        package static let fieldGroups = properties([
            .reference: ["referral", "caseFile", "department"], .identity: ["parts"],
        ])
    }
}
