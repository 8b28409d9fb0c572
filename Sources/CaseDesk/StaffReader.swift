import Casework
import EventSourcing

/// Keeps the register of the staff at every position of the log, read from the log alone.
actor StaffReader {
    private let log: any EventLog
    private var staff = StaffRegister()
    private var cursor = Position.start

    init(log: any EventLog) {
        self.log = log
    }

    /// The register up to the head at the time of the call, and that head.
    ///
    /// - Throws: ``EventLogError``; `unreadableRow` when a stored event no longer decodes.
    /// - Complexity: One indexed read of the events about the staff since the last call.
    func current() async throws(EventLogError) -> (staff: StaffRegister, head: Position) {
        let page = try await log.readAll(StaffRegister.boundary, after: cursor)
        // Another call may have read the same page while this one waited; only what is new counts.
        for event in page.events where event.position > cursor {
            do {
                if case .desk(let fact) = try CaseworkEvent(event) { staff.evolve(with: fact) }
            } catch {
                throw EventLogError(.unreadableRow, at: event.position, underlying: error)
            }
            cursor = event.position
        }
        cursor = max(cursor, page.head)
        return (staff, page.head)
    }
}
