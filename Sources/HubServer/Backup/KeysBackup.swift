import EventSourcing
import FoundationEssentials
import KeyStore

#if canImport(Glibc)
    import Glibc
#endif

/// Takes the copy of the keys: through the running server, which alone has them open, or from the file at rest.
struct KeysBackup: Sendable {
    private let folder: HubFolder
    private let logID: UniqueID

    init(of folder: HubFolder, logID: UniqueID) {
        self.folder = folder
        self.logID = logID
    }

    /// Copies to a new file; absolute, since the server has a folder of its own.
    ///
    /// - Throws: ``CommandFailure`` when neither way is open.
    func copy(to path: String) async throws(CommandFailure) {
        let deadline = ContinuousClock.now + .seconds(5)
        while true {
            do throws(CommandFailure) {
                let server = SocketDoor(folder: folder)
                if await server.isAnswered() { return try await server.backupKeys(to: path) }
                return try copyFromFile(to: path)
            } catch {
                // A server that is starting or stopping holds the keys and does not answer yet, or no more.
                guard error.code == "keys.inUse" || error.code == "hub.noAnswer", ContinuousClock.now < deadline else {
                    throw error
                }
            }
            unlink(path)
            // Sleeps: the door of a server that is just starting is looked at again, not without pause.
            try? await ContinuousClock().sleep(for: .milliseconds(200))
        }
    }

    private func copyFromFile(to path: String) throws(CommandFailure) {
        do throws(KeyStoreError) {
            let keys = try KeyStore.open(in: folder.path, logID: logID, credential: OpenHub.credential)
            defer { try? keys.close() }
            try keys.backup(to: path)
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
    }
}
