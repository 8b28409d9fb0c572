package import EventSourcing
import RuleBook
import WorkingCalendar

/// One check, assessment or courtesy request: made once, and any item about the same people may rest on it.
package struct CaseInquiry: Hashable, Sendable {
    /// What it is and how far.
    package enum Stage: Hashable, Sendable {
        case requested(InquiryEvent.CheckRequested)
        case reported(InquiryEvent.CheckRequested, InquiryEvent.CheckReported)
        case assessed(InquiryEvent.Assessed)
        case asked(InquiryEvent.InformationRequested)
        case answered(InquiryEvent.InformationRequested, InquiryEvent.InformationAnswered)
    }

    package internal(set) var stage: Stage
    /// Whether the office asked has begun, as far as it said so.
    package internal(set) var isBegun = false

    init(stage: Stage) {
        self.stage = stage
    }

    /// Whom it is about.
    package var people: [PersonReference] {
        switch stage {
        case .requested(let request), .reported(let request, _): request.people
        case .assessed(let assessed): assessed.people
        case .asked(let request), .answered(let request, _): request.people
        }
    }

    /// The items it was made for.
    package var items: [ItemID] {
        switch stage {
        case .requested(let request), .reported(let request, _): request.items
        case .assessed(let assessed): assessed.items
        case .asked(let request), .answered(let request, _): request.items
        }
    }
}

/// What may be asked about checks, assessments and courtesy requests of an open case.
package enum InquiryAct: Sendable {
    case requestCheck(RequestEconomicCheck)
    case startCheck(StartEconomicCheck)
    case reportCheck(ReportEconomicCheck)
    case assess(RecordAssessment)
    case ask(RequestInformation)
    case answer(AnswerInformation)
}

extension CaseFile {
    func decide(_ act: InquiryAct, _ context: CommandContext) throws(CommandRefusal) -> [Decided<CaseworkEvent>] {
        switch act {
        case .requestCheck(let body): try requestCheck(body, context)
        case .startCheck(let body): try startCheck(body, context)
        case .reportCheck(let body): try reportCheck(body, context)
        case .assess(let body): try assess(body, context)
        case .ask(let body): try ask(body, context)
        case .answer(let body): try answer(body, context)
        }
    }

    /// Asks for a check of people, each of whom allowed it and still does.
    private func requestCheck(_ body: RequestEconomicCheck, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        _ = try namedItems(body.items)
        try checkPeople(body.people, opened)
        for person in body.people {
            guard isAuthorized(.economicCheck, by: person, on: context.day) else {
                throw InquiryRefusal.notAuthorized.told
            }
        }
        // One check of the same people is enough, whichever item asks for it.
        let isUnderway = inquiries.values.contains { inquiry in
            guard case .requested(let before) = inquiry.stage else { return false }
            // A referral that ended without a report leaves the check to be asked for again.
            let isOver = before.referral.map { referrals[$0]?.stage.isTerminal != false } ?? false
            return !isOver && Set(before.people) == Set(body.people) && before.office == body.office
        }
        if isUnderway { return [] }
        let referral = body.office == nil ? nil : ReferralID(context.identifier(1))
        let requested = InquiryEvent.CheckRequested(
            caseFile: opened.caseFile, inquiry: InquiryID(context.identifier(0)), people: body.people,
            items: body.items, office: body.office, referral: referral)
        let asking = recorded(
            .inquiry(.checkRequested(requested)), items: body.items, people: body.people, opened, context)
        guard let office = body.office, let referral else { return [asking] }
        return [asking] + (try dispatchCheck(of: body.people, by: office, as: referral, context))
    }

    /// Says that a check has begun, once.
    private func startCheck(_ body: StartEconomicCheck, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let request: InquiryEvent.CheckRequested
        switch inquiries[body.inquiry]?.stage {
        case .requested(let asked): request = asked
        case .reported: throw InquiryRefusal.reportedBefore.told
        case .assessed, .asked, .answered, nil: throw InquiryRefusal.unknown.told
        }
        try requireOffice(request, context)
        guard request.people.allSatisfy({ isAuthorized(.economicCheck, by: $0, on: context.day) }) else {
            throw InquiryRefusal.notAuthorized.told
        }
        if inquiries[body.inquiry]?.isBegun == true { return [] }
        let started = InquiryEvent.CheckStarted(
            caseFile: opened.caseFile, inquiry: body.inquiry, department: context.actor.department)
        return [recorded(.inquiry(.checkStarted(started)), opened, context)]
    }

    /// What one office was asked for is no other's; the centre may record it for any.
    private func requireOffice(_ request: InquiryEvent.CheckRequested, _ context: CommandContext)
        throws(CommandRefusal)
    {
        guard let office = request.office, let acting = context.actor.department, office != acting else { return }
        throw InquiryRefusal.otherOffice.told
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
        case .assessed, .asked, .answered, nil: throw InquiryRefusal.unknown.told
        }
        try requireOffice(request, context)
        guard request.people.allSatisfy({ isAuthorized(.economicCheck, by: $0, on: context.day) }) else {
            throw InquiryRefusal.notAuthorized.told
        }
        if let until = body.validUntil, until < context.day { throw InquiryRefusal.validityOver.told }
        let reported = InquiryEvent.CheckReported(
            caseFile: opened.caseFile, inquiry: body.inquiry, band: body.band, validUntil: body.validUntil,
            department: context.actor.department, items: request.items)
        return [
            recorded(
                .inquiry(.checkReported(reported)), people: request.people,
                tags: Set(request.items.map(EventTag.item)), opened, context)
        ]
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
    func checkPeople(_ people: [PersonReference], _ opened: CaseFileEvent.Opened) throws(CommandRefusal) {
        let known = Set(items.values.map(\.added.person) + authorizations.map(\.person))
            .union([opened.subject, application?.applicant ?? opened.subject])
            .union(referrals.values.flatMap { $0.order?.people ?? [] }.map(\.person))
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
            case .requested, .asked: throw InquiryRefusal.notReported.told
            case .reported(_, let report):
                if let until = report.validUntil, until < day { throw InquiryRefusal.outOfDate.told }
            case .assessed: break
            case .answered(_, let answered):
                guard answered.answer != .declined else { throw InquiryRefusal.notReported.told }
            }
        }
    }

    mutating func evolve(with event: InquiryEvent) {
        switch event {
        case .checkRequested(let request): inquiries[request.inquiry] = CaseInquiry(stage: .requested(request))
        case .checkStarted(let started): inquiries[started.inquiry]?.isBegun = true
        case .checkReported(let report):
            if case .requested(let request) = inquiries[report.inquiry]?.stage {
                inquiries[report.inquiry] = CaseInquiry(stage: .reported(request, report))
            }
        case .assessed(let assessed): inquiries[assessed.inquiry] = CaseInquiry(stage: .assessed(assessed))
        case .informationRequested(let request): inquiries[request.inquiry] = CaseInquiry(stage: .asked(request))
        case .informationAnswered(let answered):
            if case .asked(let request) = inquiries[answered.inquiry]?.stage {
                inquiries[answered.inquiry] = CaseInquiry(stage: .answered(request, answered))
            }
        }
    }
}
