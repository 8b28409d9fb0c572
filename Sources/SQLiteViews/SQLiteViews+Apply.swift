package import CaseViews
package import EventSourcing
import GRDB
import NIOConcurrencyHelpers

extension SQLiteViews {
    package func apply(_ events: [RecordedEvent]) async throws(ViewStoreError) {
        try await apply(events.map { (recorded: $0, read: nil) })
    }

    /// Applies events of which some have been decoded already.
    ///
    /// - Parameters:
    ///   - moment: Events outside it are passed over; nothing takes all in.
    ///   - deferred: Whether rows may stay in memory that later events may change again; the file is whole after the
    ///     next call without.
    func apply(
        _ events: [(recorded: RecordedEvent, read: ReadEvent?)], of moment: PastMoment? = nil, deferred: Bool = false
    ) async throws(ViewStoreError) {
        if events.isEmpty, deferred || memory.withLockedValue({ $0.touched.isEmpty }) { return }
        do {
            try await pool.write { [memory] db in
                let position = try Self.position(db)
                // Taken out while it changes: after a failure nothing half-changed is left to be believed.
                let kept = memory.withLockedValue { box in
                    defer { box = ViewWriterMemory(capacity: box.capacity) }
                    return box
                }
                var page = PageWriter(db, try ViewWriterMemory.resumed(kept, at: position, in: db), at: position)
                for event in events {
                    if let moment, !moment.includes(event.recorded) {
                        try page.pass(event.recorded)
                    } else {
                        try page.take(event.recorded, decoded: event.read)
                    }
                }
                let changed = try page.finish(deferred: deferred)
                memory.withLockedValue { $0 = changed }
            }
        } catch let error as ViewStoreError {
            throw error
        } catch {
            throw .storage("\(error)")
        }
    }
}
