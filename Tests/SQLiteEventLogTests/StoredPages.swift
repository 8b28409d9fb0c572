import Foundation
import GRDB

/// The pages of a log file at rest: whose each page is, and where in it the rows of `event` stand.
struct StoredPages {
    let bytes: Data
    let pageSize: Int
    /// The table or index each page belongs to, by page number from 1; pages in no tree are missing.
    let owners: [Int: String]

    init(file: String) throws {
        bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let queue = try DatabaseQueue(path: file)
        let found = try queue.read { db in
            let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            // The table that Debian's SQLite has for looking at its own pages.
            let rows = try Row.fetchAll(db, sql: "SELECT pageno, name FROM dbstat")
            return (size, rows.map { (Int($0[0] as Int64), $0[1] as String) })
        }
        try queue.close()
        pageSize = found.0
        owners = Dictionary(found.1) { first, _ in first }
    }

    /// The position of the event whose row holds a byte, when it is one on a leaf of the table `event`.
    func position(of byte: Int) -> UInt64? {
        let page = byte / pageSize
        // 13: a leaf of a table. The first page has the header of the file before its own.
        guard owners[page + 1] == "event", page > 0, bytes[page * pageSize] == 13 else { return nil }
        let start = page * pageSize
        for index in 0..<number(at: start + 3) {
            let cell = start + number(at: start + 8 + 2 * index)
            let payload = variable(at: cell)
            let row = variable(at: payload.end)
            guard (cell..<row.end + Int(payload.value)).contains(byte) else { continue }
            return row.value
        }
        return nil
    }

    private func number(at place: Int) -> Int { Int(bytes[place]) << 8 | Int(bytes[place + 1]) }

    /// A number of 1 to 9 bytes, 7 bits each.
    private func variable(at place: Int) -> (value: UInt64, end: Int) {
        var value: UInt64 = 0
        for index in place..<place + 9 {
            value = value << 7 | UInt64(bytes[index] & 0x7f)
            if bytes[index] < 0x80 { return (value, index + 1) }
        }
        return (value, place + 9)
    }
}

/// Everything a reader can get out of a log file, and whether its indexes say the same as its tables.
struct LogicalContent: Equatable {
    /// The rows of each table, in the order of their keys, and the schema under its own name.
    let rows: [String: [[DatabaseValue]]]
    let isSound: Bool

    init(file: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        // No transaction: a page that cannot be read would end it.
        (rows, isSound) = try queue.unsafeRead { db in
            let tables = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
            var rows: [String: [[DatabaseValue]]] = [:]
            for table in tables + ["sqlite_schema"] {
                let columns = table == "sqlite_schema" ? "type, name, tbl_name, sql" : "*"
                // Without an index: the order of the table's own tree. A table that cannot be read is missing here.
                rows[table] = try? Row.fetchAll(db, sql: "SELECT \(columns) FROM \(table) NOT INDEXED")
                    .map { Array($0.databaseValues) }
            }
            return (rows, (try? String.fetchOne(db, sql: "PRAGMA integrity_check(1)")) == "ok")
        }
        try queue.close()
    }

    /// Where two contents differ: `table.column`, or only the table when rows are missing, and `indexes`.
    func differences(to other: Self) -> Set<String> {
        var found: Set<String> = isSound == other.isSound ? [] : ["indexes"]
        for (table, ours) in rows {
            guard let theirs = other.rows[table], theirs.count == ours.count else {
                found.insert(table)
                continue
            }
            for (left, right) in zip(ours, theirs) where left != right {
                for column in 0..<left.count where column >= right.count || left[column] != right[column] {
                    if table == "index_mark", column == 2, isMovedBack(left, right) { continue }
                    found.insert("\(table).\(column)")
                }
            }
        }
        return found
    }

    /// Whether the mark of the indexes only moved back, as in a log that stopped while it wrote them: the rows beyond it
    /// are there already and are written again.
    private func isMovedBack(_ before: [DatabaseValue], _ after: [DatabaseValue]) -> Bool {
        guard let before = Int64.fromDatabaseValue(before[2]), after.count > 2,
            let after = Int64.fromDatabaseValue(after[2])
        else { return false }
        return 0..<before ~= after
    }
}
