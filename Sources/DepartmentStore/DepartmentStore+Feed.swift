package import EventSourcing
package import FeedProtocol
import FoundationEssentials
import GRDB
import MerkleLog

/// The cursor and the entries, which move together.
extension DepartmentStore {
    package func cursor() throws(DepartmentStoreError) -> AdapterCursor {
        try read(Self.cursor(in:))
    }

    package func apply(_ entries: [ReceivedEntry], epoch: UniqueID) throws(DepartmentStoreError) -> AdapterCursor {
        try write { db in
            var cursor = try Self.cursor(in: db)
            if let known = cursor.epoch, known != epoch {
                throw DepartmentStoreError.forked(sequence: cursor.sequence)
            }
            for entry in entries {
                if entry.sequence <= cursor.sequence {
                    try Self.requireSame(entry, in: db)
                } else {
                    guard entry.sequence == cursor.sequence + 1 else {
                        throw DepartmentStoreError.hole(expected: cursor.sequence + 1, got: entry.sequence)
                    }
                    // Checked by the opener too; a cursor that does not follow from its rows must be impossible.
                    let chain = FeedChain.next(after: cursor.chain, sequence: entry.sequence, leaf: entry.leaf)
                    guard chain == entry.chain else { throw DepartmentStoreError.forked(sequence: entry.sequence) }
                    try insert(entry, in: db)
                    cursor = AdapterCursor(epoch: epoch, sequence: entry.sequence, chain: chain)
                }
            }
            try db.execute(
                sql: "UPDATE adapter SET epoch = ?, sequence = ?, chain = ?",
                arguments: [cursor.epoch.map { Data($0.bytes) }, Int64(bitPattern: cursor.sequence), cursor.chain])
            return cursor
        }
    }

    package func hubTime() throws(DepartmentStoreError) -> HubTime? {
        try read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT hub_time, hub_demo FROM adapter"),
                let now: Int64 = row[0]
            else { return nil }
            let demo: Int64 = row[1] ?? 0
            return HubTime(now: Instant(milliseconds: now), isDemo: demo == 1)
        }
    }

    package func remember(_ time: HubTime) throws(DepartmentStoreError) {
        try write { db in
            try db.execute(
                sql: "UPDATE adapter SET hub_time = ?, hub_demo = ?",
                arguments: [time.now.milliseconds, time.isDemo ? 1 : 0])
            try Self.forgetEnded(by: time.now, in: db)
        }
    }

    private static func cursor(in db: Database) throws -> AdapterCursor {
        guard let row = try Row.fetchOne(db, sql: "SELECT epoch, sequence, chain FROM adapter") else {
            throw DepartmentStoreError.unavailable("department.sqlite: its cursor is missing; restore the file")
        }
        let epoch: Data? = row[0]
        return AdapterCursor(
            epoch: epoch.flatMap { UniqueID(bytes: $0) }, sequence: UInt64(bitPattern: row[1]), chain: row[2])
    }

    private static func requireSame(_ entry: ReceivedEntry, in db: Database) throws {
        let chain = try Data.fetchOne(
            db, sql: "SELECT chain FROM entry WHERE sequence = ?", arguments: [Int64(bitPattern: entry.sequence)])
        guard chain == entry.chain else { throw DepartmentStoreError.forked(sequence: entry.sequence) }
    }

    private func insert(_ entry: ReceivedEntry, in db: Database) throws {
        guard let event = SliceEvent(entry.event, sequence: entry.sequence) else {
            throw DepartmentStoreError.unreadable(sequence: entry.sequence)
        }
        try db.cachedStatement(
            sql: """
                INSERT INTO entry (sequence, position, leaf, chain, type, subject, time, event)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            Int64(bitPattern: entry.sequence), Int64(bitPattern: entry.position.number), entry.leaf, entry.chain,
            event.name, event.subject, event.time.milliseconds, entry.event,
        ])
        try project(event, in: db)
    }

    func project(_ json: Data, sequence: UInt64, in db: Database) throws {
        guard let event = SliceEvent(json, sequence: sequence) else {
            throw DepartmentStoreError.unreadable(sequence: sequence)
        }
        try project(event, in: db)
    }

    private func project(_ event: SliceEvent, in db: Database) throws {
        if event.name.hasPrefix("FollowUp"), let id = event.identifier("followUp").flatMap({ FollowUpID($0) }) {
            let before = try Self.document(InboxFollowUp.self, of: id.description, in: "follow_up", db)
            let row = SliceFold.followUp(before, after: event, id: id)
            try Self.put(row, id.description, row.number, row.state.rawValue, row.lastSequence, in: "follow_up", db)
        } else if let id = event.identifier("referral").flatMap({ ReferralID($0) }) {
            let before = try Self.document(InboxReferral.self, of: id.description, in: "referral", db)
            let row = SliceFold.referral(before, after: event, id: id, department: department)
            try Self.put(row, id.description, row.number, row.state.rawValue, row.lastSequence, in: "referral", db)
            try arrive(event, row, in: db)
            try noteEnd(event, row, in: db)
        } else if let id = event.identifier("meeting").flatMap({ MeetingID($0) }) {
            let before = try Self.document(InboxExtract.self, of: id.description, in: "meeting_extract", db)
            let row = SliceFold.extract(before, after: event, id: id)
            try Self.put(row, id.description, row.number, row.lastEvent, row.lastSequence, in: "meeting_extract", db)
        }
    }

    private static func document<Value: Decodable>(
        _ type: Value.Type, of id: String, in table: String, _ db: Database
    ) throws -> Value? {
        let statement = try db.cachedStatement(sql: "SELECT document FROM \(table) WHERE id = ?")
        return try Data.fetchOne(statement, arguments: [id]).map { try EventJSON.decode(type, from: $0) }
    }

    private static func put(
        _ row: some Encodable, _ id: String, _ number: String?, _ state: String, _ sequence: UInt64, in table: String,
        _ db: Database
    ) throws {
        try db.cachedStatement(
            sql: "INSERT OR REPLACE INTO \(table) (id, number, state, last_sequence, document) VALUES (?, ?, ?, ?, ?)"
        ).execute(arguments: [id, number, state, Int64(bitPattern: sequence), EventJSON.encode(row)])
    }
}
