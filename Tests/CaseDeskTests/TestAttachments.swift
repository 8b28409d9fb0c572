import CaseDesk
import EventSourcing
import Foundation
import NIOConcurrencyHelpers

/// Files and messages in memory.
final class TestAttachments: AttachmentStore, MessagePort {
    private let files = NIOLockedValueBox<[UniqueID: Data]>([:])
    private let failure = NIOLockedValueBox<AttachmentStoreError?>(nil)
    private let sent = NIOLockedValueBox<[OutgoingMessage]>([])

    var stored: [UniqueID: Data] { files.withLockedValue { $0 } }
    var messages: [OutgoingMessage] { sent.withLockedValue { $0 } }

    /// Storing fails with this while it is set.
    func fail(with error: AttachmentStoreError?) { failure.withLockedValue { $0 = error } }

    func put(_ sealed: Data, as attachment: UniqueID) throws(AttachmentStoreError) {
        if let error = failure.withLockedValue({ $0 }) { throw error }
        files.withLockedValue { $0[attachment] = sealed }
    }

    func sealed(_ attachment: UniqueID) throws(AttachmentStoreError) -> Data? { stored[attachment] }

    func remove(_ attachment: UniqueID) throws(AttachmentStoreError) {
        files.withLockedValue { $0[attachment] = nil }
    }

    func send(_ message: OutgoingMessage) throws(MessageError) {
        sent.withLockedValue { $0.append(message) }
    }
}
