import CaseViews
package import EventSourcing
import FoundationEssentials
import GRDB

extension SQLiteViews {
    /// Builds the views of a log in a fresh file beside the old one and puts it in its place when it is complete.
    ///
    /// Until then the old file is untouched; interrupted, nothing has changed. No server may run on the file.
    ///
    /// - Parameter progress: Called after each page with the position reached and the head of the log.
    /// - Returns: The position reached.
    /// - Throws: ``ViewStoreError`` or the log's ``EventLogError``; `CancellationError` between pages.
    @discardableResult
    package static func rebuild(
        at path: String, from log: any EventLog, progress: (Position, Position) -> Void = { _, _ in }
    ) async throws -> Position {
        let fresh = path + ".rebuild"
        try remove(fresh)
        let views = try SQLiteViews.open(at: fresh, for: log.identity)
        let reached: Position
        do {
            reached = try await views.catchUp(with: log, progress: progress)
            try await views.pool.writeWithoutTransaction { db in
                // The whole file must stand alone before it is renamed: a journal does not move with it.
                _ = try db.checkpoint(.truncate)
            }
            try views.close()
        } catch {
            try? views.close()
            try? remove(fresh)
            throw error
        }
        try remove(path)
        try FileManager.default.moveItem(atPath: fresh, toPath: path)
        try remove(fresh)
        return reached
    }
}
