import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing

/// What the hub records of the ladder.
@Suite struct CrossingTests {
    private func crossing(
        _ rule: String = "case.exit", level: LadderLevel = .warning, cycle: Int = 1, told: [NoticeRecipient] = []
    ) -> RecordCrossing {
        RecordCrossing(
            rule: Fixture.rule(rule), body: nil, cycle: cycle, level: level, told: told, isUrgent: false)
    }

    @Test func `a rung of a run is recorded once, and another rung or run beside it`() throws {
        var story = try DanyangStory.met()
        let friday = Fixture.morning("2023-09-08")
        func recorded(_ command: RecordCrossing) throws -> [DeadlineEvent.Kind] {
            try story.hub.send(command, to: story.theCase, as: .supervisor, at: friday).compactMap { recorded in
                DeadlineEvent.Kind(rawValue: recorded.type)
            }
        }
        var kinds = try recorded(crossing())
        #expect(kinds == [.crossed])
        #expect(try recorded(crossing()).isEmpty)
        #expect(try recorded(crossing(told: [.role(.dispatcher)])).isEmpty)
        kinds = try recorded(crossing(level: .dueDay)) + recorded(crossing(cycle: 2))
        #expect(kinds == [.crossed, .crossed])
    }

    @Test func `supervisions are numbered within the case, and each is told to the body that has to act`() throws {
        var story = try DanyangStory.met()
        let friday = Fixture.morning("2023-09-08")
        for (number, cycle) in [1, 2].enumerated() {
            var command = crossing(level: .overdue3, cycle: cycle)
            command.isSupervised = true
            command.owner = Fixture.jiaoyu
            let recorded = try story.hub.send(command, to: story.theCase, as: .supervisor, at: friday)
            let event = try #require(recorded.first)
            guard case .deadline(.crossed(let crossed))? = try CaseworkEvent(event) else {
                Issue.record("no crossing: \(event.type)")
                return
            }
            #expect(crossed.supervision == number + 1 && crossed.owner == Fixture.jiaoyu)
            #expect(try event.disclosure.groups[Fixture.jiaoyu] == [DisclosedGroup(.reference)])
            #expect(try story.hub.send(command, to: story.theCase, as: .supervisor, at: friday).isEmpty)
        }
    }

    @Test func `a rung of a limit nobody laid down is refused`() throws {
        var story = try DanyangStory.met()
        #expect(throws: DeadlineRefusal.unknownRule.told) {
            try story.hub.send(
                crossing("no.such"), to: story.theCase, as: .supervisor, at: Fixture.morning("2023-09-08"))
        }
    }
}
