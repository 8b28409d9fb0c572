package import EventSourcing
package import RuleBook

/// Records what became of a message, letter, call or talk at the counter, and what shows it.
///
/// What came back was not told: the decision or the reply is to be told again before the case can end (I-3).
package struct RecordDelivery: HubCommand {
    package static let name = "RecordDelivery"
    package static let subjectKind = SubjectKind.caseFile
    package static let action = Action.tellApplicant

    package var means: DeliveryMeans
    /// Whose decision it was about; when left out the reply, and before there is one every decision told them.
    package var item: ItemID?
    /// Who was told; whoever the reply or decision was told when left out.
    package var recipient: PersonReference?
    package var outcome: DeliveryOutcome
    package var evidence: DeliveryEvidence
    package var reference: String?
    package var attachments: [Attachment]?

    package init(
        means: DeliveryMeans, item: ItemID? = nil, recipient: PersonReference? = nil, outcome: DeliveryOutcome,
        evidence: DeliveryEvidence,
        reference: String? = nil, attachments: [Attachment]? = nil
    ) {
        self.means = means
        self.item = item
        self.recipient = recipient
        self.outcome = outcome
        self.evidence = evidence
        self.reference = reference
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let (file, opened, tags) = try boundary.deskCase(context)
        guard means.evidence.contains(evidence) else { throw DeskRefusal.evidenceDiffers.told }
        if let reference, !(1...64).contains(reference.count) { throw DeskRefusal.referenceTooLong.told }
        let usual = file.application?.applicant ?? opened.subject
        if isRepeat(file, usual) { return [] }
        let (items, told) = try told(file, usual)
        guard boundary.people(of: opened.caseFile).contains(told) else { throw DeskRefusal.notOfTheCase.told }
        let delivery = DeskEvent.DeliveryRecorded(
            caseFile: opened.caseFile, means: means, recipient: told, outcome: outcome, evidence: evidence,
            reference: reference, items: items, attachments: attachments ?? [])
        return [
            Decided(
                .deliveryRecorded(delivery),
                tags: tags.union([.person(told)]))
        ]
    }

    /// Sent again it is the same delivery; but what came back and was told again may come back again.
    private func isRepeat(_ file: CaseFile, _ usual: PersonReference) -> Bool {
        guard let last = file.keeping.lastDelivery, last.isSame(as: self, to: recipient ?? last.recipient) else {
            return false
        }
        return last.outcome.isProof || (try? told(file, usual)) == nil
    }

    /// What was told, as items or as the reply, and whom.
    private func told(_ file: CaseFile, _ usual: PersonReference) throws(CommandRefusal)
        -> (items: [ItemID]?, recipient: PersonReference)
    {
        if item == nil, file.hasReplied {
            guard let reply = file.told, recipient == nil || recipient == reply.recipient else {
                throw DeskRefusal.nothingTold.told
            }
            return (nil, reply.recipient)
        }
        let notified = file.itemOrder.filter { id in
            guard let known = file.items[id], known.isNotified else { return false }
            return item.map { $0 == id } ?? (known.notifiedTo == recipient ?? usual)
        }
        guard let first = notified.first, let whom = file.items[first]?.notifiedTo,
            recipient == nil || recipient == whom
        else { throw DeskRefusal.nothingTold.told }
        return (notified, whom)
    }
}

extension DeskEvent.DeliveryRecorded {
    /// Whether a command says the same of what was delivered last.
    fileprivate func isSame(as command: RecordDelivery, to whom: PersonReference) -> Bool {
        means == command.means && recipient == whom && outcome == command.outcome && evidence == command.evidence
            && reference == command.reference && attachments == (command.attachments ?? [])
            && (command.item == nil || items == command.item.map { [$0] })
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
