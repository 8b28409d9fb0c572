import EventSourcing
import KeyStore
import SQLiteEventLog

/// Proves by content that keys are not older than a log: whoever has ciphertext in it has a key.
enum KeysOfLog {
    /// Persons are held up to this many, about 4 MB, before they are looked up.
    private static let bound = 50_000

    /// Checks what came since the last proof, and remembers it.
    ///
    /// - Parameter page: Persons in the next events after a place, of the log or of a copy.
    /// - Returns: The place proven up to.
    /// - Throws: ``CommandFailure`` `keys.olderThanLog`, or what kept the log from being read.
    @discardableResult
    static func prove(
        _ keys: KeyStore, inEpoch epoch: UniqueID, folder: String,
        page: (Position) async throws(EventLogError) -> PersonsInLog
    ) async throws(CommandFailure) -> Position {
        do {
            var proven = try keys.provenPosition(inEpoch: epoch)
            var persons: Set<PersonReference> = []
            while true {
                let next = try await page(proven)
                persons.formUnion(next.persons)
                let isEnd = next.reached == proven
                proven = next.reached
                if isEnd || persons.count >= bound {
                    try keys.prove(persons.subtracting(erased), upTo: proven, inEpoch: epoch)
                    persons = []
                }
                if isEnd { return proven }
            }
        } catch let error as KeyStoreError {
            throw CommandFailure(error, folder: folder)
        } catch {
            throw CommandFailure(EventLogError.of(error), folder: folder)
        }
    }

    /// Checks a copy of the keys against a copy of the log, without the deployment key.
    ///
    /// - Throws: ``KeyStoreError`` `olderThanLog`; ``EventLogError`` when the log cannot be read.
    static func check(_ keys: KeyStoreCopy, against log: SQLiteLogReader) async throws {
        var place = Position.start
        var persons: Set<PersonReference> = []
        while true {
            let next = try await log.persons(after: place)
            persons.formUnion(next.persons)
            let isEnd = next.reached == place
            place = next.reached
            if isEnd || persons.count >= bound {
                try keys.checkPersons(ofLog: persons, erased: erased)
                persons = []
            }
            if isEnd { return }
        }
    }

    /// Persons whom an event of the log erased, and who therefore need no key.
    ///
    /// No event erases anybody yet; those that will are read here, so that starting, verifying and restoring agree.
    private static let erased: Set<PersonReference> = []
}

extension EventLogError {
    /// An error of the log, whatever way it came.
    fileprivate static func of(_ error: any Error) -> EventLogError {
        error as? EventLogError ?? EventLogError(.unavailable, detail: "the log cannot be read", underlying: error)
    }
}
