package import CaseDesk
import EventSourcing
import FoundationEssentials

/// Leaves short messages in a folder, one file each, for whatever gateway the county has; it removes what it has sent.
///
/// A file holds a telephone number and a text without a name; it is for the owner alone and lives until it is fetched.
package struct MessageSpool: MessagePort {
    private let path: String

    /// - Parameter path: Made when the first message comes; its parent as well.
    package init(_ path: String) {
        self.path = path
    }

    package func send(_ message: OutgoingMessage) throws(MessageError) {
        guard let data = try? EventJSON.encode(message) else { throw MessageError(number: 0) }
        do throws(WholeFile.Failure) {
            try WholeFile.makeFolder(URL(filePath: path).deletingLastPathComponent().path)
            try WholeFile.makeFolder(path)
            try WholeFile.write(data, to: "\(path)/\(message.id).json", in: path)
        } catch {
            throw MessageError(number: error.number)
        }
    }
}
