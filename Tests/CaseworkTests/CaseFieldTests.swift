import Casework
import EventSourcing
import RuleBook
import Testing

/// Fields of case commands that fit no case.
@Suite struct CaseFieldTests {
    private let day = Fixture.morning("2023-08-15")

    @Test func `an authorisation has a scope and ends after it begins`() throws {
        var story = try DanyangStory.applied()
        #expect(throws: CaseFileRefusal.scopeEmpty.told) {
            try story.hub.send(GrantAuthorization(scope: []), to: story.theCase, at: day)
        }
        #expect(throws: CaseFileRefusal.authorizationOver.told) {
            try story.hub.send(
                GrantAuthorization(
                    scope: Array(AuthorizationScope.allCases.prefix(1)), validUntil: Fixture.day("2023-08-14")),
                to: story.theCase, at: day)
        }
    }

    @Test func `a verification takes two visitors, any visit one`() throws {
        var story = try DanyangStory.applied()
        #expect(throws: CaseFileRefusal.visitorsMissing.told) {
            try story.hub.send(
                CompleteVisit(purpose: .verification, visitors: 1), to: story.theCase, as: .station, at: day)
        }
    }

    @Test func `an item stands in a triage once`() throws {
        var story = try DanyangStory.applied()
        let path = ItemPath(item: story.living, path: .refer)
        #expect(throws: CaseFileRefusal.itemTwice.told) {
            try story.hub.send(CompleteTriage(items: [path, path]), to: story.theCase, at: day)
        }
    }

    @Test func `a decision rests on a referral of its own case`() throws {
        var story = try DanyangStory.applied()
        try story.hub.send(
            CompleteTriage(items: [.init(item: story.living, path: .refer)]), to: story.theCase, at: day)
        #expect(throws: CaseFileRefusal.noSuchReferral.told) {
            try story.hub.send(
                DecideItem(item: story.living, result: .granted, clause: "办法", referral: Fixture.id(5)),
                to: story.theCase, at: day)
        }
    }

    @Test func `a duplicate is linked to an open case`() throws {
        var story = try DanyangStory.applied()
        #expect(throws: CaseFileRefusal.otherNotOpen.told) {
            try story.hub.send(LinkDuplicateCase(of: Fixture.id(5)), to: story.theCase, at: day)
        }
    }
}
