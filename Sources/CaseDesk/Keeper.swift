import Crypto
package import EventSourcing
import FoundationEssentials
package import ServiceLifecycle

/// Work the hub does by itself: it looks for what has come due, does it, and looks again, until the process stops.
///
/// What there is to do is found in the views, so each look first waits for them; whatever stops in between, the next look
/// finds the rest.
package protocol Keeper: Actor, Service {
    /// Waits between looks.
    nonisolated var pause: @Sendable () async throws -> Void { get }

    /// Does what has come due by now, once.
    func look() async -> KeeperLook
}

/// What one look came to, with how much was done.
package enum KeeperLook: Sendable {
    /// Nothing is left to do.
    case settled(Int)
    /// There may be more.
    case more(Int)
    /// The log or the views could not be used.
    case trouble(Int)
}

extension Keeper {
    /// Looks, at once and after each pause, until the process stops.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await self.settle()
                do { try await self.pause() } catch { break }
            }
        }
    }

    /// Does everything that has come due by now.
    ///
    /// - Parameter patience: How long to try again while log or views cannot be used, as just after a start.
    /// - Returns: How much took effect; less than was due where patience ran out, and the next look goes on.
    @discardableResult
    package func settle(patience: Duration = .zero) async -> Int {
        let deadline = ContinuousClock.now + patience
        var done = 0
        while !Task.isCancelled {
            switch await look() {
            case .settled(let took): return done + took
            case .more(let took): done += took
            case .trouble(let took):
                done += took
                guard ContinuousClock.now < deadline else { return done }
                // Sleeps: views that are catching up are looked at again, not without pause.
                try? await ContinuousClock().sleep(for: .milliseconds(20))
            }
        }
        return done
    }
}

/// What every keeper needs that is not its own.
package enum KeeperCommand {
    /// Who acts when nobody does; no token is ever given out for it.
    package static let account = AccountID(
        UniqueID(versionSevenAt: Instant(milliseconds: 0), random: (0, 0x0d0e_0000_0000_0001)))

    /// A second between looks.
    package static let everySecond: @Sendable () async throws -> Void = {
        // Sleeps: the civil clock may jump and be paused, so the time is looked at and not waited for.
        try await ContinuousClock().sleep(for: .seconds(1))
    }

    /// The id of the one command that does a thing: the same from every process at every time.
    ///
    /// - Parameters:
    ///   - key: Names what is done, once in the life of the hub.
    ///   - kind: Keeps the keys of one keeper from those of another.
    ///   - begun: The time of the id, which must follow from what is done.
    static func id(of key: String, kind: String, begun: Instant) -> UniqueID {
        let digest = Array(SHA256.hash(data: Data("onedoor.\(kind)/\(key)".utf8)))
        let words = (digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }, digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
        return UniqueID(versionSevenAt: begun, random: words)
    }
}
