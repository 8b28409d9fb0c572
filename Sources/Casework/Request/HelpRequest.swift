package import EventSourcing
package import RuleBook

/// What may be asked of one help request.
package enum HelpRequestCommand: Sendable {
    /// The reporting department, where there is one, as the rule book knows it.
    case record(HelpRequestEvent.Recorded, reporter: Department?, sealed: [SealedText])
    case close(RequestOutcome, caseFile: CaseID?, sealed: [SealedText])
}

/// One help request: somebody said that a person needs help, and it ends with an application or without.
package struct HelpRequest: Decider {
    /// What was recorded; nothing for a request that does not exist.
    package private(set) var recorded: HelpRequestEvent.Recorded?
    /// The case an application opened for it.
    package private(set) var appliedIn: CaseID?
    package private(set) var closed: HelpRequestEvent.Closed?

    package init() {}

    /// Whether nobody has dealt with it yet.
    package var isOpen: Bool { recorded != nil && appliedIn == nil && closed == nil }

    package func decide(_ command: HelpRequestCommand) throws(HelpRequestRefusal) -> [Decided<CaseworkEvent>] {
        switch command {
        case .record(let request, let reporter, let sealed):
            try record(request, reporter, sealed)
        case .close(let outcome, let caseFile, let sealed):
            try close(outcome, caseFile, sealed)
        }
    }

    package mutating func evolve(with event: CaseworkEvent) {
        switch event {
        case .request(.recorded(let recorded)): self.recorded = recorded
        case .request(.closed(let closed)): self.closed = closed
        case .caseFile(.applicationSubmitted(let submitted)): appliedIn = submitted.caseFile
        case .caseFile, .intake, .relief, .inquiry, .visit, .review, .followUp, .meeting, .referral, .deadline, .desk:
            break
        }
    }

    private func record(_ request: HelpRequestEvent.Recorded, _ reporter: Department?, _ sealed: [SealedText])
        throws(HelpRequestRefusal) -> [Decided<CaseworkEvent>]
    {
        if let recorded {
            guard recorded == request else { throw .alreadyRecorded }
            return []
        }
        switch request.reporter {
        case .department, .socialOrganisation:
            guard request.reporterDepartment != nil else { throw .reporterMissing }
        case .personInNeed, .relative, .neighbour, .villageAssistant, .dataComparison, .anonymous: break
        }
        var disclosure = Disclosure()
        if request.reporterDepartment != nil {
            guard let reporter else { throw .unknownReporter }
            guard reporter.kind.hasFeed else { throw .judicialReporter }
            disclosure.add([DisclosedGroup(.reference)], for: reporter.code)
        }
        return [
            Decided(
                .request(.recorded(request)), tags: tags(request).union(sealed.map { .person($0.person) }),
                disclosure: disclosure, sealed: sealed)
        ]
    }

    private func close(_ outcome: RequestOutcome, _ caseFile: CaseID?, _ sealed: [SealedText])
        throws(HelpRequestRefusal) -> [Decided<CaseworkEvent>]
    {
        guard let recorded else { throw .unknown }
        let closing = HelpRequestEvent.Closed(request: recorded.request, outcome: outcome, caseFile: caseFile)
        if let closed {
            guard closed == closing else { throw .hasEnded }
            return []
        }
        guard appliedIn == nil else { throw .hasEnded }
        switch outcome {
        case .applied, .joinedOpenCase: guard caseFile != nil else { throw .caseMissing }
        case .alreadyServed, .notNeeded, .declinedByPerson, .unreachable: break
        }
        var disclosure = Disclosure()
        // The reporter learns that it ended, not how.
        if let reporter = recorded.reporterDepartment { disclosure.add([DisclosedGroup(.reference)], for: reporter) }
        return [
            Decided(
                .request(.closed(closing)),
                tags: tags(recorded).union(caseFile.map { [.caseFile($0)] } ?? []), disclosure: disclosure,
                sealed: sealed)
        ]
    }

    private func tags(_ request: HelpRequestEvent.Recorded) -> Set<EventTag> {
        var tags: Set<EventTag> = [.request(request.request), .number(request.number), .town(request.town)]
        if let subject = request.subject { tags.insert(.person(subject)) }
        if let household = request.household { tags.insert(.household(household)) }
        if let reporter = request.reporterDepartment { tags.insert(.department(reporter)) }
        return tags
    }
}
