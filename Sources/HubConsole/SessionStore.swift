import EventSourcing
import NIOConcurrencyHelpers

/// Who is signed in at the console: random session names in memory, each holding the token it was opened with.
///
/// The token is asked again on every request, so a revoked one ends its sessions at once. A restart ends them all.
struct SessionStore: Sendable {
    /// Sessions end this long after the last request.
    static let idleLimit = Duration.seconds(30 * 60)
    /// Sessions end this long after signing in, whatever happens.
    static let absoluteLimit = Duration.seconds(12 * 3600)

    private struct Session {
        let token: String
        let opened: ContinuousClock.Instant
        var lastSeen: ContinuousClock.Instant
    }

    private let sessions = NIOLockedValueBox<[String: Session]>([:])
    private let capacity: Int
    private let now: @Sendable () -> ContinuousClock.Instant

    /// - Parameter capacity: More sessions than this push out the one unseen for longest.
    init(capacity: Int = 1000, now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }) {
        self.capacity = capacity
        self.now = now
    }

    /// Opens a session.
    ///
    /// - Returns: Its name, 256 random bits.
    func open(token: String) -> String {
        let name = Self.randomName()
        let now = now()
        sessions.withLockedValue { sessions in
            sessions = sessions.filter { Self.isAlive($0.value, at: now) }
            if sessions.count >= capacity, let oldest = sessions.min(by: { $0.value.lastSeen < $1.value.lastSeen }) {
                sessions[oldest.key] = nil
            }
            sessions[name] = Session(token: token, opened: now, lastSeen: now)
        }
        return name
    }

    /// The token of a session that has not ended; being asked counts as being seen.
    func token(of name: String) -> String? {
        let now = now()
        return sessions.withLockedValue { sessions in
            guard let session = sessions[name] else { return nil }
            guard Self.isAlive(session, at: now) else {
                sessions[name] = nil
                return nil
            }
            sessions[name]?.lastSeen = now
            return session.token
        }
    }

    /// Ends a session.
    func close(_ name: String) {
        sessions.withLockedValue { $0[name] = nil }
    }

    var count: Int { sessions.withLockedValue { $0.count } }

    private static func isAlive(_ session: Session, at now: ContinuousClock.Instant) -> Bool {
        now - session.lastSeen < idleLimit && now - session.opened < absoluteLimit
    }

    private static func randomName() -> String {
        // The system's generator reads getrandom(2), which is fit for secrets.
        var generator = SystemRandomNumberGenerator()
        return (0..<4).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
