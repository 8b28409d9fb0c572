import Casework
import EventSourcing
import RuleBook

extension CaseRow {
    /// Takes in one event of the case; what the row does not show changes only when it was last touched.
    mutating func take(_ event: ReadEvent) {
        // That time passed is nobody's touch.
        if case .deadline(.crossed) = event.event { return }
        lastTouched = event.reference
        for tag in event.recorded.tags where tag.kind == .person {
            guard let person = PersonReference(String(tag.name)), !people.contains(person) else { continue }
            people.append(person)
        }
        switch event.event {
        case .caseFile(let fact): take(fact, event)
        case .meeting(let fact): take(fact)
        case .referral(let fact): take(fact, event)
        case .followUp(let fact): take(fact)
        case .intake(let fact): take(fact)
        case .relief(let fact): take(fact)
        case .review(let fact): take(fact)
        case .desk(let fact): take(fact)
        case .request, .inquiry, .visit, .deadline, nil: break
        }
        if firstHelpAt == nil, Self.isHelp(event.event) { firstHelpAt = event.recorded.occurredAt }
        if case .caseFile(.opened) = event.event {
            keepers = [.account(event.meta.actor.account)] + (event.meta.actor.post.map { [.post($0)] } ?? [])
        }
    }

    /// Whether somebody got something: aid in hand, or a referral that gave it or did it.
    private static func isHelp(_ event: CaseworkEvent?) -> Bool {
        switch event {
        case .relief(.aidDelivered): true
        case .referral(.completed(let completed)):
            switch completed.outcome {
            case .granted, .partlyGranted, .serviceGiven, .legalAidGranted, .assisted: true
            case .refused, .contacted, .notFound, .foundRefusesContact, .reconciled, .partlyReconciled,
                .notReconciled, .informed:
                false
            }
        case .request, .caseFile, .intake, .relief, .inquiry, .visit, .review, .meeting, .referral, .followUp,
            .deadline, .desk, nil:
            false
        }
    }

    private mutating func take(_ fact: CaseFileEvent, _ event: ReadEvent) {
        switch fact {
        case .opened(let opened):
            town = opened.town
            household = opened.household
            applicant = applicant ?? opened.subject
            unresolvedCases = opened.otherOpenCases
            if opened.concernsMinor { concernsMinor = true }
        case .applicationSubmitted(let submission):
            submitted = event.reference
            channel = submission.channel
            applicant = submission.applicant
            receipt = submission.receipt
        case .itemAdded(let added):
            guard !items.contains(where: { $0.id == added.item }) else { return }
            var item = Item(id: added.item, policyItem: added.policyItem, person: added.person)
            if added.concernsMinor {
                item.concernsMinor = true
                concernsMinor = true
            }
            items.append(item)
        case .triaged(let triage):
            changeItem(triage.item) { item in
                item.path = triage.path
                item.state = .triaged
            }
        case .itemDecided(let decided):
            changeItem(decided.item) { item in
                item.outcome = decided.result
                item.state = .decided
            }
        case .decisionNotified(let notified):
            changeItem(notified.item) { $0.state = .notified }
        case .applicantTold:
            applicantToldAt = event.recorded.occurredAt
        case .exitProposed:
            state = .exitProposed
            exitProposedAt = event.recorded.occurredAt
        case .exited(let exit):
            state = .exited
            exitedAt = event.recorded.occurredAt
            exitResult = exit.result
        case .markedDuplicate(let duplicate):
            state = .duplicate
            duplicateOf = duplicate.of
        case .secondCaseJustified(let justification):
            unresolvedCases.removeAll { $0 == justification.other }
        case .authorizationGranted, .visitCompleted:
            break
        }
    }

    private mutating func take(_ fact: FollowUpEvent) {
        switch fact {
        case .opened(let opened):
            followUps.append(
                FollowUp(id: opened.followUp, number: opened.number, department: opened.department, kind: opened.kind))
        case .progressRecorded(let progress):
            changeFollowUp(progress.followUp) { $0.stage = progress.stage }
        case .concluded(let concluded):
            changeFollowUp(concluded.followUp) { $0.outcome = concluded.outcome }
        case .reviewed:
            break
        }
    }

    mutating func changeItem(_ id: ItemID, _ change: (inout Item) -> Void) {
        guard let index = items.firstIndex(where: { $0.id == id }) else { return }
        change(&items[index])
    }

    private mutating func changeFollowUp(_ id: FollowUpID, _ change: (inout FollowUp) -> Void) {
        guard let index = followUps.firstIndex(where: { $0.id == id }) else { return }
        change(&followUps[index])
    }

    /// The referral with this id.
    func referral(_ id: ReferralID) -> ReferralRow? {
        referrals.first { $0.id == id }
    }

    /// The resolution with this id, of whatever meeting.
    func resolution(_ id: ResolutionID) -> Resolution? {
        meetings.lazy.flatMap(\.resolutions).first { $0.id == id }
    }
}

extension Array where Element: Equatable {
    mutating func appendOnce(_ element: Element) {
        if !contains(element) { append(element) }
    }
}
