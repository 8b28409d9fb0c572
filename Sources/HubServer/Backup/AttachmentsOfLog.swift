import Casework
import EventSourcing
import FeedProtocol
import FoundationEssentials
import SQLiteEventLog

/// The sealed files a log names, compared with a folder: what a backup must hold, and what a restored hub has.
struct AttachmentsOfLog: Sendable {
    /// A file the log names that is not there, or is not what the log says.
    struct Fault: Hashable, Sendable {
        let attachment: UniqueID
        let path: String
        /// Missing, else damaged or replaced.
        let isMissing: Bool
    }

    /// In order of the log.
    let stored: [DeskEvent.AttachmentStored]

    /// Reads which files a log names.
    ///
    /// - Parameter folder: That holds `log.sqlite`.
    /// - Complexity: Reads the whole log once, in pages.
    init(in folder: String) async throws(EventLogError) {
        let reader = try SQLiteLogReader(folder: folder)
        var stored: [DeskEvent.AttachmentStored] = []
        var place = Position.start
        while true {
            let page = try await reader.events(after: place, limit: 1000)
            guard let last = page.last else { break }
            for event in page where event.type == DeskEvent.Kind.attachmentStored.rawValue {
                let read: CaseworkEvent?
                do {
                    read = try CaseworkEvent(event)
                } catch {
                    throw EventLogError(.unreadableRow, at: event.position, underlying: error)
                }
                if case .desk(.attachmentStored(let fact))? = read { stored.append(fact) }
            }
            place = last.position
        }
        self.stored = stored
    }

    /// The files that are missing or damaged in a folder of sealed files.
    func faults(in folder: String) -> [Fault] {
        stored.compactMap { fact in
            let path = SealedFolder.path(of: fact.attachment, in: folder)
            guard let content = try? BackupFile.content(of: path) else {
                return Fault(attachment: fact.attachment, path: path, isMissing: true)
            }
            return Self.isWhole(content, fact)
                ? nil : Fault(attachment: fact.attachment, path: path, isMissing: false)
        }
    }

    /// Copies every file the log names; one that is missing or damaged is not copied, and named.
    ///
    /// - Returns: How many bytes were copied, and what was lost before.
    /// - Throws: ``CommandFailure`` when the target cannot be written.
    func copy(from source: String, to target: String) throws(CommandFailure) -> (bytes: UInt64, lost: [Fault]) {
        var bytes: UInt64 = 0
        var lost: [Fault] = []
        var folders: Set<String> = []
        for fact in stored {
            let path = SealedFolder.path(of: fact.attachment, in: source)
            guard let content = try? BackupFile.content(of: path) else {
                lost.append(Fault(attachment: fact.attachment, path: path, isMissing: true))
                continue
            }
            guard Self.isWhole(content, fact) else {
                lost.append(Fault(attachment: fact.attachment, path: path, isMissing: false))
                continue
            }
            let copy = SealedFolder.path(of: fact.attachment, in: target)
            let folder = URL(filePath: copy).deletingLastPathComponent().path
            if folders.insert(folder).inserted { try Self.make(folder, in: target) }
            bytes += try BackupFile.copy(path, to: copy).bytes
        }
        for folder in folders.sorted() { try BackupFile.sync(folder) }
        if !folders.isEmpty { try BackupFile.sync(target) }
        return (bytes, lost)
    }

    private static func make(_ folder: String, in target: String) throws(CommandFailure) {
        do throws(WholeFile.Failure) {
            try WholeFile.makeFolder(target)
            try WholeFile.makeFolder(folder)
        } catch {
            throw BackupFile.failure(folder, errno: error.number)
        }
    }

    private static func isWhole(_ content: BackupFile.Content, _ fact: DeskEvent.AttachmentStored) -> Bool {
        content.sha256.description == fact.sealedDigest.description
    }
}
