import CaseViews
import Casework
import Deadlines
import EventSourcing
import FoundationEssentials
import HubTesting
import RuleBook
import ViewTesting

/// A hub in small whose ladder is looked at now and then, and which loses its memory now and then: the log stays, and
/// the views as they were last written down.
///
/// It holds no list of what it has already recorded: a rung found twice is recorded twice, and so comes to light.
struct SimulatedLadder {
    private(set) var log: [SimulatedEvent] = []
    private(set) var views = SimulatedViews()
    /// What a restart finds; behind the log by whatever came since.
    private var stored = SimulatedViews()
    private(set) var recorded: [(rung: ReachedRung, recordedAt: Instant)] = []

    /// Takes in what people did.
    mutating func append(_ event: RecordedEvent) throws {
        let event = try SimulatedEvent(event.moved(to: Position(UInt64(log.count + 1))))
        log.append(event)
        try views.take(event)
    }

    /// Writes the views down.
    mutating func store() {
        stored = views
    }

    /// Forgets everything but the log and the views written down last, and catches up from there.
    mutating func restart() throws {
        views = stored
        for event in log[Int(views.position.number)...] { try views.take(event) }
    }

    /// The views as the log alone gives them.
    func rebuilt() throws -> SimulatedViews {
        var views = SimulatedViews()
        for event in log { try views.take(event) }
        return views
    }

    /// Looks at the ladder once, and dies after so many crossings are recorded.
    ///
    /// - Returns: How many it recorded.
    @discardableResult
    mutating func look(at now: Instant, dyingAfter most: Int = .max) throws -> Int {
        let waiting = views.waiting.filter { row in row.nextCrossing.map { $0.at <= now } ?? false }
        guard !waiting.isEmpty else { return 0 }
        let reached = LadderMachine(rules: views.rules).reached(waiting, cases: views.cases, at: now).prefix(most)
        for rung in reached {
            recorded.append((rung, now))
            try append(event(of: rung, at: now))
        }
        return reached.count
    }

    private func event(of rung: ReachedRung, at now: Instant) throws -> RecordedEvent {
        let id = rung.deadline
        let request: HelpRequestID? = id.scope.kind == .request ? try known(String(id.scope.name)) : nil
        let crossed = DeadlineEvent.Crossed(
            caseFile: views.rows[id]?.caseID, request: request, rule: id.rule, instance: id.scope, body: id.body,
            cycle: id.cycle, level: rung.level, told: rung.told, isUrgent: rung.isUrgent, owner: rung.owner)
        guard let before = log.last?.recorded else { throw StoryError.malformed("an empty log") }
        let stored = HubEvent.casework(.deadline(.crossed(crossed))).stored
        var tags: Set<EventTag> = [id.scope]
        if let caseID = crossed.caseFile { tags.insert(.caseFile(caseID)) }
        return RecordedEvent(
            position: before.position, eventID: before.eventID, appendFirst: before.position,
            type: stored.kind.rawValue, schemaVersion: 1, occurredAt: rung.at, recordedAt: now, meta: before.meta,
            data: try EventJSON.encode(stored.payload), tags: tags.sorted(), disclosureBytes: Disclosure.none.bytes,
            salt: before.salt, removed: nil, leaf: before.leaf, sealed: [])
    }
}

/// An event of the small log, read once however often it is folded.
struct SimulatedEvent {
    let recorded: RecordedEvent
    /// Nothing for an event of the rule book.
    let read: ReadEvent?

    init(_ recorded: RecordedEvent) throws {
        self.recorded = recorded
        read = RuleBookEvent.Kind(rawValue: recorded.type) == nil ? try ReadEvent(recorded) : nil
    }
}

/// What folds know at one position of the small log.
struct SimulatedViews: Sendable {
    private(set) var position = Position.start
    private(set) var dossiers: [CaseID: CaseDossier] = [:]
    private(set) var requests: [HelpRequestID: RequestDossier] = [:]
    private(set) var rows: [DeadlineID: DeadlineRow] = [:]
    private var history = RuleBookHistory()

    var rules: RuleBook { history.current }
    var cases: [CaseID: CaseRow] { dossiers.mapValues(\.row) }

    /// Every deadline with a rung to come or to be recorded.
    var waiting: [DeadlineRow] { (dossiers.values.map(\.sheet) + requests.values.map(\.sheet)).flatMap(\.onNextRung) }

    mutating func take(_ event: SimulatedEvent) throws {
        position = event.recorded.position
        guard let read = event.read else {
            try history.evolve(with: event.recorded)
            guard event.recorded.type == RuleBookEvent.Kind.calendarPublished.rawValue else { return }
            let rules = rules
            for id in dossiers.keys { note(dossiers[id]?.recount(by: rules) ?? []) }
            for id in requests.keys { note(requests[id]?.recount(by: rules) ?? []) }
            return
        }
        let rules = rules
        if let id = read.requestID {
            if requests[id] == nil { requests[id] = RequestDossier(recordedBy: read) }
            note(requests[id]?.take(read, rules: rules) ?? [])
        }
        for id in read.caseIDs {
            if dossiers[id] == nil { dossiers[id] = CaseDossier(openedBy: read) }
            note(dossiers[id]?.take(read, rules: rules).deadlines ?? [])
        }
    }

    private mutating func note(_ changed: [DeadlineRow]) {
        for row in changed { rows[row.id] = row }
    }
}
