import CaseViews
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook

/// What the writer keeps between pages so that it need not read it again; never more than the file holds.
struct ViewWriterMemory {
    /// Cases kept before they are forgotten again.
    let capacity: Int
    /// The position it is valid for; another one means read everything again.
    var position: Position?
    var history = RuleBookHistory()
    private(set) var cases: [CaseID: CaseDossier] = [:]
    /// What changed and is not in the file yet.
    var touched = Touched()

    init(capacity: Int = RebuildRoom().cases) {
        self.capacity = capacity
    }

    struct Touched {
        var cases: Set<CaseID> = []
        var referrals: [ReferralID: CaseID] = [:]
        /// Newest form of each deadline changed, with the case or request that holds it.
        var deadlines: [DeadlineID: (row: DeadlineRow, holder: EventTag)] = [:]

        var isEmpty: Bool { cases.isEmpty && referrals.isEmpty && deadlines.isEmpty }

        mutating func removeAll() {
            cases.removeAll(keepingCapacity: true)
            referrals.removeAll(keepingCapacity: true)
            deadlines.removeAll(keepingCapacity: true)
        }
    }

    /// A case's dossier, from memory or from the file; nothing when the case does not exist.
    mutating func dossier(_ id: CaseID, _ db: Database) throws -> CaseDossier? {
        if let known = cases[id] { return known }
        guard let stored = try SQLiteViews.dossier(db, id.blob) else { return nil }
        cases[id] = stored
        return stored
    }

    mutating func keep(_ dossier: CaseDossier) {
        cases[dossier.row.id] = dossier
    }

    /// Whether what changed must be written, so that cases can be forgotten.
    var isFull: Bool { cases.count > capacity || touched.deadlines.count > 10 * capacity }

    /// Bounds the memory; only for one of which nothing is unwritten.
    mutating func trim() {
        if touched.isEmpty, cases.count > capacity { cases.removeAll(keepingCapacity: true) }
    }

    /// The memory for a file at this position: the one kept, or one read from the file.
    static func resumed(_ kept: ViewWriterMemory, at position: Position, in db: Database) throws -> ViewWriterMemory {
        if kept.position == position { return kept }
        var fresh = ViewWriterMemory(capacity: kept.capacity)
        let rows = try Row.fetchCursor(
            db, sql: "SELECT position, type, schema_version, recorded_at, data FROM rule_event ORDER BY position")
        while let row = try rows.next() { try fresh.history.evolve(with: RuleRow.event(row)) }
        fresh.position = position
        return fresh
    }
}

/// A rule event as the views keep it, so that a start need not read the log for its rules.
enum RuleRow {
    /// What the rule book reads of an event; the rest is the log's alone and stays empty.
    static func event(_ row: Row) throws -> RecordedEvent {
        let position = Position(column: row["position"])
        let recordedAt = Instant(milliseconds: row["recorded_at"])
        guard let none = UniqueID(bytes: [UInt8](repeating: 0, count: 16)) else {
            throw ViewStoreError.storage("no identifier can be made")
        }
        return RecordedEvent(
            position: position, eventID: none, appendFirst: position, type: row["type"],
            schemaVersion: row["schema_version"], occurredAt: recordedAt, recordedAt: recordedAt, meta: .init(),
            data: row["data"], tags: [], disclosureBytes: .init(), salt: nil, removed: nil, leaf: .init(), sealed: [])
    }
}
