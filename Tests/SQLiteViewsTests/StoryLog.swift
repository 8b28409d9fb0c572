import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import RuleBook
import ViewTesting

/// A story as a log that can only be read; optionally it fails on the way.
struct StoryLog: EventLog {
    let identity = ViewsFile.identity
    private let events: [RecordedEvent]
    private let failingAfter: Int?

    init(_ story: Story, failingAfter: Int? = nil) {
        events = story.events
        self.failingAfter = failingAfter
    }

    init(_ events: [RecordedEvent]) {
        self.events = events
        failingAfter = nil
    }

    func read(_ query: EventQuery, after: Position, limit: Int) async throws(EventLogError) -> EventPage {
        let head = events.last?.position ?? .start
        if let failingAfter, after.number >= UInt64(failingAfter) { throw unused }
        let size = min(limit, failingAfter ?? 100)
        let page = Array(events.dropFirst(Int(after.number)).prefix(size))
        return EventPage(events: page, head: head, reached: page.last?.position ?? head)
    }

    private var unused: EventLogError { EventLogError(.unavailable, detail: "a story is only read") }

    func append(_ append: Append) async throws(EventLogError) -> Acceptance { throw unused }
    func head() async throws(EventLogError) -> LogHead {
        guard let last = events.last else { throw unused }
        return LogHead(position: last.position, recordedAt: last.recordedAt, root: Data())
    }
    func event(at position: Position) async throws(EventLogError) -> RecordedEvent? { throw unused }
    func acceptance(of commandID: UniqueID, by actor: AccountID) async throws(EventLogError) -> (
        Acceptance, fingerprint: Data
    )? { throw unused }
    func feedEntries(
        for department: DepartmentCode, after sequence: UInt64, limit: Int
    ) async throws(EventLogError) -> [FeedEntry] { throw unused }
    func feedHead(for department: DepartmentCode) async throws(EventLogError) -> FeedEntry? { throw unused }
    func record(_ progress: [ConsumerProgress]) async throws(EventLogError) { throw unused }
    func consumers() async throws(EventLogError) -> [ConsumerProgress] { throw unused }
    func commits() -> AsyncStream<Position> { AsyncStream { $0.finish() } }
}
