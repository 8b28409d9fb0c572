package import EventSourcing
package import WorkingCalendar

extension DeskEvent {
    /// A case was given to a post, which says what comes next.
    package struct CaseAssigned: GroupedPayload {
        package let caseFile: CaseID
        package let post: PostCode
        package let promise: CasePromise

        package init(caseFile: CaseID, post: PostCode, promise: CasePromise) {
            self.caseFile = caseFile
            self.post = post
            self.promise = promise
        }

        package static let fieldGroups = properties([.otherReferrals: ["caseFile", "post", "promise"]])
    }

    /// A case went from one post to another; every hand-over carries a next promise (N-16).
    package struct CaseHandedOver: GroupedPayload {
        package let caseFile: CaseID
        package let from: PostCode
        package let post: PostCode
        package let reason: HandOverReason
        package let promise: CasePromise

        package init(caseFile: CaseID, from: PostCode, to post: PostCode, reason: HandOverReason, promise: CasePromise)
        {
            self.caseFile = caseFile
            self.from = from
            self.post = post
            self.reason = reason
            self.promise = promise
        }

        package static let fieldGroups = properties([
            .otherReferrals: ["caseFile", "from", "post", "reason", "promise"]
        ])
    }

    /// What was promised was done; another promise may follow at once.
    package struct PromiseKept: GroupedPayload {
        package let caseFile: CaseID
        package let kept: CasePromise
        package let next: CasePromise?

        package init(caseFile: CaseID, kept: CasePromise, next: CasePromise? = nil) {
            self.caseFile = caseFile
            self.kept = kept
            self.next = next
        }

        package static let fieldGroups = properties([.otherReferrals: ["caseFile", "kept", "next"]])
    }

    /// A post is away and another acts for it; a later record with the same first day replaces it.
    package struct LeaveRecorded: GroupedPayload {
        package let post: PostCode
        package let deputy: PostCode
        package let from: CivilDay
        /// Last civil day; before `from` where the leave was called off.
        package let through: CivilDay

        package init(post: PostCode, deputy: PostCode, from: CivilDay, through: CivilDay) {
            self.post = post
            self.deputy = deputy
            self.from = from
            self.through = through
        }

        package static let fieldGroups = properties([.reference: ["post", "deputy", "from", "through"]])
    }

    /// Somebody opened personal data; who, stands with the event, and what, as references and groups only.
    package struct RecordsRead: GroupedPayload {
        /// Nothing where a person was looked up who has no case.
        package let caseFile: CaseID?
        package let people: [PersonReference]
        package let groups: [FieldGroup]
        package let purpose: ReadingPurpose
        /// The attachment opened, where it was one.
        package let attachment: UniqueID?

        package init(
            caseFile: CaseID?, people: [PersonReference], groups: [FieldGroup], purpose: ReadingPurpose,
            attachment: UniqueID? = nil
        ) {
            self.caseFile = caseFile
            self.people = people
            self.groups = groups
            self.purpose = purpose
            self.attachment = attachment
        }

        package static let fieldGroups = properties([
            .otherReferrals: ["caseFile", "groups", "purpose", "attachment"], .identity: ["people"],
        ])
    }

    /// A file was sealed under a person's key and put into the store.
    package struct AttachmentStored: GroupedPayload {
        package let caseFile: CaseID
        package let attachment: UniqueID
        /// Under whose key it is sealed.
        package let person: PersonReference
        /// What the file hashes to, and its length and harmless name.
        package let file: Attachment
        /// What nonce and ciphertext hash to, so that the store can be checked without keys.
        package let sealedDigest: ContentDigest
        package let mediaType: AttachmentType

        package init(
            caseFile: CaseID, attachment: UniqueID, person: PersonReference, file: Attachment,
            sealedDigest: ContentDigest, mediaType: AttachmentType
        ) {
            self.caseFile = caseFile
            self.attachment = attachment
            self.person = person
            self.file = file
            self.sealedDigest = sealedDigest
            self.mediaType = mediaType
        }

        package static let fieldGroups = properties([
            .otherReferrals: ["caseFile", "attachment", "file", "sealedDigest", "mediaType"], .identity: ["person"],
        ])
    }

    /// What became of telling somebody, and what shows it.
    package struct DeliveryRecorded: GroupedPayload {
        package let caseFile: CaseID
        package let means: DeliveryMeans
        package let recipient: PersonReference
        package let outcome: DeliveryOutcome
        package let evidence: DeliveryEvidence
        /// Number of the postal receipt or of the gateway's report.
        package let reference: String?
        /// The items whose decisions it was about; nothing where it was the reply.
        package let items: [ItemID]?
        package let attachments: [Attachment]

        package init(
            caseFile: CaseID, means: DeliveryMeans, recipient: PersonReference, outcome: DeliveryOutcome,
            evidence: DeliveryEvidence, reference: String? = nil, items: [ItemID]? = nil, attachments: [Attachment] = []
        ) {
            self.items = items
            self.caseFile = caseFile
            self.means = means
            self.recipient = recipient
            self.outcome = outcome
            self.evidence = evidence
            self.reference = reference
            self.attachments = attachments
        }

        package static let fieldGroups = properties([
            .otherReferrals: ["caseFile", "means", "outcome", "evidence", "reference", "items", "attachments"],
            .identity: ["recipient"],
        ])
    }

    /// A member of staff said whom they may not judge; the person stands as a random reference (N-8).
    package struct ConflictDeclared: GroupedPayload {
        package let account: AccountID
        package let post: PostCode?
        package let person: PersonReference
        package let relation: ConflictRelation

        package init(account: AccountID, post: PostCode?, person: PersonReference, relation: ConflictRelation) {
            self.account = account
            self.post = post
            self.person = person
            self.relation = relation
        }

        package static let fieldGroups = properties([.familyConflict: ["account", "post", "person", "relation"]])
    }

    /// Somebody who may judge it found that a declared conflict does not stand, or stands no longer.
    package struct ConflictLifted: GroupedPayload {
        package let account: AccountID
        package let person: PersonReference
        package let reason: ConflictLiftReason
        /// What the finding rests on.
        package let basis: String

        package init(account: AccountID, person: PersonReference, reason: ConflictLiftReason, basis: String) {
            self.account = account
            self.person = person
            self.reason = reason
            self.basis = basis
        }

        package static let fieldGroups = properties([.familyConflict: ["account", "person", "reason", "basis"]])
    }

    /// Somebody had acted on a case of a person they are in conflict with before they said so.
    package struct ConflictDetected: GroupedPayload {
        package let caseFile: CaseID
        package let account: AccountID
        package let person: PersonReference
        /// How many events of the case are theirs.
        package let acts: Int
        package let firstActAt: Instant
        package let lastActAt: Instant

        package init(
            caseFile: CaseID, account: AccountID, person: PersonReference, acts: Int, firstActAt: Instant,
            lastActAt: Instant
        ) {
            self.caseFile = caseFile
            self.account = account
            self.person = person
            self.acts = acts
            self.firstActAt = firstActAt
            self.lastActAt = lastActAt
        }

        package static let fieldGroups = properties([
            .familyConflict: ["caseFile", "account", "person", "acts", "firstActAt", "lastActAt"]
        ])
    }

    /// Somebody opened a case that is not theirs because it could not wait; the data-protection officer is told.
    package struct EmergencyAccessUsed: GroupedPayload {
        package let caseFile: CaseID
        package let access: UniqueID
        package let account: AccountID
        package let reason: EmergencyReason
        /// Length of the time box in hours, 1 through 24.
        package let hours: Int

        package init(caseFile: CaseID, access: UniqueID, account: AccountID, reason: EmergencyReason, hours: Int) {
            self.caseFile = caseFile
            self.access = access
            self.account = account
            self.reason = reason
            self.hours = hours
        }

        package static let fieldGroups = properties([
            .otherReferrals: ["caseFile", "access", "account", "reason", "hours"]
        ])
    }

    /// Somebody else looked at an emergency access afterwards.
    package struct EmergencyAccessReviewed: GroupedPayload {
        package let caseFile: CaseID
        package let access: UniqueID
        package let finding: EmergencyFinding

        package init(caseFile: CaseID, access: UniqueID, finding: EmergencyFinding) {
            self.caseFile = caseFile
            self.access = access
            self.finding = finding
        }

        package static let fieldGroups = properties([.otherReferrals: ["caseFile", "access", "finding"]])
    }
}
