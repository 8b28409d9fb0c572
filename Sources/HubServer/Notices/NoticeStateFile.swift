package import CaseDesk
import EventSourcing
import Foundation

/// Keeps what one channel has to deliver in a file beside the hub, replaced whole each time.
package struct NoticeStateFile: NoticeStatePort {
    private let folder: String
    private let file: String

    /// - Parameters:
    ///   - folder: Made when first needed; its parent is there.
    ///   - channel: Name of the channel, which names the file.
    package init(folder: String, channel: String) {
        self.folder = folder
        file = "\(folder)/\(channel).json"
    }

    package func load() throws(NoticeError) -> NoticeOutbox? {
        guard FileManager.default.fileExists(atPath: file) else { return nil }
        guard let data = FileManager.default.contents(atPath: file),
            let outbox = try? EventJSON.decode(NoticeOutbox.self, from: data)
        else { throw NoticeError("the state of the channel cannot be read: \(file)") }
        return outbox
    }

    package func save(_ outbox: NoticeOutbox) throws(NoticeError) {
        guard let data = try? EventJSON.encode(outbox) else { throw NoticeError("encoding") }
        do throws(WholeFile.Failure) {
            try WholeFile.makeFolder(folder)
            try WholeFile.write(data, to: file, in: folder)
        } catch {
            throw NoticeError("errno \(error.number)")
        }
    }
}
