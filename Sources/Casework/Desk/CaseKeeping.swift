package import EventSourcing

/// Who has a case, what was promised, what lies with it, and who opened it out of turn: the desk's part of a case.
package struct CaseKeeping: Hashable, Sendable {
    /// One emergency access.
    package struct Access: Hashable, Sendable {
        package let used: DeskEvent.EmergencyAccessUsed
        package internal(set) var finding: EmergencyFinding?
    }

    /// The post that has the case; nothing before it was assigned.
    package private(set) var post: PostCode?
    /// What was promised and not yet kept.
    package private(set) var promise: CasePromise?
    /// The promise kept last.
    package private(set) var lastKept: CasePromise?
    package private(set) var attachments: [UniqueID: DeskEvent.AttachmentStored] = [:]
    /// What became of the last telling.
    package private(set) var lastDelivery: DeskEvent.DeliveryRecorded?
    package private(set) var accesses: [UniqueID: Access] = [:]

    package init() {}

    mutating func evolve(with event: DeskEvent) {
        switch event {
        case .caseAssigned(let assigned):
            post = assigned.post
            promise = assigned.promise
        case .caseHandedOver(let handedOver):
            post = handedOver.post
            promise = handedOver.promise
        case .promiseKept(let kept):
            lastKept = kept.kept
            promise = kept.next
        case .attachmentStored(let stored): attachments[stored.attachment] = stored
        case .emergencyAccessUsed(let used): accesses[used.access] = Access(used: used)
        case .emergencyAccessReviewed(let review): accesses[review.access]?.finding = review.finding
        case .deliveryRecorded(let delivery): lastDelivery = delivery
        case .leaveRecorded, .recordsRead, .conflictDeclared, .conflictDetected, .conflictLifted: break
        }
    }
}
