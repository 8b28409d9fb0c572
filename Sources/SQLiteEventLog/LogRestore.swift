package import EventSourcing
import FoundationEssentials
import GRDB

/// Turns a copied log into a log of its own epoch, so that whoever heard more than the copy holds stops as forked.
package struct LogRestore: Sendable {
    private let path: String
    private let folder: String

    /// - Parameter folder: Holds the copied file; nobody has it open.
    package init(folder: String) {
        self.folder = folder
        path = "\(folder)/\(SQLiteEventLog.fileName)"
    }

    /// Gives the log a new epoch and takes its consumers back to what it holds, in one transaction.
    ///
    /// - Returns: The identity from now on.
    /// - Throws: ``EventLogError`` when the file is no whole log of ours or cannot be written.
    package func begin(epoch: UniqueID) throws(EventLogError) -> LogIdentity {
        try StoredFile(path: path).check()
        do {
            let queue = try DatabaseQueue(path: path)
            let identity = try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = FULL")
                var known: LogIdentity?
                try db.inTransaction(.immediate) {
                    let before = try OpeningCheck(db).identity()
                    try db.run("UPDATE log_meta SET v = ? WHERE k = 'epoch'", [Data(epoch.bytes)])
                    try ConsumerClamp.apply(in: db, of: before.logID)
                    known = LogIdentity(logID: before.logID, epoch: epoch, isDemo: before.isDemo)
                    return .commit
                }
                return known
            }
            try queue.close()
            try StoredFile.sync(path)
            try StoredFile.sync(folder)
            guard let identity else { throw EventLogError(.damaged, detail: "the log has no identity") }
            return identity
        } catch {
            throw EventLogError.from(error)
        }
    }
}
