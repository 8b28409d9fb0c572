import CFaultVFS
import Foundation

/// A folder whose SQLite files fail on demand, and that can keep a record of what was written and synced in it.
///
/// Only files opened after it was made are watched.
final class FaultFolder: Sendable {
    enum Operation: String, CaseIterable, Sendable {
        case write, sync, truncate, delete, read

        fileprivate var number: Int32 {
            switch self {
            case .write: Int32(CFAULT_WRITE)
            case .sync: Int32(CFAULT_SYNC)
            case .truncate: Int32(CFAULT_TRUNCATE)
            case .delete: Int32(CFAULT_DELETE)
            case .read: Int32(CFAULT_READ)
            }
        }
    }

    /// What SQLite is told; ``noRoom`` and ``shortWrite`` are for writes.
    enum Failure: String, CaseIterable, Sendable {
        case ioError, noRoom, shortWrite

        fileprivate var number: Int32 {
            switch self {
            case .ioError: Int32(CFAULT_IO_ERROR)
            case .noRoom: Int32(CFAULT_NO_ROOM)
            case .shortWrite: Int32(CFAULT_SHORT_WRITE)
            }
        }
    }

    private let folder: LogFolder
    // Proof: what it points to is guarded by a lock of its own in C, and lives until this object goes.
    private nonisolated(unsafe) let handle: OpaquePointer

    init(_ folder: LogFolder, keepsRecord: Bool = false) throws {
        struct CannotWatch: Error {}
        guard let handle = cfault_watch(folder.path, keepsRecord ? 1 : 0) else { throw CannotWatch() }
        self.folder = folder
        self.handle = handle
    }

    deinit {
        cfault_forget(handle)
    }

    /// Makes the `nth` operation from now on fail, counted from 1, and with `lasting` each later one too.
    func fail(_ operation: Operation, nth: Int, lasting: Bool = false, with failure: Failure = .ioError) {
        cfault_fail(handle, operation.number, Int64(nth), lasting ? 1 : 0, failure.number)
    }

    func heal() {
        cfault_heal(handle)
    }

    /// How many operations were made to fail.
    var faults: Int { Int(cfault_faults(handle)) }

    /// How many operations were asked for.
    func count(_ operation: Operation) -> Int { Int(cfault_count(handle, operation.number)) }

    /// A place in the record: everything before it has happened.
    var moment: Int { Int(cfault_recorded(handle)) }

    /// What was done, oldest first.
    func record(before moment: Int) -> [FileChange] {
        (0..<moment).compactMap { FileChange(cfault_record_at(handle, Int64($0))) }
    }
}

/// One thing that was done to a file of a watched folder.
struct FileChange: Sendable {
    enum Kind: Sendable {
        case write(offset: Int, bytes: Data)
        case truncate(length: Int)
        /// With `folder`, the names of all files are made to last too.
        case sync(folder: Bool)
        case create, found
        case delete(folder: Bool)
    }

    /// Tells apart files that had the same name one after the other.
    let file: Int
    let name: String
    let kind: Kind

    fileprivate init?(_ record: cfault_record) {
        guard let text = record.name else { return nil }
        name = String(cString: text)
        file = Int(record.file)
        let isFolder = record.syncs_folder != 0
        switch Int(record.operation) {
        case CFAULT_WRITE:
            let bytes = record.bytes.map { Data(bytes: $0, count: Int(record.length)) }
            kind = .write(offset: Int(record.offset), bytes: bytes ?? Data())
        case CFAULT_TRUNCATE: kind = .truncate(length: Int(record.offset))
        case CFAULT_SYNC: kind = .sync(folder: isFolder)
        case CFAULT_CREATE: kind = .create
        case CFAULT_FOUND: kind = .found
        case CFAULT_DELETE: kind = .delete(folder: isFolder)
        default: return nil
        }
    }
}
