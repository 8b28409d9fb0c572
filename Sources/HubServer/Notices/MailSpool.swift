package import CaseDesk
package import EventSourcing
import FoundationEssentials
package import RuleBook

/// Leaves notices as mail in a folder of the Maildir form, for whatever sends the county's mail: written under `tmp`,
/// synced, then renamed into `new`.
///
/// A file is named by its notice, so that one written twice is one file; a message fetched and written again carries the
/// same Message-ID.
package struct MailSpool: NoticePort {
    package let name: String
    private let path: String
    private let from: String
    private let addresses: [NoticeRecipient: String]

    /// - Parameters:
    ///   - path: Made with its `tmp`, `new` and `cur` when the first notice comes; its parent is there.
    ///   - addresses: Whom mail goes to; whoever is not named gets none.
    package init(name: String = "mail", path: String, from: String, addresses: [NoticeRecipient: String]) {
        self.name = name
        self.path = path
        self.from = from
        self.addresses = addresses
    }

    package func accepts(_ recipient: NoticeRecipient) -> Bool { addresses[recipient] != nil }

    package func deliver(_ notice: Notice, at now: Instant) async throws(NoticeError) {
        guard let address = addresses[notice.recipient] else { return }
        let mail = MailMessage(notice, from: from, to: address)
        let file = "\(notice.at.milliseconds / 1000).\(notice.id).onedoor"
        do throws(WholeFile.Failure) {
            for folder in [path, "\(path)/tmp", "\(path)/new", "\(path)/cur"] { try WholeFile.makeFolder(folder) }
            try WholeFile.write(mail.data, to: "\(path)/new/\(file)", through: "\(path)/tmp/\(file)", in: "\(path)/new")
        } catch {
            throw NoticeError("errno \(error.number)")
        }
    }
}
