package import EventSourcing

/// What may be asked of one follow-up.
package enum FollowUpCommand: Sendable {
    case open(FollowUpEvent.Opened, sealed: [SealedText])
    /// By its department, or by the centre for it.
    case recordProgress(FollowUpStage, by: DepartmentCode?, attachments: [Attachment], sealed: [SealedText])
    case review(FollowUpFinding, sealed: [SealedText])
    case conclude(FollowUpOutcome, means: DeliveryMeans?, attachments: [Attachment], sealed: [SealedText])
}

/// What goes on after a case: a court matter, an arbitration, a pairing, a service already begun.
///
/// It lives on when the case has exited; its result is told without reopening the case.
package struct FollowUp: Decider {
    package private(set) var opened: FollowUpEvent.Opened?
    package private(set) var lastProgress: FollowUpEvent.ProgressRecorded?
    package private(set) var reviewCount = 0
    package private(set) var concluded: FollowUpEvent.Concluded?

    package init() {}

    package var isOpen: Bool { opened != nil && concluded == nil }

    package func decide(_ command: FollowUpCommand) throws(FollowUpRefusal) -> [Decided<FollowUpEvent>] {
        switch command {
        case .open(let opening, let sealed):
            if let opened {
                guard opened == opening else { throw .alreadyOpen }
                return []
            }
            return [decided(.opened(opening), opening, toDepartment: true, sealed)]
        case .recordProgress(let stage, let department, let attachments, let sealed):
            let opened = try running()
            guard department == nil || department == opened.department else { throw .notTheirs }
            let progress = FollowUpEvent.ProgressRecorded(
                caseFile: opened.caseFile, followUp: opened.followUp, department: opened.department, stage: stage,
                attachments: attachments)
            if progress == lastProgress, sealed.isEmpty { return [] }
            return [decided(.progressRecorded(progress), opened, toDepartment: true, sealed)]
        case .review(let finding, let sealed):
            let opened = try running()
            let review = FollowUpEvent.Reviewed(
                caseFile: opened.caseFile, followUp: opened.followUp, finding: finding)
            return [decided(.reviewed(review), opened, toDepartment: false, sealed)]
        case .conclude(let outcome, let means, let attachments, let sealed):
            guard let opened else { throw .unknown }
            let conclusion = FollowUpEvent.Concluded(
                caseFile: opened.caseFile, followUp: opened.followUp, outcome: outcome, means: means,
                attachments: attachments)
            if let concluded {
                guard concluded == conclusion else { throw .hasEnded }
                return []
            }
            // Its result is told without reopening the case; only whoever gave it up knows already (`RULINGS.md` §3).
            guard means != nil || outcome == .withdrawn else { throw .notTold }
            return [decided(.concluded(conclusion), opened, toDepartment: true, sealed)]
        }
    }

    package mutating func evolve(with event: FollowUpEvent) {
        switch event {
        case .opened(let opened): self.opened = opened
        case .progressRecorded(let progress): lastProgress = progress
        case .reviewed: reviewCount += 1
        case .concluded(let concluded): self.concluded = concluded
        }
    }

    private func running() throws(FollowUpRefusal) -> FollowUpEvent.Opened {
        guard let opened else { throw .unknown }
        guard concluded == nil else { throw .hasEnded }
        return opened
    }

    private func decided(
        _ event: FollowUpEvent, _ opened: FollowUpEvent.Opened, toDepartment: Bool, _ sealed: [SealedText]
    ) -> Decided<FollowUpEvent> {
        var tags: Set<EventTag> = [
            .followUp(opened.followUp), .caseFile(opened.caseFile), .department(opened.department),
        ]
        if let item = opened.item { tags.insert(.item(item)) }
        if let referral = opened.referral { tags.insert(.referral(referral)) }
        tags.formUnion(sealed.map { .person($0.person) })
        let disclosure: Disclosure =
            toDepartment ? Disclosure([opened.department: [DisclosedGroup(.reference)]]) : .none
        return Decided(event, tags: tags, disclosure: disclosure, sealed: sealed)
    }
}
