package import EventSourcing
package import FeedProtocol
import FoundationEssentials
import GRDB

/// Commands: written before they are sent, kept with their answer.
extension DepartmentStore {
    package func enqueue(_ command: OutboxCommand) throws(DepartmentStoreError) -> OutboxCommand {
        do {
            return try queue.writeWithoutTransaction { db in
                // Nobody else has a queued command, so it must survive a power cut before we say that it is stored.
                try db.execute(sql: "PRAGMA synchronous=FULL")
                defer { try? db.execute(sql: "PRAGMA synchronous=NORMAL") }
                var stored = command
                try db.inTransaction(.immediate) {
                    if let known = try Self.command(command.id, in: db) {
                        guard known.fingerprint == command.fingerprint else {
                            throw DepartmentStoreError.otherCommand(command.id)
                        }
                        stored = known
                        return .commit
                    }
                    try db.execute(
                        sql: """
                            INSERT INTO outbox (id, type, subject, head, sealed, fingerprint, queued_at)
                            VALUES (?, ?, ?, ?, ?, ?, ?)
                            """,
                        arguments: [
                            Data(command.id.bytes), command.type, command.subject, command.head, command.sealed,
                            command.fingerprint, command.queuedAt.milliseconds,
                        ])
                    return .commit
                }
                return stored
            }
        } catch {
            throw Self.explain(error)
        }
    }

    package func pendingCommands(limit: Int) throws(DepartmentStoreError) -> [OutboxCommand] {
        precondition((1...1000).contains(limit), "a page of the outbox has 1 to 1000 commands")
        return try read { db in
            try Row.fetchAll(
                db, sql: "\(Self.selectCommand) WHERE result IS NULL ORDER BY serial LIMIT ?", arguments: [limit]
            ).compactMap(Self.command(from:))
        }
    }

    package func command(_ id: UniqueID) throws(DepartmentStoreError) -> OutboxCommand? {
        try read { db in try Self.command(id, in: db) }
    }

    package func settle(_ id: UniqueID, _ answer: CommandAnswer) throws(DepartmentStoreError) {
        try write { db in
            let arguments: StatementArguments =
                switch answer {
                case .accepted(let position): ["accepted", Int64(bitPattern: position.number), nil, nil, nil]
                case .refused(let code, let field, let remedy): ["refused", nil, code, field, remedy]
                }
            try db.execute(
                sql: """
                    UPDATE outbox SET result = ?, position = ?, code = ?, field = ?, remedy = ?, sealed = x''
                    WHERE id = ? AND result IS NULL
                    """, arguments: arguments + [Data(id.bytes)])
        }
    }

    package func pendingCount() throws(DepartmentStoreError) -> Int {
        try read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM outbox WHERE result IS NULL") ?? 0 }
    }

    private static let selectCommand = """
        SELECT id, type, subject, head, sealed, fingerprint, queued_at, result, position, code, field, remedy FROM outbox
        """

    private static func command(_ id: UniqueID, in db: Database) throws -> OutboxCommand? {
        try Row.fetchOne(db, sql: "\(selectCommand) WHERE id = ?", arguments: [Data(id.bytes)])
            .flatMap(command(from:))
    }

    private static func command(from row: Row) -> OutboxCommand? {
        let idBytes: Data = row[0]
        guard let id = UniqueID(bytes: idBytes) else { return nil }
        let result: String? = row[7]
        let answer: CommandAnswer? =
            switch result {
            case "accepted": .accepted(Position(UInt64(bitPattern: row[8] ?? 0)))
            case .some: .refused(code: row[9] ?? "", field: row[10] ?? "", remedy: row[11] ?? "")
            case nil: nil
            }
        return OutboxCommand(
            id: id, type: row[1], subject: row[2], head: row[3], sealed: row[4], fingerprint: row[5],
            queuedAt: Instant(milliseconds: row[6]), answer: answer)
    }
}
