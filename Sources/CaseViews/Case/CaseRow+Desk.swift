package import Casework
package import EventSourcing

extension CaseRow {
    /// Whom a case belongs to at the desk: who took it in and the post that has it.
    package enum Keeper: Codable, Hashable, Sendable {
        case account(AccountID)
        case post(PostCode)

        /// As an index stores it, `post:minzheng/desk`.
        package var key: String {
            switch self {
            case .account(let account): "account:\(account)"
            case .post(let post): "post:\(post)"
            }
        }
    }

    /// A file that lies sealed in the store.
    package struct StoredFile: Codable, Hashable, Sendable {
        package let attachment: UniqueID
        package let person: PersonReference
        package let file: Attachment
        package let sealedDigest: ContentDigest
        package let mediaType: AttachmentType
    }

    /// Takes in what happened at the desk.
    mutating func take(_ fact: DeskEvent) {
        switch fact {
        case .caseAssigned(let assigned): give(to: assigned.post, assigned.promise)
        case .caseHandedOver(let handedOver): give(to: handedOver.post, handedOver.promise)
        case .promiseKept(let kept): promise = kept.next
        case .attachmentStored(let stored):
            attachments.append(
                StoredFile(
                    attachment: stored.attachment, person: stored.person, file: stored.file,
                    sealedDigest: stored.sealedDigest, mediaType: stored.mediaType))
        case .deliveryRecorded(let delivery): if !delivery.outcome.isProof { takeBack(delivery) }
        case .leaveRecorded, .recordsRead, .conflictDeclared, .conflictDetected, .conflictLifted,
            .emergencyAccessUsed, .emergencyAccessReviewed:
            break
        }
    }

    /// What came back was not told: a decision waits for its notice again, and the case for its reply.
    private mutating func takeBack(_ delivery: DeskEvent.DeliveryRecorded) {
        guard state == .open || state == .exitProposed else { return }
        guard let decisions = delivery.items else {
            applicantToldAt = nil
            return
        }
        for item in decisions {
            changeItem(item) { if $0.state == .notified { $0.state = .decided } }
        }
    }

    private mutating func give(to post: PostCode, _ promise: CasePromise) {
        if let before = self.post { keepers.removeAll { $0 == .post(before) } }
        self.post = post
        self.promise = promise
        keepers.appendOnce(.post(post))
    }

    /// Whether a village point took the case in or was given it.
    package func isKept(by account: AccountID, in post: PostCode?) -> Bool {
        keepers.contains(.account(account)) || post.map { keepers.contains(.post($0)) } == true
    }
}
