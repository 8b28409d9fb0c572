package import EventSourcing
package import RuleBook

/// Records what became of a message, letter, call or talk at the counter, and what shows it.
package struct RecordDelivery: HubCommand {
    package static let name = "RecordDelivery"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.tellApplicant

    package var means: DeliveryMeans
    /// Who was told; the applicant when left out.
    package var recipient: PersonReference?
    package var outcome: DeliveryOutcome
    package var evidence: DeliveryEvidence
    package var reference: String?
    package var attachments: [Attachment]?

    package init(
        means: DeliveryMeans, recipient: PersonReference? = nil, outcome: DeliveryOutcome, evidence: DeliveryEvidence,
        reference: String? = nil, attachments: [Attachment]? = nil
    ) {
        self.means = means
        self.recipient = recipient
        self.outcome = outcome
        self.evidence = evidence
        self.reference = reference
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        guard file.told != nil || file.items.values.contains(where: \.isNotified) else {
            throw DeskRefusal.nothingTold.told
        }
        guard means.evidence.contains(evidence) else { throw DeskRefusal.evidenceDiffers.told }
        if let reference, !(1...64).contains(reference.count) { throw DeskRefusal.referenceTooLong.told }
        let recipient = recipient ?? file.application?.applicant ?? opened.subject
        guard boundary.people(of: opened.caseFile).contains(recipient) else { throw DeskRefusal.notOfTheCase.told }
        let delivery = DeskEvent.DeliveryRecorded(
            caseFile: opened.caseFile, means: means, recipient: recipient, outcome: outcome, evidence: evidence,
            reference: reference, attachments: attachments ?? [])
        guard file.keeping.lastDelivery != delivery else { return [] }
        return [Decided(.deliveryRecorded(delivery), tags: tags.union([.person(recipient)]))]
    }
}

extension DeliveryMeans {
    /// What can show that something was delivered this way.
    package var evidence: Set<DeliveryEvidence> {
        switch self {
        case .inPerson, .throughStation: [.signature, .witnesses]
        case .telephone: [.callRecord]
        case .post: [.postalReceipt, .signature]
        case .electronic: [.gatewayReport]
        }
    }
}

extension CaseFile.Item {
    /// Whether its decision was told.
    fileprivate var isNotified: Bool {
        switch stage {
        case .added, .triaged, .decided, .notAccepted, .withdrawn: false
        case .notified: true
        }
    }
}
