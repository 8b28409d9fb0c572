package import EventSourcing

/// How far the taking-in of a case's items is.
package struct CaseIntake: Hashable, Sendable {
    /// Where one item stands at the door; its decision is another matter.
    package enum Acceptance: Hashable, Sendable {
        /// Papers were asked for, completely and once.
        case supplementAsked
        /// Accepted although papers are missing.
        case provisional
        /// By a department, or by the centre.
        case accepted(by: DepartmentCode?)
    }

    package internal(set) var acceptances: [ItemID: Acceptance] = [:]
    /// What is still to be brought, by item.
    package internal(set) var missing: [ItemID: [PaperCode]] = [:]
    /// Items that are with the hub of another place.
    package internal(set) var withHub: [ItemID: HubCode] = [:]
    /// The file each item went up with in this cycle.
    package internal(set) var files: [ItemID: IntakeEvent.FileSubmitted] = [:]
    /// What we answered the hub that handed us the case.
    package internal(set) var answerSent: HubAnswer?
    /// Who has asked for papers in this cycle; the centre stands as nothing.
    var asked: Set<DepartmentCode?> = []
    var lastReceived: IntakeEvent.SupplementReceived?
    var lastRequested: IntakeEvent.SupplementRequested?
    var answers: [IntakeEvent.HubAnswered] = []

    mutating func evolve(with event: IntakeEvent) {
        switch event {
        case .accepted(let accepted): acceptances[accepted.item] = .accepted(by: accepted.department)
        case .provisionallyAccepted(let accepted):
            acceptances[accepted.item] = .provisional
            missing[accepted.item] = accepted.missing
        case .supplementRequested(let request):
            asked.insert(request.department)
            lastRequested = request
            for item in request.items {
                acceptances[item] = .supplementAsked
                missing[item] = request.papers
            }
        case .supplementReceived(let received):
            lastReceived = received
            for item in received.items {
                missing[item]?.removeAll { received.papers.contains($0) }
                if missing[item]?.isEmpty == true { missing[item] = nil }
            }
        case .notAccepted(let refused): missing[refused.item] = nil
        case .itemWithdrawn(let withdrawn): missing[withdrawn.item] = nil
        case .authorizationWithdrawn: break
        case .handedToHub(let handed):
            for item in handed.items { withHub[item] = handed.hub }
        case .hubAnswered(let answer):
            answers.append(answer)
            for item in answer.items { withHub[item] = nil }
        case .hubAnswerSent(let answer): answerSent = answer.answer
        case .fileSubmitted(let file):
            for item in file.items { files[item] = file }
        }
    }

    /// Begins a new cycle: the door is open once more for the items taken up again.
    mutating func beginCycle(with items: [ItemID]) {
        asked = []
        answerSent = nil
        for item in items {
            acceptances[item] = nil
            missing[item] = nil
            files[item] = nil
        }
    }
}

/// What may be asked at the door of an open case; the item is the one a command is addressed to.
package enum IntakeAct: Sendable {
    case accept(AcceptApplication, ItemID?)
    case acceptProvisionally(AcceptProvisionally, ItemID?)
    case decline(DeclineToAccept, ItemID?)
    case requestSupplement(RequestSupplement)
    case receiveSupplement(ReceiveSupplement)
    /// `Voice`: what the registry says of who withdraws.
    case withdrawItem(WithdrawItem, ItemID?, WithdrawItem.Voice)
    case withdrawAuthorization(WithdrawAuthorization)
    case handToHub(HandToOtherHub)
    case recordHubAnswer(RecordHubAnswer)
    case answerHub(AnswerOtherHub)
    case submitFile(SubmitFile)
}

extension CaseFile {
    func decide(_ act: IntakeAct, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        switch act {
        case .accept(let body, let item): try accept(body, item, context)
        case .acceptProvisionally(let body, let item): try acceptProvisionally(body, item, context)
        case .decline(let body, let item): try declineToAccept(body, item, context)
        case .requestSupplement(let body): try requestSupplement(body, context)
        case .receiveSupplement(let body): try receiveSupplement(body, context)
        case .withdrawItem(let body, let item, let voice): try withdraw(body, item, voice, context)
        case .withdrawAuthorization(let body): try withdraw(body, context)
        case .handToHub(let body): try handToHub(body, context)
        case .recordHubAnswer(let body): try recordHubAnswer(body, context)
        case .answerHub(let body): try answerHub(body, context)
        case .submitFile(let body): try submitFile(body, context)
        }
    }
}
