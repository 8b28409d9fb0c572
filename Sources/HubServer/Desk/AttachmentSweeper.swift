import Casework
import EventSourcing
import FoundationEssentials
import Logging
import ServiceLifecycle

#if canImport(Glibc)
    import Glibc
#endif

/// Removes sealed files that nothing in the log names: uploads whose command never came to stand.
///
/// A file is put in its place before its event is appended, so a young one may still be about to be named. After
/// ``age`` nobody waits for that append any more.
struct AttachmentSweeper: Service {
    /// How old a file must be, by the machine's clock: a day.
    static let age: Int64 = 24 * 3_600_000

    let log: any EventLog
    let folder: SealedFolder
    let logger: Logger
    /// Files have the machine's times, in a demo too.
    var clock: any CivilClock = WallClock()
    var pause: @Sendable () async throws -> Void = {
        // Sleeps: nothing tells when a file becomes a day old.
        try await ContinuousClock().sleep(for: .seconds(3600))
    }

    /// Sweeps at once and then each hour, until the process stops.
    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await sweep()
                do { try await pause() } catch { break }
            }
        }
    }

    /// Removes what is old and unnamed.
    ///
    /// - Returns: How many files; none when the log cannot be read.
    @discardableResult
    func sweep() async -> Int {
        let old = folder.files(
            writtenBefore: clock.now().advanced(byMilliseconds: -Self.age))
        guard !old.isEmpty else { return 0 }
        // Read after the folder: whatever was named meanwhile is among it.
        guard let named = try? await named() else { return 0 }
        var removed = 0
        for file in old where file.attachment.map({ !named.contains($0) }) ?? true {
            if unlink(file.path) == 0 { removed += 1 }
        }
        if removed > 0 { logger.notice("orphaned uploads removed", metadata: ["files": "\(removed)"]) }
        return removed
    }

    private func named() async throws -> Set<UniqueID> {
        var named: Set<UniqueID> = []
        for event in try await log.readAll(.types([DeskEvent.Kind.attachmentStored.rawValue])).events {
            if case .desk(.attachmentStored(let stored))? = try CaseworkEvent(event) { named.insert(stored.attachment) }
        }
        return named
    }
}
