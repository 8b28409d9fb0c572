import Casework
import EventSourcing
import RuleBook
import Testing

/// Triage: TR-2, TR-14 and the paths of `reference/product.md` §4.4.
@Suite struct TriageTests {
    private func triage(_ item: ItemID, _ path: TriagePath, _ reason: TriageReason? = nil) -> CompleteTriage {
        CompleteTriage(items: [.init(item: item, path: path, reason: reason)])
    }

    @Test func `each item has its path and every path its recorded reason`() throws {
        var story = try DoorStory.submitted()
        try story.send(triage(story.living, .handleHere))
        try story.send(triage(story.education, .refer))
        for path in [TriagePath.exceptional, .advanceRelief, .informOnly] {
            #expect(story.refusal(of: triage(story.relief, path)) == CaseFileRefusal.reasonMissing.told)
        }
        try story.send(triage(story.relief, .exceptional, .noPolicyFits))
        let reasons = story.hub.events.compactMap { event -> TriageReason? in
            guard case .casework(.caseFile(.triaged(let triaged))) = try? HubEvent(event) else { return nil }
            return triaged.reason
        }
        #expect(reasons == [.ownCompetence, .otherDepartment, .noPolicyFits])
    }

    @Test func `the review panel is a later issue and is refused clearly`() throws {
        var story = try DoorStory.submitted()
        #expect(
            story.refusal(of: triage(story.living, .reviewPanel, .disputedDuty)) == CaseFileRefusal.panelNotYet.told)
    }

    @Test func `an item that needs publicity does not fit into the meeting path, and triage says so`() throws {
        var story = try DoorStory.submitted()
        #expect(
            story.refusal(of: triage(story.living, .jointMeeting)) == CaseFileRefusal.publicityBeyondPromise.told)
        let triaged = try story.send(
            CompleteTriage(items: [.init(item: story.living, path: .jointMeeting, beyondPromise: true)]))
        guard case .casework(.caseFile(.triaged(let fact))) = try HubEvent(try #require(triaged.first)) else {
            Issue.record("a triage")
            return
        }
        #expect(fact.beyondPromise == true)
        try story.send(triage(story.education, .jointMeeting))
    }

    @Test func `TR-14: an exceptional decision is the head's or the meeting's, and information gives nothing`() throws {
        var story = try DoorStory.submitted()
        try story.send(triage(story.relief, .exceptional, .noPolicyFits))
        let decide = DecideItem(item: story.relief, result: .granted, clause: "一事一议")
        #expect(story.refusal(of: decide, as: .supervisor)?.code == "role.forbidden")
        try story.send(decide, as: .office)
        try story.send(triage(story.living, .informOnly, .questionOnly))
        #expect(
            story.refusal(of: DecideItem(item: story.living, result: .granted, clause: "办法"))
                == CaseFileRefusal.informOnlyGivesNothing.told)
        try story.send(DecideItem(item: story.living, result: .notApplicable, clause: "办法"))
    }

    @Test(arguments: DecisionResult.allCases)
    func `I-2: every outcome is terminal, and only noPolicyCovers has no clause`(
        result: DecisionResult
    ) throws {
        var story = try DoorStory.submitted()
        try story.send(triage(story.living, .handleHere))
        let bare = story.refusal(of: DecideItem(item: story.living, result: result))
        if result == .noPolicyCovers {
            #expect(bare == nil)
        } else {
            #expect(bare == CaseFileRefusal.clauseMissing.told)
            try story.send(DecideItem(item: story.living, result: result, clause: "办法 第三条"))
        }
        let second = DecideItem(item: story.living, result: result == .granted ? .refused : .granted, clause: "办法")
        #expect(story.refusal(of: second) == CaseFileRefusal.itemDecided.told)
        #expect(story.file.items[story.living]?.stage.isTerminal == true)
    }
}
