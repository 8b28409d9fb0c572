package import EventSourcing
package import RuleBook
package import WorkingCalendar

extension CaseFileEvent {
    /// One case was opened for one subject.
    package struct Opened: GroupedPayload {
        package let caseFile: CaseID
        package let number: EntityNumber
        package let town: TownCode
        /// The person the case is about.
        package let subject: PersonReference
        package let household: HouseholdID?
        /// The help request it came from.
        package let request: HelpRequestID?
        /// Whether a minor is concerned, so that one person may not end the case alone.
        package let concernsMinor: Bool
        /// The body that reported; it learns when the case has ended.
        package let reporterDepartment: DepartmentCode?
        /// Open cases of the same subject when this one was opened (I-1): to be linked or justified.
        package let otherOpenCases: [CaseID]

        package init(
            caseFile: CaseID, number: EntityNumber, town: TownCode, subject: PersonReference,
            household: HouseholdID? = nil, request: HelpRequestID? = nil, concernsMinor: Bool,
            reporterDepartment: DepartmentCode? = nil, otherOpenCases: [CaseID]
        ) {
            self.caseFile = caseFile
            self.number = number
            self.town = town
            self.subject = subject
            self.household = household
            self.request = request
            self.concernsMinor = concernsMinor
            self.reporterDepartment = reporterDepartment
            self.otherOpenCases = otherOpenCases
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "number", "town"], .identity: ["subject"],
            .household: ["household", "concernsMinor"],
            .otherReferrals: ["request", "reporterDepartment", "otherOpenCases"],
        ])
    }

    /// The person, or an agent with a mandate, applied.
    package struct ApplicationSubmitted: GroupedPayload {
        package let caseFile: CaseID
        package let channel: RequestChannel
        package let town: TownCode
        package let applicant: PersonReference
        /// Who applied for the applicant, with a mandate.
        package let agent: PersonReference?
        /// Whether the place where the applicant lives must stay hidden from somebody.
        package let locationProtected: Bool
        package let request: HelpRequestID?
        /// Nothing in applications recorded before it was asked.
        package let manner: ApplicationManner?
        /// What lets the agent act.
        package let mandate: Mandate?
        /// The hub that handed us the case, and its number there.
        package let fromHub: HubCode?
        package let fromNumber: EntityNumber?
        /// What the applicant shows to ask how far it is.
        package let receipt: ReceiptCode?
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, channel: RequestChannel, town: TownCode, applicant: PersonReference,
            agent: PersonReference? = nil, locationProtected: Bool, request: HelpRequestID? = nil,
            manner: ApplicationManner? = nil, mandate: Mandate? = nil, fromHub: HubCode? = nil,
            fromNumber: EntityNumber? = nil, receipt: ReceiptCode? = nil, attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.channel = channel
            self.town = town
            self.applicant = applicant
            self.agent = agent
            self.locationProtected = locationProtected
            self.request = request
            self.manner = manner
            self.mandate = mandate
            self.fromHub = fromHub
            self.fromNumber = fromNumber
            self.receipt = receipt
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "channel", "town", "manner", "attachments"],
            .identity: ["applicant", "agent", "mandate", "locationProtected", "receipt"],
            .otherReferrals: ["request", "fromHub", "fromNumber"],
        ])
    }

    /// One more thing was asked for in the case.
    package struct ItemAdded: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let policyItem: PolicyItemCode
        /// The version of the policy item in force when it was asked for.
        package let policyVersion: Int
        /// Whom the item is for.
        package let person: PersonReference
        /// Whether that person is a minor.
        package let concernsMinor: Bool

        package init(
            caseFile: CaseID, item: ItemID, policyItem: PolicyItemCode, policyVersion: Int, person: PersonReference,
            concernsMinor: Bool
        ) {
            self.caseFile = caseFile
            self.item = item
            self.policyItem = policyItem
            self.policyVersion = policyVersion
            self.person = person
            self.concernsMinor = concernsMinor
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "policyItem", "policyVersion"], .identity: ["person"],
            .household: ["concernsMinor"],
        ])
    }

    /// A person allowed the centre to ask and to tell others on their behalf.
    package struct AuthorizationGranted: GroupedPayload {
        package let caseFile: CaseID
        /// Who allowed it.
        package let person: PersonReference
        /// What was allowed.
        package let scope: [AuthorizationScope]
        /// The last day it holds; nothing when it holds until the case exits.
        package let validUntil: CivilDay?
        /// Who signed for them: an agent, or a minor's guardian; nothing where they did themselves.
        package let by: PersonReference?
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, person: PersonReference, scope: [AuthorizationScope], validUntil: CivilDay? = nil,
            by signer: PersonReference? = nil, attachments: [Attachment] = []
        ) {
            by = signer
            self.caseFile = caseFile
            self.person = person
            self.scope = scope
            self.validUntil = validUntil
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "attachments"], .identity: ["person", "scope", "validUntil", "by"],
        ])
    }

    /// Somebody of the centre saw the household; an attempt is not a visit.
    package struct VisitCompleted: GroupedPayload {
        package let caseFile: CaseID
        package let visit: VisitID
        package let purpose: VisitPurpose
        package let town: TownCode
        /// How many people went; a verification needs two.
        package let visitors: Int
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, visit: VisitID, purpose: VisitPurpose, town: TownCode, visitors: Int,
            attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.visit = visit
            self.purpose = purpose
            self.town = town
            self.visitors = visitors
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "visit", "purpose", "town", "visitors", "attachments"]
        ])
    }

    /// The path of one item was chosen.
    package struct Triaged: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let path: TriagePath
        /// Why; nothing in triage recorded before it was asked.
        package let reason: TriageReason?
        package let clause: String?
        /// Set where the path cannot keep the 20 working days promised, and the applicant is told so.
        package let beyondPromise: Bool?

        package init(
            caseFile: CaseID, item: ItemID, path: TriagePath, reason: TriageReason? = nil, clause: String? = nil,
            beyondPromise: Bool? = nil
        ) {
            self.caseFile = caseFile
            self.item = item
            self.path = path
            self.reason = reason
            self.clause = clause
            self.beyondPromise = beyondPromise
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "path", "reason", "clause", "beyondPromise"]
        ])
    }

    /// An item got its official answer.
    package struct ItemDecided: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let decision: DecisionID
        package let number: EntityNumber
        package let result: DecisionResult
        /// The clause it rests on; only an item that no policy covers has none.
        package let clause: String?
        /// The referral whose result it rests on.
        package let referral: ReferralID?
        /// What was granted.
        package let award: Award?
        package let reviewDueBy: CivilDay?
        /// Checks and assessments it rests on.
        package let inquiries: [InquiryID]?
        /// The town whose station decided by delegation; nothing where the department or a meeting did.
        package let delegatedTo: TownCode?
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, item: ItemID, decision: DecisionID, number: EntityNumber, result: DecisionResult,
            clause: String? = nil, referral: ReferralID? = nil, award: Award? = nil, reviewDueBy: CivilDay? = nil,
            inquiries: [InquiryID]? = nil, delegatedTo: TownCode? = nil, attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.item = item
            self.decision = decision
            self.number = number
            self.result = result
            self.clause = clause
            self.referral = referral
            self.award = award
            self.reviewDueBy = reviewDueBy
            self.inquiries = inquiries
            self.delegatedTo = delegatedTo
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "decision", "number", "delegatedTo", "attachments"],
            .otherReferrals: ["result", "clause", "referral", "reviewDueBy", "inquiries"], .payment: ["award"],
        ])
    }

    /// The decision on an item reached the person.
    package struct DecisionNotified: GroupedPayload {
        package let caseFile: CaseID
        package let item: ItemID
        package let decision: DecisionID
        package let means: DeliveryMeans
        package let recipient: PersonReference
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, item: ItemID, decision: DecisionID, means: DeliveryMeans, recipient: PersonReference,
            attachments: [Attachment] = []
        ) {
            self.caseFile = caseFile
            self.item = item
            self.decision = decision
            self.means = means
            self.recipient = recipient
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "item", "decision", "means", "attachments"], .identity: ["recipient"],
        ])
    }

    /// The applicant got the one reply that answers the whole case.
    package struct ApplicantTold: GroupedPayload {
        package let caseFile: CaseID
        package let means: DeliveryMeans
        package let recipient: PersonReference
        package let attachments: [Attachment]

        package init(caseFile: CaseID, means: DeliveryMeans, recipient: PersonReference, attachments: [Attachment] = [])
        {
            self.caseFile = caseFile
            self.means = means
            self.recipient = recipient
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "means", "attachments"], .identity: ["recipient"],
        ])
    }

    /// One person found that the case may end; another has to confirm where that is required.
    package struct ExitProposed: GroupedPayload {
        package let caseFile: CaseID
        package let result: ExitResult
        /// The follow-ups that stay open.
        package let followUps: [FollowUpID]
        /// Why one person alone may not end it; none means that one may.
        package let secondSignatureReasons: [SecondSignatureReason]

        package init(
            caseFile: CaseID, result: ExitResult, followUps: [FollowUpID],
            secondSignatureReasons: [SecondSignatureReason]
        ) {
            self.caseFile = caseFile
            self.result = result
            self.followUps = followUps
            self.secondSignatureReasons = secondSignatureReasons
        }

        package static let fieldGroups = properties([
            .reference: ["caseFile", "result"], .otherReferrals: ["followUps", "secondSignatureReasons"],
        ])
    }

    /// The case ended: one door out.
    package struct Exited: GroupedPayload {
        package let caseFile: CaseID
        package let result: ExitResult
        /// The follow-ups that stay open.
        package let followUps: [FollowUpID]
        /// The help request whose reporter learns that it ended.
        package let request: HelpRequestID?

        package init(caseFile: CaseID, result: ExitResult, followUps: [FollowUpID], request: HelpRequestID? = nil) {
            self.caseFile = caseFile
            self.result = result
            self.followUps = followUps
            self.request = request
        }

        package static let fieldGroups = properties([
            .otherReferrals: ["caseFile", "result", "followUps"], .reference: ["request"],
        ])
    }

    /// A person found that two cases are one; the older number lives on.
    package struct MarkedDuplicate: GroupedPayload {
        package let caseFile: CaseID
        /// The case that goes on.
        package let of: CaseID

        package init(caseFile: CaseID, of: CaseID) {
            self.caseFile = caseFile
            self.of = of
        }

        package static let fieldGroups = properties([.reference: ["caseFile"], .otherReferrals: ["of"]])
    }

    /// A person found that a second open case of the same subject is right.
    package struct SecondCaseJustified: GroupedPayload {
        package let caseFile: CaseID
        /// The other open case.
        package let other: CaseID
        package let reason: SecondCaseReason

        package init(caseFile: CaseID, other: CaseID, reason: SecondCaseReason) {
            self.caseFile = caseFile
            self.other = other
            self.reason = reason
        }

        package static let fieldGroups = properties([.reference: ["caseFile"], .otherReferrals: ["other", "reason"]])
    }
}
