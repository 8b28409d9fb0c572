import EventSourcing
import GRDB

extension EventLogError {
    /// What an error below means to the caller of the log; nothing of it was committed.
    static func from(_ error: any Error, at position: Position? = nil) -> EventLogError {
        if let known = error as? EventLogError { return known }
        if let unreadable = error as? StoredRow.Unreadable {
            return EventLogError(
                .unreadableRow, at: position, detail: "column \(unreadable.column) does not decode", underlying: error)
        }
        if error is CancellationError {
            return EventLogError(.busy, at: position, detail: "the caller gave up", underlying: error)
        }
        guard let failure = error as? DatabaseError else {
            return EventLogError(.unavailable, at: position, underlying: error)
        }
        let code: Code
        switch failure.resultCode {
        case .SQLITE_FULL: code = .full
        case .SQLITE_CORRUPT, .SQLITE_NOTADB: code = .damaged
        case .SQLITE_BUSY, .SQLITE_LOCKED, .SQLITE_NOMEM, .SQLITE_INTERRUPT: code = .busy
        case .SQLITE_MISUSE: code = .closed
        default: code = .unavailable
        }
        // The message of SQLite names tables and files, never values; the statement's arguments stay out.
        return EventLogError(
            code, at: position, detail: "SQLite \(failure.extendedResultCode.rawValue)", underlying: error)
    }
}
