package import Casework
package import Deadlines
package import EventSourcing
import RuleBook
import WorkingCalendar

/// One case in the making, and what its next events need to name.
package struct CaseInStory: Sendable {
    package let id: CaseID
    package let number: EntityNumber
    package let applicant: PersonReference
    package let request: HelpRequestID?
    package var items: [ItemID] = []
    package var referrals: [ReferralID] = []
}

extension Story {
    package static func town() throws -> TownCode { try known("huangtang") }

    /// A social organisation reports a family.
    package mutating func reportRequest(_ number: String, by reporter: ReporterKind = .socialOrganisation) throws
        -> HelpRequestID
    {
        let id: HelpRequestID = self.id()
        let body: DepartmentCode = try known("jijinhui")
        try record(
            .casework(
                .request(
                    .recorded(
                        HelpRequestEvent.Recorded(
                            request: id, number: try known(number), channel: .socialOrganisation, reporter: reporter,
                            reporterDepartment: body, town: Self.town())))),
            to: Disclosure([body: [DisclosedGroup(.reference)]]))
        return id
    }

    /// Opens a case, with its application and items.
    package mutating func apply(
        _ number: String, request: HelpRequestID? = nil, items: Int = 1, otherOpenCases: [CaseID] = []
    ) throws -> CaseInStory {
        var file = CaseInStory(id: id(), number: try known(number), applicant: id(), request: request)
        try record(
            .casework(
                .caseFile(
                    .opened(
                        CaseFileEvent.Opened(
                            caseFile: file.id, number: file.number, town: Self.town(), subject: file.applicant,
                            request: request, concernsMinor: true, otherOpenCases: otherOpenCases)))))
        try record(
            .casework(
                .caseFile(
                    .applicationSubmitted(
                        CaseFileEvent.ApplicationSubmitted(
                            caseFile: file.id, channel: .centre, town: Self.town(), applicant: file.applicant,
                            locationProtected: false, request: request)))))
        for _ in 0..<items { try addItem(to: &file) }
        return file
    }

    package mutating func addItem(to file: inout CaseInStory) throws {
        let item: ItemID = id()
        file.items.append(item)
        try record(
            .casework(
                .caseFile(
                    .itemAdded(
                        CaseFileEvent.ItemAdded(
                            caseFile: file.id, item: item, policyItem: try known("living.support"), policyVersion: 1,
                            person: file.applicant, concernsMinor: false)))))
    }

    /// - Parameter days: How many days after it was made it is entered.
    package mutating func visit(_ file: CaseInStory, enteredAfter days: Int64 = 0) throws {
        try record(
            .casework(
                .caseFile(
                    .visitCompleted(
                        CaseFileEvent.VisitCompleted(
                            caseFile: file.id, visit: id(), purpose: .verification, town: Self.town(), visitors: 2)))),
            sealed: [(.narrative, file.applicant)],
            occurredAt: now.advanced(byMilliseconds: -days * 86_400_000))
    }

    package mutating func triage(_ file: CaseInStory, _ item: ItemID, _ path: TriagePath) throws {
        try record(
            .casework(.caseFile(.triaged(CaseFileEvent.Triaged(caseFile: file.id, item: item, path: path)))))
    }

    /// Dispatches a referral or offer in the case, with co-handlers.
    @discardableResult
    package mutating func dispatch(
        _ file: inout CaseInStory, to lead: String, co: [String] = [], offer: Bool = false,
        limit: DeadlineLimit = .workingDays(10), items: [ItemID] = [], resolution: ResolutionID? = nil,
        predecessor: ReferralID? = nil
    ) throws -> ReferralID {
        let referral: ReferralID = id()
        let number = file.number.referral(file.referrals.count + 1)
        let lead: DepartmentCode = try known(lead)
        file.referrals.append(referral)
        try record(
            .casework(
                .referral(
                    .dispatched(
                        ReferralEvent.Dispatched(
                            referral: referral, caseFile: file.id, number: number, kind: offer ? .offer : .referral,
                            task: try known("living.support"), taskVersion: 1, items: items, lead: lead,
                            town: Self.town(), limit: limit, priority: .routine, resolution: resolution,
                            predecessor: predecessor)))), to: Disclosure([lead: [DisclosedGroup(.reference)]]))
        for code in co {
            let department: DepartmentCode = try known(code)
            try record(
                .casework(
                    .referral(
                        .coHandlerInvited(
                            ReferralEvent.CoHandlerInvited(
                                referral: referral, caseFile: file.id, number: number, department: department,
                                task: try known("living.support"), lead: lead, town: Self.town(), limit: limit)))),
                to: Disclosure([department: [DisclosedGroup(.reference)]]))
        }
        return referral
    }

    /// Records one event of a referral, told to the department that acts.
    @discardableResult
    package mutating func record(_ event: ReferralEvent, by department: String) throws -> RecordedEvent {
        let code: DepartmentCode = try known(department)
        return try record(
            .casework(.referral(event)), to: Disclosure([code: [DisclosedGroup(.reference)]]), by: code)
    }

    package mutating func receive(_ file: CaseInStory, _ referral: ReferralID, by department: String) throws {
        try record(
            .received(
                ReferralEvent.Received(referral: referral, caseFile: file.id, department: try known(department))),
            by: department)
    }

    package mutating func accept(_ file: CaseInStory, _ referral: ReferralID, by department: String) throws {
        try record(
            .accepted(
                ReferralEvent.Accepted(
                    referral: referral, caseFile: file.id, department: try known(department),
                    handlingPost: try known("\(department)/desk"))), by: department)
    }

    package mutating func complete(
        _ file: CaseInStory, _ referral: ReferralID, by department: String, _ outcome: ReferralOutcome = .granted
    ) throws {
        try record(
            .completed(
                ReferralEvent.Completed(
                    referral: referral, caseFile: file.id, department: try known(department), outcome: outcome,
                    excused: [])), by: department)
    }

    package mutating func acceptCompletion(_ file: CaseInStory, _ referral: ReferralID, of lead: String) throws {
        try record(
            .completionAccepted(
                ReferralEvent.CompletionAccepted(
                    referral: referral, caseFile: file.id, lead: try known(lead), result: .completed)), by: lead)
    }

    package mutating func requestReturn(
        _ file: CaseInStory, _ referral: ReferralID, by department: String, _ reason: ReturnReason = .notOurDuty
    ) throws {
        try record(
            .returnRequested(
                ReferralEvent.ReturnRequested(
                    referral: referral, caseFile: file.id, department: try known(department), reason: reason,
                    clause: "art. 1")), by: department)
    }

    package mutating func approveReturn(_ file: CaseInStory, _ referral: ReferralID, of department: String) throws {
        try record(
            .returnApproved(
                ReferralEvent.ReturnApproved(
                    referral: referral, caseFile: file.id, department: try known(department), clause: "art. 1")),
            by: department)
    }

    package mutating func decide(_ file: CaseInStory, _ item: ItemID) throws {
        try record(
            .casework(
                .caseFile(
                    .itemDecided(
                        CaseFileEvent.ItemDecided(
                            caseFile: file.id, item: item, decision: id(), number: file.number.decision(1),
                            result: .granted)))))
    }

    package mutating func notify(_ file: CaseInStory, _ item: ItemID) throws {
        try record(
            .casework(
                .caseFile(
                    .decisionNotified(
                        CaseFileEvent.DecisionNotified(
                            caseFile: file.id, item: item, decision: id(), means: .inPerson, recipient: file.applicant)
                    ))))
    }

    package mutating func openFollowUp(_ file: CaseInStory, with department: String) throws -> FollowUpID {
        let followUp: FollowUpID = id()
        let code: DepartmentCode = try known(department)
        try record(
            .casework(
                .followUp(
                    .opened(
                        FollowUpEvent.Opened(
                            caseFile: file.id, followUp: followUp, number: file.number.followUp(1), kind: .court,
                            department: code)))), to: Disclosure([code: [DisclosedGroup(.reference)]]))
        return followUp
    }

    package mutating func review(_ file: CaseInStory, _ followUp: FollowUpID) throws {
        try record(
            .casework(
                .followUp(
                    .reviewed(FollowUpEvent.Reviewed(caseFile: file.id, followUp: followUp, finding: .waiting)))))
    }

    package mutating func conclude(_ file: CaseInStory, _ followUp: FollowUpID) throws {
        try record(
            .casework(
                .followUp(
                    .concluded(FollowUpEvent.Concluded(caseFile: file.id, followUp: followUp, outcome: .achieved)))))
    }

    package mutating func exit(_ file: CaseInStory) throws {
        try record(
            .casework(
                .caseFile(.exited(CaseFileEvent.Exited(caseFile: file.id, result: .helped, followUps: [])))))
    }
}
