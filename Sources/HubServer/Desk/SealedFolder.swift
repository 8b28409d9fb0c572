package import CaseDesk
package import EventSourcing
package import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// The store of sealed files: one file an attachment, named by its identifier, for the owner alone.
package struct SealedFolder: AttachmentStore {
    private let path: String

    /// - Parameter path: Made when the first file comes.
    package init(_ path: String) {
        self.path = path
    }

    package func put(_ sealed: Data, as attachment: UniqueID) throws(AttachmentStoreError) {
        let place = place(of: attachment)
        do throws(WholeFile.Failure) {
            try WholeFile.makeFolder(path)
            try WholeFile.makeFolder(place.folder)
            try WholeFile.write(sealed, to: place.file, in: place.folder)
        } catch {
            throw Self.told(error)
        }
    }

    package func sealed(_ attachment: UniqueID) throws(AttachmentStoreError) -> Data? {
        let file = place(of: attachment).file
        guard access(file, F_OK) == 0 else { return nil }
        guard let data = try? Data(contentsOf: URL(filePath: file)) else { throw .failed(EIO) }
        return data
    }

    package func remove(_ attachment: UniqueID) throws(AttachmentStoreError) {
        guard unlink(place(of: attachment).file) == 0 || errno == ENOENT else { throw .failed(errno) }
    }

    private func place(of attachment: UniqueID) -> (folder: String, file: String) {
        ("\(path)/\(attachment.description.suffix(2))", Self.path(of: attachment, in: path))
    }

    /// Where a file lies in a folder of sealed files.
    ///
    /// The last byte of an identifier is chance, which spreads the files over 256 folders.
    static func path(of attachment: UniqueID, in folder: String) -> String {
        let name = attachment.description
        return "\(folder)/\(name.suffix(2))/\(name)"
    }

    /// Files that were last written before an instant, whole or unfinished, sorted by path.
    ///
    /// - Returns: The attachment of each, or nothing for one that was never finished.
    func files(writtenBefore instant: Instant) -> [(path: String, attachment: UniqueID?)] {
        let manager = FileManager.default
        var found: [(path: String, attachment: UniqueID?)] = []
        for folder in ((try? manager.contentsOfDirectory(atPath: path)) ?? []).sorted() {
            for name in ((try? manager.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted() {
                let file = "\(path)/\(folder)/\(name)"
                var status = stat()
                guard stat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
                    Int64(status.st_mtim.tv_sec) * 1000 < instant.milliseconds
                else { continue }
                if name.hasSuffix(".partial") {
                    found.append((file, nil))
                } else if let attachment = UniqueID(name) {
                    found.append((file, attachment))
                }
            }
        }
        return found
    }

    private static func told(_ failure: WholeFile.Failure) -> AttachmentStoreError {
        failure.number == ENOSPC || failure.number == EDQUOT ? .full : .failed(failure.number)
    }
}

/// Writes files that are there whole or not at all.
enum WholeFile {
    /// The system's number of what went wrong.
    struct Failure: Error {
        let number: Int32
    }

    static func makeFolder(_ path: String) throws(Failure) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Failure(number: errno) }
    }

    /// Writes beside, syncs, renames, and syncs the folder; an existing file of the name is replaced.
    ///
    /// - Parameter partial: Where it is written first, on the same file system; beside the file when left out.
    static func write(
        _ data: Data, to file: String, through partial: String? = nil, in folder: String
    ) throws(Failure) {
        let partial = partial ?? file + ".partial"
        let descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        var rest = Array(data)[...]
        var reason: Int32 = 0
        while !rest.isEmpty, reason == 0 {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                reason = errno
            }
        }
        if reason == 0, fsync(descriptor) != 0 { reason = errno }
        close(descriptor)
        if reason == 0, rename(partial, file) != 0 { reason = errno }
        guard reason == 0 else {
            unlink(partial)
            throw Failure(number: reason)
        }
        let names = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard names >= 0 else { throw Failure(number: errno) }
        defer { close(names) }
        guard fsync(names) == 0 else { throw Failure(number: errno) }
    }
}
