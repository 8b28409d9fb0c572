package import EventSourcing
package import FoundationEssentials

/// Where sealed files lie; it never sees what is in them.
package protocol AttachmentStore: Sendable {
    /// Puts a sealed file on stable storage; the same identifier again replaces nothing.
    func put(_ sealed: Data, as attachment: UniqueID) throws(AttachmentStoreError)

    /// A sealed file; nothing when there is none.
    func sealed(_ attachment: UniqueID) throws(AttachmentStoreError) -> Data?

    /// Removes a file nothing in the log names.
    func remove(_ attachment: UniqueID) throws(AttachmentStoreError)
}

/// Why the store could not be used.
package enum AttachmentStoreError: Error, Hashable, Sendable {
    case full
    case failed(Int32)
    /// This hub was put together without a store.
    case none
}

/// The store of a hub that keeps no files: it refuses, rather than lose one.
package struct NoAttachments: AttachmentStore {
    package init() {}

    package func put(_ sealed: Data, as attachment: UniqueID) throws(AttachmentStoreError) { throw .none }
    package func sealed(_ attachment: UniqueID) throws(AttachmentStoreError) -> Data? { throw .none }
    package func remove(_ attachment: UniqueID) throws(AttachmentStoreError) { throw .none }
}
