import Casework
import EventSourcing
import RuleBook
import Testing

/// Visits: IN-9, IN-21, and what an attempt is not.
@Suite struct VisitTests {
    @Test func `a verification takes two people, planned, tried or done`() throws {
        var story = try DoorStory.submitted()
        let one = PlanVisit(purpose: .verification, plannedFor: Fixture.day("2023-08-16"), visitors: 1)
        #expect(story.refusal(of: one, as: .station) == CaseFileRefusal.visitorsMissing.told)
        #expect(
            story.refusal(of: CompleteVisit(purpose: .verification, visitors: 1), as: .station)
                == CaseFileRefusal.visitorsMissing.told)
        #expect(
            story.refusal(of: PlanVisit(purpose: .care, plannedFor: Fixture.day("2023-08-14")), as: .station)
                == VisitRefusal.plannedInThePast.told)
        try story.send(PlanVisit(purpose: .verification, plannedFor: Fixture.day("2023-08-16")), as: .station)
        #expect(story.file.plannedVisits.values.first?.visitors == 2)
    }

    @Test func `unreachable is a result of an attempt, and the planned visit is still to come`() throws {
        var story = try DoorStory.submitted()
        let planned = try story.send(PlanVisit(purpose: .intake, plannedFor: Fixture.day("2023-08-16")), as: .station)
        #expect(planned.map(\.type) == ["VisitPlanned"])
        let visit: VisitID = DanyangStory.tag(planned, .visit)
        let attempted = try story.send(
            RecordVisitAttempt(visit: visit, purpose: .intake, outcome: .unreachable), as: .station, "2023-08-16",
            isRepeatable: false)
        #expect(attempted.map(\.type) == ["VisitAttempted"])
        #expect(story.file.attempts.map(\.outcome) == [.unreachable] && story.file.visits.isEmpty)
        #expect(
            story.refusal(of: CompleteVisit(purpose: .care, visit: visit), as: .station)
                == VisitRefusal.purposeDiffers.told)
        #expect(
            story.refusal(of: CompleteVisit(purpose: .intake, visit: Fixture.id(70)), as: .station)
                == VisitRefusal.unknown.told)
        let form = RecordVisitForm(visit: visit, form: try #require(PaperCode("household-form")))
        #expect(story.refusal(of: form, as: .station) == VisitRefusal.unknown.told)
        try story.send(CompleteVisit(purpose: .intake, visit: visit, visitors: 2), as: .station, "2023-08-17")
        #expect(story.file.visits.map(\.visit) == [visit])
        #expect(
            story.refusal(
                of: RecordVisitAttempt(visit: visit, purpose: .intake, outcome: .nobodyHome), as: .station,
                "2023-08-17") == VisitRefusal.completedBefore.told)
        var wrong = form
        wrong.formVersion = 0
        #expect(story.refusal(of: wrong, as: .station, "2023-08-17") == VisitRefusal.formVersionWrong.told)
        let recorded = try story.send(form, as: .station, "2023-08-17", sealed: [(.household, story.man)])
        #expect(recorded.map(\.type) == ["VisitFormRecorded"])
        #expect(recorded.first?.sealed.map(\.group) == [.household], "IN-21: what the form says is sealed")
    }
}
