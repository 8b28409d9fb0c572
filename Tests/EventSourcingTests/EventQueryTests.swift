import EventSourcing
import Testing

@Suite struct EventQueryTests {
    private let caseTag = EventTag("case:a")
    private let referralTag = EventTag("referral:b")

    @Test func `items are or-ed, tags within an item all needed, types one of`() throws {
        let caseTag = try #require(caseTag)
        let referralTag = try #require(referralTag)
        let query = EventQuery.tagged(caseTag, referralTag, types: ["ReferralAccepted", "ReferralReceived"])
            .or(.types(["CalendarPublished"]))
        #expect(query.matches(type: "ReferralAccepted", tags: [caseTag, referralTag]))
        #expect(!query.matches(type: "ReferralAccepted", tags: [caseTag]))
        #expect(!query.matches(type: "ReferralDispatched", tags: [caseTag, referralTag]))
        #expect(query.matches(type: "CalendarPublished", tags: []))
    }

    @Test func `everything or something is everything`() {
        #expect(EventQuery.all.or(.types(["X"])) == .all)
        #expect(EventQuery.types(["X"]).or(.all).matches(type: "Y", tags: []))
    }
}
