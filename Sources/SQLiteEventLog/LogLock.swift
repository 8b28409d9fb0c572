import CSupport
import EventSourcing
import Glibc
import NIOConcurrencyHelpers

/// The exclusive lock on the folder of a log: there is one writer at any time, on this machine.
///
/// SQLite before 3.51.3 can corrupt a file that two connections write or checkpoint at once, so its own locks are not
/// enough. The system drops the lock when the process dies, however it dies.
final class LogLock: Sendable {
    /// Nothing once released.
    private let descriptor: NIOLockedValueBox<Int32?>

    /// Takes the lock without waiting.
    ///
    /// - Throws: ``EventLogError`` `locked` when another process or object holds it, `unavailable` when the folder
    ///   cannot be written.
    init(folder: String) throws(EventLogError) {
        let path = "\(folder)/\(SQLiteEventLog.fileName).lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw EventLogError(.unavailable, detail: "the folder of the log cannot be written: errno \(errno)")
        }
        guard csupport_lock_exclusive(descriptor) == 0 else {
            let reason = errno
            close(descriptor)
            throw reason == EWOULDBLOCK
                ? EventLogError(.locked, detail: "another process has this log open")
                : EventLogError(.unavailable, detail: "the log cannot be locked: errno \(reason)")
        }
        self.descriptor = NIOLockedValueBox(descriptor)
    }

    /// Whether somebody holds the lock at this moment; makes no file, so that a folder can be looked at as it is.
    static func isHeld(folder: String) -> Bool {
        let descriptor = open("\(folder)/\(SQLiteEventLog.fileName).lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard csupport_lock_exclusive(descriptor) == 0 else { return true }
        csupport_unlock(descriptor)
        return false
    }

    deinit {
        release()
    }

    /// Gives the lock back; the second time nothing happens.
    func release() {
        descriptor.withLockedValue { descriptor in
            if let descriptor {
                csupport_unlock(descriptor)
                close(descriptor)
            }
            descriptor = nil
        }
    }
}
