import EventSourcing
import RuleBook

extension CaseFile {
    /// Asks a body for information as a courtesy; a statutory department owes its answer by referral instead.
    ///
    /// The body learns by feed that it is asked and by when, and nothing of anybody: no task gives it a group. A judicial
    /// body is asked on paper alone.
    func ask(_ body: RequestInformation, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        _ = try namedItems(body.items)
        try checkPeople(body.people, opened)
        guard let department = context.rules.department(body.department) else {
            throw CaseFileRefusal.unknownDepartment.told
        }
        guard department.kind != .statutory else { throw InquiryRefusal.owesAnswer.told }
        guard Wording.isSentence(body.basis) else { throw InquiryRefusal.basisMissing.told }
        if department.kind == .voluntary {
            // A body without a duty may not be told whom help is sought for, unless they agreed.
            let agreed = body.people.allSatisfy { isAuthorized(.disclosureToVoluntary, by: $0, on: context.day) }
            guard agreed else { throw InquiryRefusal.noConsent.told }
        }
        // One question at a time to one body: its answer then says which question it answers.
        for inquiry in inquiries.values {
            guard case .asked(let before) = inquiry.stage, before.department == body.department else { continue }
            let isSame =
                before.question == body.question && before.people == body.people && before.items == body.items
                && before.basis == body.basis
            guard isSame else { throw InquiryRefusal.questionOpen.told }
            return []
        }
        let requested = InquiryEvent.InformationRequested(
            caseFile: opened.caseFile, inquiry: InquiryID(context.identifier(0)), department: body.department,
            question: body.question, people: body.people, items: body.items, basis: body.basis)
        let decided = recorded(
            .inquiry(.informationRequested(requested)), items: body.items, people: body.people, opened, context)
        return [telling(decided, department)]
    }

    /// Records what the body said; it says so itself, or the centre for it.
    func answer(_ body: AnswerInformation, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpen()
        let request: InquiryEvent.InformationRequested
        let before: InquiryEvent.InformationAnswered?
        switch inquiries[body.inquiry]?.stage {
        case .asked(let asked): (request, before) = (asked, nil)
        case .answered(let asked, let answered): (request, before) = (asked, answered)
        case .requested, .reported, .assessed, nil: throw InquiryRefusal.unknown.told
        }
        guard let department = context.rules.department(request.department) else {
            throw CaseFileRefusal.unknownDepartment.told
        }
        if let acting = context.actor.department {
            guard acting == request.department else { throw InquiryRefusal.otherOffice.told }
            guard department.kind.hasFeed else { throw InquiryRefusal.answeredOnPaper.told }
        }
        if let before {
            guard before.answer == body.answer else { throw InquiryRefusal.answeredBefore.told }
            return []
        }
        let answered = InquiryEvent.InformationAnswered(
            caseFile: opened.caseFile, inquiry: body.inquiry, department: request.department, answer: body.answer)
        let decided = recorded(.inquiry(.informationAnswered(answered)), people: request.people, opened, context)
        return [telling(decided, department)]
    }

    /// The same event, told to the body by reference where it has a feed.
    private func telling(_ decided: Decided<CaseworkEvent>, _ department: Department) -> Decided<CaseworkEvent> {
        guard department.kind.hasFeed else { return decided }
        var disclosure = decided.disclosure
        disclosure.add([DisclosedGroup(.reference)], for: department.code)
        return Decided(
            decided.event, tags: decided.tags.union([.department(department.code)]), disclosure: disclosure,
            sealed: decided.sealed)
    }
}
