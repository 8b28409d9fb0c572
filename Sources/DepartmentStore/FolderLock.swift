import CSupport
import FeedProtocol
import Glibc

/// Keeps a second adapter out of a folder for as long as it lives; the system frees it when a process dies.
final class FolderLock: Sendable {
    private let descriptor: Int32

    init(folder: String) throws(DepartmentStoreError) {
        if mkdir(folder, 0o700) != 0, errno != EEXIST {
            throw .unavailable("\(folder): \(String(cString: strerror(errno)))")
        }
        let path = folder + "/adapter.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .unavailable("\(path): \(String(cString: strerror(errno)))") }
        guard csupport_lock_exclusive(descriptor) == 0 else {
            close(descriptor)
            throw .locked(path)
        }
        // Set last: a lock that was not had must not be closed a second time by its deinit.
        self.descriptor = descriptor
    }

    deinit {
        csupport_unlock(descriptor)
        close(descriptor)
    }
}
