import FoundationEssentials
import GRDB

/// Columns of one row by index, read without trust: a damaged file must give an error, never a crash.
struct StoredRow {
    private let row: Row

    init(_ row: Row) {
        self.row = row
    }

    /// A column of another type, or nothing where something must be.
    struct Unreadable: Error {
        let column: Int
    }

    func integer(_ column: Int) throws -> Int64 {
        try value(column, Int64.self)
    }

    /// A whole number that is never negative: a position, a count, a sequence number.
    func count(_ column: Int) throws -> UInt64 {
        guard let number = UInt64(exactly: try integer(column)) else { throw Unreadable(column: column) }
        return number
    }

    func text(_ column: Int) throws -> String {
        try value(column, String.self)
    }

    func blob(_ column: Int) throws -> Data {
        let stored: DatabaseValue = row[column]
        guard case .blob(let data) = stored.storage else { throw Unreadable(column: column) }
        return data
    }

    func blobIfAny(_ column: Int) throws -> Data? {
        let stored: DatabaseValue = row[column]
        return stored.isNull ? nil : try blob(column)
    }

    func countIfAny(_ column: Int) throws -> UInt64? {
        let stored: DatabaseValue = row[column]
        return stored.isNull ? nil : try count(column)
    }

    private func value<Value: DatabaseValueConvertible>(_ column: Int, _ type: Value.Type) throws -> Value {
        guard let value = Value.fromDatabaseValue(row[column]) else { throw Unreadable(column: column) }
        return value
    }
}

extension Database {
    /// Runs a statement that is prepared once a connection; preparing it each time costs more than the insert.
    func run(_ sql: String, _ values: [(any DatabaseValueConvertible)?]) throws {
        let statement = try cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        try statement.execute()
    }

    /// The rows of a cached statement, one at a time.
    func rows(_ sql: String, _ values: [(any DatabaseValueConvertible)?] = []) throws -> RowCursor {
        let statement = try cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        return try Row.fetchCursor(statement)
    }

    /// The first row of a cached statement.
    func first(_ sql: String, _ values: [(any DatabaseValueConvertible)?] = []) throws -> StoredRow? {
        let statement = try cachedStatement(sql: sql)
        statement.setUncheckedArguments(StatementArguments(values))
        return try Row.fetchOne(statement).map(StoredRow.init)
    }
}
