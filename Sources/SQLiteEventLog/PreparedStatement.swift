import EventSourcing
import FoundationEssentials
import GRDB
import GRDBSQLite
import Glibc

/// One statement of a connection, used through SQLite's own calls.
///
/// GRDB prepares and keeps it; its rows and arguments cost several times what SQLite needs, and the write path and the
/// pages of readers are made of little else. Columns are read without trust: a damaged file gives an error, never a crash.
struct PreparedStatement {
    // Holding the statement keeps the pointer alive; asking it for the pointer at each column would be a tenth of a page.
    private let statement: Statement
    private let pointer: SQLiteStatement

    /// Takes the connection's statement of this text; two uses of one text must not overlap.
    init(_ db: Database, _ sql: String) throws {
        statement = try db.cachedStatement(sql: sql)
        pointer = statement.sqliteStatement
        sqlite3_reset(pointer)
    }

    // MARK: Arguments

    func bind(_ index: Int32, _ number: Int64) throws {
        try check(sqlite3_bind_int64(pointer, index, number))
    }

    func bind(_ index: Int32, _ number: UInt64) throws {
        try bind(index, Int64(clamping: number))
    }

    func bind(_ index: Int32, _ bytes: Data?) throws {
        guard let bytes else { return try check(sqlite3_bind_null(pointer, index)) }
        try bytes.withUnsafeBytes { try bind(index, $0) }
    }

    func bind(_ index: Int32, _ id: UniqueID) throws {
        try id.withUnsafeBytes { try bind(index, $0) }
    }

    /// SQLite takes a copy.
    func bind(_ index: Int32, _ bytes: UnsafeRawBufferPointer) throws {
        // A null pointer would bind NULL, which is not the empty blob.
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return try check(sqlite3_bind_zeroblob(pointer, index, 0))
        }
        try check(sqlite3_bind_blob64(pointer, index, start, UInt64(bytes.count), Self.transient))
    }

    func bind(_ index: Int32, _ text: String) throws {
        var text = text
        try text.withUTF8 { utf8 in
            try utf8.withMemoryRebound(to: CChar.self) { characters in
                try check(
                    sqlite3_bind_text(pointer, index, characters.baseAddress, Int32(characters.count), Self.transient))
            }
        }
    }

    /// SQLITE_TRANSIENT, a macro Swift does not see.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    // MARK: Running

    /// Runs a statement that gives no rows, and makes it ready for the next arguments.
    func run() throws {
        let code = sqlite3_step(pointer)
        // A reset repeats the code of a failed step, which is already in hand.
        sqlite3_reset(pointer)
        guard code == SQLITE_DONE else { throw failure(code) }
    }

    /// The next row.
    ///
    /// - Returns: Whether there is one; after the last the statement is ready for other arguments.
    func step() throws -> Bool {
        let code = sqlite3_step(pointer)
        if code == SQLITE_ROW { return true }
        sqlite3_reset(pointer)
        guard code == SQLITE_DONE else { throw failure(code) }
        return false
    }

    /// Ends a walk before its last row; a statement left in the middle would hold its read transaction open.
    func reset() {
        sqlite3_reset(pointer)
    }

    // MARK: Columns of the current row

    func integer(_ column: Int32) throws -> Int64 {
        guard sqlite3_column_type(pointer, column) == SQLITE_INTEGER else { throw unreadable(column) }
        return sqlite3_column_int64(pointer, column)
    }

    /// A whole number that is never negative: a position, a count, a sequence number.
    func count(_ column: Int32) throws -> UInt64 {
        guard let number = UInt64(exactly: try integer(column)) else { throw unreadable(column) }
        return number
    }

    func countIfAny(_ column: Int32) throws -> UInt64? {
        isNull(column) ? nil : try count(column)
    }

    func text(_ column: Int32) throws -> String {
        guard sqlite3_column_type(pointer, column) == SQLITE_TEXT, let start = sqlite3_column_text(pointer, column)
        else {
            throw unreadable(column)
        }
        let bytes = UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
        return String(decoding: bytes, as: UTF8.self)
    }

    func blob(_ column: Int32) throws -> Data {
        try withBlob(column) { Data($0) }
    }

    func blobIfAny(_ column: Int32) throws -> Data? {
        isNull(column) ? nil : try blob(column)
    }

    func id(_ column: Int32) throws -> UniqueID {
        guard let id = UniqueID(bytes: try bytes(column)) else { throw unreadable(column) }
        return id
    }

    /// The bytes of a blob, valid until the statement moves on.
    func bytes(_ column: Int32) throws -> UnsafeRawBufferPointer {
        guard sqlite3_column_type(pointer, column) == SQLITE_BLOB else { throw unreadable(column) }
        let start = sqlite3_column_blob(pointer, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(pointer, column)))
    }

    func bytesIfAny(_ column: Int32) throws -> UnsafeRawBufferPointer? {
        isNull(column) ? nil : try bytes(column)
    }

    /// Whether a blob is exactly these bytes.
    func holds(_ bytes: Data, in column: Int32) throws -> Bool {
        let stored = try self.bytes(column)
        return bytes.withUnsafeBytes { bytes in
            guard bytes.count == stored.count else { return false }
            guard let one = bytes.baseAddress, let other = stored.baseAddress else { return true }
            return memcmp(one, other, bytes.count) == 0
        }
    }

    func withBlob<Value>(_ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> Value) throws -> Value {
        try body(try bytes(column))
    }

    private func isNull(_ column: Int32) -> Bool {
        sqlite3_column_type(pointer, column) == SQLITE_NULL
    }

    // MARK: Failures

    private func unreadable(_ column: Int32) -> StoredRow.Unreadable {
        StoredRow.Unreadable(column: Int(column))
    }

    private func check(_ code: Int32) throws {
        guard code == SQLITE_OK else { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(sqlite3_db_handle(pointer))))
    }
}
