import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import Testing
import ViewTesting
import WorkingCalendar

/// A case folded from a story up to its last event, and questions about its deadlines.
struct Folded {
    let replay: CaseReplay

    init(_ story: Story, _ file: CaseInStory) throws {
        replay = try #require(try CaseReplay(of: file.id, events: story.events, asOf: story.now))
    }

    /// The runs of one rule, in order of start.
    func runs(_ rule: String) -> [DeadlineRow] {
        replay.deadlines.filter { $0.id.rule.description == rule }
    }

    /// The only run of one rule.
    func only(_ rule: String) throws -> DeadlineRow {
        let runs = runs(rule)
        #expect(runs.count == 1, "\(rule) runs \(runs.count) times")
        return try #require(runs.first)
    }

    /// The due day of the only run of one rule, `2023-09-12`.
    func due(_ rule: String) throws -> String? {
        try only(rule).dueDay?.description
    }

    func states(_ rule: String, at instant: Instant) -> [DeadlineState] {
        runs(rule).map { $0.state(at: instant) }
    }
}

extension DeadlineRow {
    var isStopped: Bool {
        if case .stopped = ending { true } else { false }
    }

    var isCancelled: Bool {
        if case .cancelled = ending { true } else { false }
    }
}

/// A story in Danyang with the shipped rules laid down the day before.
func danyang(seed: UInt64 = 1) throws -> Story {
    var story = Story(at: Instant(milliseconds: 0), seed: seed)
    story.day("2023-08-14", hour: 8)
    try story.layDownRules()
    return story
}
