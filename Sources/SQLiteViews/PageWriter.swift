import CaseViews
import Casework
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

/// Folds one page of events into rows inside one transaction; every row is read and written by its key.
struct PageWriter {
    let db: Database
    private var memory: ViewWriterMemory
    private var position: Position
    /// Lines of timelines, written in the order of their table.
    private var timeline: [(caseID: CaseID, position: Position, body: Data)] = []

    init(_ db: Database, _ memory: ViewWriterMemory, at position: Position) {
        self.db = db
        self.memory = memory
        self.position = position
    }

    /// Takes in the next event; one already taken in is skipped.
    ///
    /// - Parameter decoded: The same event decoded, where somebody has done that.
    mutating func take(_ event: RecordedEvent, decoded: ReadEvent? = nil) throws {
        guard event.position > position else { return }
        guard event.position == position.next else {
            throw ViewStoreError.gap(expected: position.next, found: event.position)
        }
        do {
            try fold(event, decoded)
        } catch let error as DecodingError {
            throw ViewStoreError.unreadableEvent(event.position, Self.place(of: error))
        }
        position = event.position
    }

    /// Leaves the next event out: it belongs to no picture that is being made.
    mutating func pass(_ event: RecordedEvent) throws {
        guard event.position > position else { return }
        guard event.position == position.next else {
            throw ViewStoreError.gap(expected: position.next, found: event.position)
        }
        position = event.position
    }

    private mutating func fold(_ event: RecordedEvent, _ decoded: ReadEvent?) throws {
        try rememberSealedParts(event)
        if try memory.history.evolve(with: event) {
            try rememberRule(event)
            if event.type == RuleBookEvent.Kind.calendarPublished.rawValue { try recount(by: event) }
            return
        }
        let read = try decoded ?? ReadEvent(event)
        try takeRequest(read)
        for id in read.caseIDs { try takeCase(read, id) }
        try takeMeetings(read)
        try takeNotices(read)
    }

    /// The coding path alone: a decoding error's own words could repeat a value.
    private static func place(of error: DecodingError) -> String {
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context),
            .dataCorrupted(let context):
            context.codingPath.map(\.stringValue).joined(separator: ".")
        @unknown default: ""
        }
    }

    // MARK: Cases

    private mutating func takeCase(_ event: ReadEvent, _ id: CaseID) throws {
        var dossier: CaseDossier
        if let known = try memory.dossier(id, db) {
            dossier = known
        } else if let opened = CaseDossier(openedBy: event) {
            dossier = opened
        } else {
            return
        }
        let peopleBefore = dossier.row.people.count
        let keepersBefore = dossier.row.keepers
        let change = dossier.take(event, rules: memory.history.current)
        memory.keep(dossier)
        memory.touched.cases.insert(id)
        timeline.append((id, event.recorded.position, try EventJSON.encode(change.timeline)))
        for row in change.deadlines { note(row, of: .caseFile(id)) }
        for tag in event.subjects(of: .referral) {
            guard let referral = ReferralID(String(tag.name)) else { continue }
            memory.touched.referrals[referral] = id
        }
        try indexKeepers(of: dossier, before: keepersBefore)
        try index(event, dossier, peopleBefore: peopleBefore)
    }

    /// The tables that lead to a case: its numbers, its referrals, their departments, its people.
    private func index(_ event: ReadEvent, _ dossier: CaseDossier, peopleBefore: Int) throws {
        let id = dossier.row.id.blob
        let opened = dossier.row.opened.position.column
        for name in [event.data["number"], event.data["receipt"]].compactMap({ $0?.text }) {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO case_number(number, case_id) VALUES (?, ?)")
                .execute(arguments: [name, id])
        }
        for person in dossier.row.people.dropFirst(peopleBefore) {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO case_person(person, opened, case_id) VALUES (?, ?, ?)")
                .execute(arguments: [person.blob, opened, id])
        }
        guard case .referral = event.event else { return }
        for tag in event.subjects(of: .referral) {
            guard let referral = ReferralID(String(tag.name)) else { continue }
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO case_referral(referral, case_id) VALUES (?, ?)")
                .execute(arguments: [referral.blob, id])
            guard let row = dossier.row.referrals.first(where: { $0.id == referral }), row.dispatchedAt != nil else {
                continue
            }
            for department in [row.lead] + row.coHandlers {
                try db.cachedStatement(
                    sql: "INSERT OR IGNORE INTO case_department(department, opened, case_id) VALUES (?, ?, ?)"
                ).execute(arguments: [department.description, opened, id])
            }
        }
    }

    private func indexKeepers(of dossier: CaseDossier, before: [CaseRow.Keeper]) throws {
        guard dossier.row.keepers != before else { return }
        let opened = dossier.row.opened.position.column
        for keeper in before where !dossier.row.keepers.contains(keeper) {
            try db.cachedStatement(sql: "DELETE FROM case_keeper WHERE keeper = ? AND opened = ?")
                .execute(arguments: [keeper.key, opened])
        }
        for keeper in dossier.row.keepers where !before.contains(keeper) {
            try db.cachedStatement(sql: "INSERT OR IGNORE INTO case_keeper(keeper, opened, case_id) VALUES (?, ?, ?)")
                .execute(arguments: [keeper.key, opened, dossier.row.id.blob])
        }
    }

    private mutating func takeNotices(_ event: ReadEvent) throws {
        guard case .deadline = event.event else { return }
        var dossier: CaseDossier?
        if let id = event.caseID { dossier = try memory.dossier(id, db) }
        let inboxes = NoticeRows(db)
        try inboxes.put(NoticeRow.rows(of: event, in: dossier, rules: memory.history.current))
        try inboxes.mark(event)
    }

    // MARK: Requests

    private mutating func takeRequest(_ event: ReadEvent) throws {
        guard let id = event.requestID else { return }
        let stored = try Data.fetchOne(
            db.cachedStatement(sql: "SELECT body FROM request WHERE request = ?"), arguments: [id.blob]
        ).map { try EventJSON.decode(RequestDossier.self, from: $0) }
        guard var dossier = stored ?? RequestDossier(recordedBy: event) else { return }
        for row in dossier.take(event, rules: memory.history.current) { note(row, of: .request(id)) }
        try put(dossier)
    }

    private func put(_ dossier: RequestDossier) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO request(request, recorded, is_open, body) VALUES (?, ?, ?, ?)
                ON CONFLICT(request) DO UPDATE SET is_open = excluded.is_open, body = excluded.body
                """
        ).execute(arguments: [
            dossier.row.id.blob, dossier.row.recorded.position.column, dossier.row.isOpen,
            try EventJSON.encode(dossier),
        ])
    }

    // MARK: Rules and calendars

    private func rememberRule(_ event: RecordedEvent) throws {
        try db.execute(
            sql: "INSERT INTO rule_event(position, type, schema_version, recorded_at, data) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                event.position.column, event.type, event.schemaVersion, event.recordedAt.milliseconds,
                event.data ?? Data(),
            ])
    }

    /// A new calendar counts every open deadline again, holder by holder.
    private mutating func recount(by event: RecordedEvent) throws {
        let rules = memory.history.current
        var promises = MovedPromises(by: event, rules: rules)
        try flush()
        let holders = try String.fetchAll(
            db, sql: "SELECT DISTINCT holder FROM deadline WHERE is_open = 1 ORDER BY holder")
        for (index, holder) in holders.compactMap({ EventTag($0) }).enumerated() {
            if let id = CaseID(String(holder.name)), holder.kind == .caseFile,
                var dossier = try memory.dossier(id, db)
            {
                let counted = dossier.recount(by: rules)
                for row in counted { note(row, of: holder) }
                promises?.note(counted, of: dossier.row)
                memory.keep(dossier)
                memory.touched.cases.insert(id)
                for referral in dossier.row.referrals { memory.touched.referrals[referral.id] = id }
            } else if let id = HelpRequestID(String(holder.name)), holder.kind == .request,
                let body = try Data.fetchOne(
                    db, sql: "SELECT body FROM request WHERE request = ?", arguments: [id.blob])
            {
                var dossier = try EventJSON.decode(RequestDossier.self, from: body)
                let counted = dossier.recount(by: rules)
                for row in counted { note(row, of: holder) }
                promises?.note(counted, of: nil)
                try put(dossier)
            }
            // A calendar can touch every case there is; memory stays bounded all the same.
            if index % 2000 == 1999 { try flush() }
        }
        try NoticeRows(db).put(promises?.rows ?? [])
    }

    private func rememberSealedParts(_ event: RecordedEvent) throws {
        for part in event.sealed where part.group != .signedCommand {
            try db.cachedStatement(
                sql: """
                    INSERT INTO sealed_part(person, grp, position, event, section) VALUES (?, ?, ?, ?, ?)
                    ON CONFLICT(person, grp) DO UPDATE SET position = excluded.position, event = excluded.event,
                      section = excluded.section
                    """
            ).execute(arguments: [
                part.person.blob, part.group.rawValue, event.position.column, event.eventID.blob, part.section,
            ])
        }
    }

    // MARK: Writing

    private mutating func note(_ row: DeadlineRow, of holder: EventTag) {
        memory.touched.deadlines[row.id] = (row, holder)
        if row.id.scope.kind == .referral, let referral = ReferralID(String(row.id.scope.name)), let id = row.caseID {
            memory.touched.referrals[referral] = id
        }
    }

    /// Writes what the page changed and moves the position with it.
    ///
    /// - Parameter deferred: Leaves rows that later pages may change again in memory, while there is room; then nobody
    ///   may read the file before a page was finished without.
    /// - Returns: The memory for the next page.
    mutating func finish(deferred: Bool = false) throws -> ViewWriterMemory {
        if deferred, !memory.isFull { try flushTimeline() } else { try flush() }
        try db.execute(sql: "UPDATE about SET position = ? WHERE id = 1", arguments: [position.column])
        memory.position = position
        memory.trim()
        return memory
    }

    private mutating func flush() throws {
        try flushTimeline()
        for id in memory.touched.cases.sorted() {
            guard let dossier = try memory.dossier(id, db) else { continue }
            try db.cachedStatement(
                sql: """
                    INSERT INTO case_file(case_id, opened, state, town, before_meeting, promise_due, falls_due,
                      submitted_day, exited_day, helped_day, body)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT(case_id) DO UPDATE SET state = excluded.state, town = excluded.town,
                      before_meeting = excluded.before_meeting, promise_due = excluded.promise_due,
                      falls_due = excluded.falls_due, submitted_day = excluded.submitted_day,
                      exited_day = excluded.exited_day, helped_day = excluded.helped_day, body = excluded.body
                    """
            ).execute(arguments: [
                id.blob, dossier.row.opened.position.column, dossier.row.state.rawValue,
                dossier.row.town?.description ?? "", dossier.row.isBeforeMeeting,
                (dossier.row.openPromise?.due ?? .latest).number,
                dossier.row.mayFallDueFrom?.milliseconds ?? ViewSchema.never,
                dossier.row.submitted.map { Self.day(of: $0.occurredAt) }, dossier.row.exitedAt.map(Self.day),
                dossier.row.firstHelpAt.map(Self.day), try EventJSON.encode(dossier),
            ])
        }
        for (referral, id) in memory.touched.referrals.sorted(by: { $0.key < $1.key }) {
            guard let dossier = try memory.dossier(id, db),
                let row = dossier.row.referrals.first(where: { $0.id == referral })
            else { continue }
            for item in WorklistRow.rows(for: row, in: dossier) { try put(item) }
        }
        var cells = DeadlineCells(db, memory.history.current)
        let steps = LadderSteps(db)
        for (row, holder) in memory.touched.deadlines.values.sorted(by: { $0.row.id < $1.row.id }) {
            try cells.put(row, holder: holder)
            try steps.put(row)
        }
        try cells.finish()
        memory.touched.removeAll()
        memory.trim()
    }

    private mutating func flushTimeline() throws {
        timeline.sort { ($0.caseID, $0.position) < ($1.caseID, $1.position) }
        for line in timeline {
            try db.cachedStatement(sql: "INSERT INTO timeline(case_id, position, body) VALUES (?, ?, ?)")
                .execute(arguments: [line.caseID.blob, line.position.column, line.body])
        }
        timeline.removeAll(keepingCapacity: true)
    }

    private static func day(of instant: Instant) -> Int { CivilDay(containing: instant.milliseconds).number }

    private func put(_ row: WorklistRow) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO worklist(department, referral, is_open, due_key, promise_key, undelivered_key, body)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT(department, referral) DO UPDATE SET is_open = excluded.is_open,
                  due_key = excluded.due_key, promise_key = excluded.promise_key,
                  undelivered_key = excluded.undelivered_key, body = excluded.body
                """
        ).execute(arguments: [
            row.department.description, row.referral.blob, row.isOpen, row.dueAt?.milliseconds ?? ViewSchema.never,
            row.promise?.brokenFrom?.milliseconds ?? ViewSchema.never,
            row.undeliveredSince?.milliseconds ?? ViewSchema.never, try EventJSON.encode(row),
        ])
    }
}
