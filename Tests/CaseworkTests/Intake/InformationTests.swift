import Casework
import EventSourcing
import RuleBook
import Testing

/// What a body that owes no answer is asked as a courtesy (`RULINGS.md` §1, `courtesy.answer`; `product.md` §5).
@Suite struct InformationTests {
    private static func ask(
        _ department: DepartmentCode, _ story: DoorStory, question: InformationQuestion = .register,
        basis: String = "社会救助暂行办法"
    ) -> RequestInformation {
        RequestInformation(
            department: department, question: question, people: [story.man], items: [story.living], basis: basis)
    }

    private static func inquiry(_ events: [RecordedEvent]) throws -> InquiryID {
        for event in events {
            if case .casework(.inquiry(.informationRequested(let request))) = try HubEvent(event) {
                return request.inquiry
            }
        }
        throw NoInquiry()
    }

    private struct NoInquiry: Error {}

    @Test func `a courtesy request is told by reference alone, and the body answers for itself`() throws {
        var story = try DoorStory.submitted()
        let asked = try story.send(
            Self.ask(Fixture.gongan, story), sealed: [(.narrative, story.man)])
        #expect(asked.map(\.type) == ["InformationRequested"])
        let disclosure = try #require(try asked.first?.disclosure)
        #expect(disclosure.groups == [Fixture.gongan: [DisclosedGroup(.reference)]], "no task gives it anybody's data")
        let inquiry = try Self.inquiry(asked)
        let answer = AnswerInformation(inquiry: inquiry, answer: .given)
        #expect(story.refusal(of: answer, as: .of(Fixture.fulian)) == InquiryRefusal.otherOffice.told)
        let answered = try story.send(answer, as: .of(Fixture.gongan), sealed: [(.household, story.man)])
        #expect(answered.map(\.type) == ["InformationAnswered"])
        #expect(try answered.first?.disclosure.groups == [Fixture.gongan: [DisclosedGroup(.reference)]])
        #expect(
            story.refusal(of: AnswerInformation(inquiry: inquiry, answer: .nothingHeld))
                == InquiryRefusal.answeredBefore.told)
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        try story.send(DecideItem(item: story.living, result: .granted, clause: "办法", inquiries: [inquiry]))
    }

    @Test func `a judicial body is asked and answers on paper: nothing reaches a feed`() throws {
        var story = try DoorStory.submitted()
        let asked = try story.send(Self.ask(Fixture.fayuan, story, question: .proceedings))
        #expect(try asked.first?.disclosure.audience == [])
        let answer = AnswerInformation(inquiry: try Self.inquiry(asked), answer: .given)
        #expect(story.refusal(of: answer, as: .of(Fixture.fayuan)) == InquiryRefusal.answeredOnPaper.told)
        let answered = try story.send(answer)
        #expect(try answered.first?.disclosure.audience == [])
    }

    @Test func `a statutory department owes its answer and gets a referral instead`() throws {
        var story = try DoorStory.submitted()
        #expect(story.refusal(of: Self.ask(Fixture.jiaoyu, story)) == InquiryRefusal.owesAnswer.told)
        #expect(
            story.refusal(of: Self.ask(Fixture.department("nobody"), story)) == CaseFileRefusal.unknownDepartment.told)
        #expect(story.refusal(of: Self.ask(Fixture.gongan, story, basis: " ")) == InquiryRefusal.basisMissing.told)
    }

    @Test func `a voluntary body is asked about people only by their consent`() throws {
        var story = try DoorStory.submitted()
        let request = Self.ask(Fixture.jijinhui, story, question: .capacity)
        #expect(story.refusal(of: request) == InquiryRefusal.noConsent.told)
        try story.send(GrantAuthorization(scope: [.disclosureToVoluntary]))
        try story.send(request)
    }

    @Test func `one question at a time to one body, and no decision rests on one that was not answered`() throws {
        var story = try DoorStory.submitted()
        let inquiry = try Self.inquiry(try story.send(Self.ask(Fixture.gongan, story)))
        #expect(
            story.refusal(of: Self.ask(Fixture.gongan, story, question: .aidGiven))
                == InquiryRefusal.questionOpen.told)
        try story.send(Self.ask(Fixture.fulian, story))
        try story.send(CompleteTriage(items: [.init(item: story.living, path: .handleHere)]))
        let decision = DecideItem(item: story.living, result: .granted, clause: "办法", inquiries: [inquiry])
        #expect(story.refusal(of: decision) == InquiryRefusal.notReported.told)
        try story.send(AnswerInformation(inquiry: inquiry, answer: .declined))
        #expect(story.refusal(of: decision) == InquiryRefusal.notReported.told, "a courtesy may be declined")
        try story.send(Self.ask(Fixture.gongan, story, question: .aidGiven))
    }
}
