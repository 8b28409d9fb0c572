package import EventSourcing
package import FoundationEssentials
import NIOConcurrencyHelpers

/// The one place where the desk takes chance from: new identifiers and salts.
package final class IdentifierSource: Sendable {
    private let generator: NIOLockedValueBox<any RandomNumberGenerator & Sendable>

    /// Uses the system's generator unless a test gives a seeded one.
    package init(_ generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()) {
        self.generator = NIOLockedValueBox(generator)
    }

    /// A time-ordered identifier.
    package func next(at instant: Instant) -> UniqueID {
        generator.withLockedValue { UniqueID(versionSevenAt: instant, random: ($0.next(), $0.next())) }
    }

    /// Several at once.
    package func next(_ count: Int, at instant: Instant) -> [UniqueID] {
        generator.withLockedValue { generator in
            (0..<count).map { _ in UniqueID(versionSevenAt: instant, random: (generator.next(), generator.next())) }
        }
    }

    /// 16 random bytes for one event.
    package func salt() -> Data {
        let words = generator.withLockedValue { ($0.next(), $0.next()) }
        return withUnsafeBytes(of: words.0) { Data($0) } + withUnsafeBytes(of: words.1) { Data($0) }
    }
}
