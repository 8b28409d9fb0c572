package import EventSourcing
import RuleBook
import WorkingCalendar

/// One check or assessment: made once, and any item about the same people may rest on it.
package struct CaseInquiry: Hashable, Sendable {
    /// What it is and how far.
    package enum Stage: Hashable, Sendable {
        case requested(InquiryEvent.CheckRequested)
        case reported(InquiryEvent.CheckRequested, InquiryEvent.CheckReported)
        case assessed(InquiryEvent.Assessed)
    }

    package internal(set) var stage: Stage

    /// Whom it is about.
    package var people: [PersonReference] {
        switch stage {
        case .requested(let request), .reported(let request, _): request.people
        case .assessed(let assessed): assessed.people
        }
    }

    /// The items it was made for.
    package var items: [ItemID] {
        switch stage {
        case .requested(let request), .reported(let request, _): request.items
        case .assessed(let assessed): assessed.items
        }
    }
}

/// What may be asked about checks and assessments of an open case.
package enum InquiryAct: Sendable {
    case requestCheck(RequestEconomicCheck)
    case reportCheck(ReportEconomicCheck)
    case assess(RecordAssessment)
}

extension CaseFile {
    func decide(_ act: InquiryAct, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        switch act {
        case .requestCheck(let body): try requestCheck(body, context)
        case .reportCheck(let body): try reportCheck(body, context)
        case .assess(let body): try assess(body, context)
        }
    }

    /// Asks for a check of people, each of whom allowed it and still does.
    private func requestCheck(_ body: RequestEconomicCheck, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        _ = try namedItems(body.items)
        try checkPeople(body.people, opened)
        if let office = body.office {
            guard let department = context.rules.department(office) else {
                throw CaseFileRefusal.unknownDepartment.told
            }
            guard department.kind.hasFeed else { throw CaseFileRefusal.judicialGetsNothing.told }
        }
        for person in body.people {
            guard isAuthorized(.economicCheck, by: person, on: context.day) else {
                throw InquiryRefusal.notAuthorized.told
            }
        }
        // One check of the same people is enough, whichever item asks for it.
        let isUnderway = inquiries.values.contains { inquiry in
            guard case .requested(let before) = inquiry.stage else { return false }
            return Set(before.people) == Set(body.people) && before.office == body.office
        }
        if isUnderway { return [] }
        let requested = InquiryEvent.CheckRequested(
            caseFile: opened.caseFile, inquiry: InquiryID(context.identifier(0)), people: body.people,
            items: body.items, office: body.office)
        return [
            recorded(.inquiry(.checkRequested(requested)), items: body.items, people: body.people, opened, context)
        ]
    }

    private func reportCheck(_ body: ReportEconomicCheck, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let request: InquiryEvent.CheckRequested
        switch inquiries[body.inquiry]?.stage {
        case .requested(let asked): request = asked
        case .reported(_, let before):
            guard before.band == body.band, before.validUntil == body.validUntil else {
                throw InquiryRefusal.reportedBefore.told
            }
            return []
        case .assessed, nil: throw InquiryRefusal.unknown.told
        }
        if let office = request.office, let acting = context.actor.department, office != acting {
            throw InquiryRefusal.otherOffice.told
        }
        guard request.people.allSatisfy({ isAuthorized(.economicCheck, by: $0, on: context.day) }) else {
            throw InquiryRefusal.notAuthorized.told
        }
        if let until = body.validUntil, until < context.day { throw InquiryRefusal.validityOver.told }
        let reported = InquiryEvent.CheckReported(
            caseFile: opened.caseFile, inquiry: body.inquiry, band: body.band, validUntil: body.validUntil,
            department: context.actor.department)
        return [recorded(.inquiry(.checkReported(reported)), people: request.people, opened, context)]
    }

    private func assess(_ body: RecordAssessment, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        _ = try namedItems(body.items)
        try checkPeople(body.people, opened)
        if let referral = body.referral, referrals[referral] == nil { throw CaseFileRefusal.noSuchReferral.told }
        let isKnown = inquiries.values.contains { inquiry in
            guard case .assessed(let before) = inquiry.stage else { return false }
            return before.kind == body.kind && before.people == body.people && before.items == body.items
                && before.result == body.result && before.referral == body.referral
        }
        if isKnown { return [] }
        let assessed = InquiryEvent.Assessed(
            caseFile: opened.caseFile, inquiry: InquiryID(context.identifier(0)), kind: body.kind, people: body.people,
            items: body.items, result: body.result, referral: body.referral, department: context.actor.department)
        return [recorded(.inquiry(.assessed(assessed)), items: body.items, people: body.people, opened, context)]
    }

    /// 1 to 8 different people whom the case already knows.
    private func checkPeople(_ people: [PersonReference], _ opened: CaseFileEvent.Opened) throws(CommandRefusal) {
        let known = Set(items.values.map(\.added.person) + authorizations.map(\.person))
            .union([opened.subject, application?.applicant ?? opened.subject])
        guard (1...8).contains(people.count), Set(people).count == people.count, known.isSuperset(of: people) else {
            throw InquiryRefusal.peopleMissing.told
        }
    }

    /// What a decision on an item may rest on: inquiries of this case about the item's person, reported and in date.
    func checkInquiries(_ named: [InquiryID], for item: Item, on day: CivilDay) throws(CommandRefusal) {
        for id in named {
            guard let inquiry = inquiries[id] else { throw InquiryRefusal.noSuchInquiry.told }
            // What a parent can do decides about the child, where the inquiry was made for the child's item as well.
            guard inquiry.people.contains(item.added.person) || inquiry.items.contains(item.added.item) else {
                throw InquiryRefusal.otherPeople.told
            }
            switch inquiry.stage {
            case .requested: throw InquiryRefusal.notReported.told
            case .reported(_, let report):
                if let until = report.validUntil, until < day { throw InquiryRefusal.outOfDate.told }
            case .assessed: break
            }
        }
    }

    mutating func evolve(with event: InquiryEvent) {
        switch event {
        case .checkRequested(let request): inquiries[request.inquiry] = CaseInquiry(stage: .requested(request))
        case .checkReported(let report):
            if case .requested(let request) = inquiries[report.inquiry]?.stage {
                inquiries[report.inquiry] = CaseInquiry(stage: .reported(request, report))
            }
        case .assessed(let assessed): inquiries[assessed.inquiry] = CaseInquiry(stage: .assessed(assessed))
        }
    }
}
