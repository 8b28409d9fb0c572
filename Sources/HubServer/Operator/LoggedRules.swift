import EventSourcing
import RuleBook
import SQLiteEventLog

/// Reads the rule book of a log beside a running server, without a lock.
enum LoggedRules {
    /// The rules in force at the head of the log.
    ///
    /// - Throws: ``CommandFailure`` when the log cannot be read.
    static func current(in folder: HubFolder) async throws(CommandFailure) -> RuleBook {
        do throws(EventLogError) {
            let reader = try SQLiteLogReader(folder: folder.path)
            var history = RuleBookHistory()
            var cursor = Position.start
            while true {
                let events = try await reader.events(after: cursor, limit: 1000)
                guard let last = events.last else { return history.current }
                for event in events {
                    do {
                        try history.evolve(with: event)
                    } catch {
                        throw EventLogError(.unreadableRow, at: event.position, underlying: error)
                    }
                }
                cursor = last.position
            }
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }
}
