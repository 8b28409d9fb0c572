import Crypto
package import EventSourcing
import FoundationEssentials
package import RuleBook
package import WorkingCalendar

/// What one channel has read of the log, what waits for the morning, and what is on its way: a pure, bounded state.
///
/// It is kept before anything is sent and after each delivery. So what was read is delivered at least once, always under
/// the same id, and a digest is put together once for each recipient and day whatever restarts.
package struct NoticeOutbox: Codable, Hashable, Sendable {
    /// A crossing that a recipient's next digest tells.
    package struct Waiting: Codable, Hashable, Sendable {
        package let recipient: NoticeRecipient
        /// The event that told of it.
        package let position: Position
    }

    /// A notice on its way.
    package struct Parcel: Codable, Hashable, Sendable {
        package let notice: Notice
        /// How often it was tried in vain.
        package private(set) var attempts: Int
        package private(set) var nextAt: Instant

        fileprivate init(_ notice: Notice) {
            self.notice = notice
            attempts = 0
            nextAt = notice.at
        }

        /// - Returns: Whether it is tried again.
        fileprivate mutating func postpone(at now: Instant) -> Bool {
            guard attempts < NoticeOutbox.pauses.count else { return false }
            let pause = NoticeOutbox.pauses[attempts] * 1000
            attempts += 1
            // Up to a tenth more, and for each notice another tenth, so that not all of them come back at once.
            let spread = Int64(notice.id.bytes.reduce(UInt64(attempts)) { ($0 &* 31) &+ UInt64($1) } % 1000)
            nextAt = now.advanced(byMilliseconds: pause + pause / 10_000 * spread)
            return true
        }
    }

    /// Everything up to here has been read.
    package private(set) var after: Position
    package private(set) var waiting: [Waiting] = []
    /// Recipients that had their digest of a day.
    private var digested: [Digested] = []
    package private(set) var parcels: [Parcel] = []
    /// How many were given up after the last attempt.
    package private(set) var abandoned = 0

    private struct Digested: Codable, Hashable, Sendable {
        let recipient: NoticeRecipient
        let day: CivilDay
    }

    /// Seconds between one attempt and the next, as Standard Webhooks has it: more than three days in all.
    private static let pauses: [Int64] = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]

    /// More on the way, or more waiting, than this, and the channel reads no further: the log keeps the rest.
    package static let mostParcels = 500
    package static let mostWaiting = 20_000

    /// A channel that begins now: what was told before it was set up is past.
    package init(after position: Position) {
        after = position
    }

    /// Whether it takes more in.
    package var hasRoom: Bool { parcels.count < Self.mostParcels && waiting.count < Self.mostWaiting }

    /// Takes in that a position is read and which recipients it told.
    package mutating func read(through position: Position, telling recipients: [NoticeRecipient] = []) {
        guard position > after else { return }
        after = position
        waiting += recipients.map { Waiting(recipient: $0, position: position) }
    }

    /// Recipients whose digest of the day is still to be put together, sorted.
    package func recipients(on day: CivilDay) -> [NoticeRecipient] {
        let done = Set(digested.lazy.filter { $0.day >= day }.map(\.recipient))
        return Set(waiting.map(\.recipient)).subtracting(done).sorted()
    }

    /// Puts a digest on its way; one without lines leaves nothing but that its day is done.
    ///
    /// - Returns: The digest, if there was anything left to tell.
    @discardableResult
    package mutating func digest(
        for recipient: NoticeRecipient, on day: CivilDay, at now: Instant, lines: [Notice.Line], unlisted: Int? = nil
    ) -> Notice? {
        waiting.removeAll { $0.recipient == recipient }
        // Nobody was told anything, so what comes later in the day may still be told on it.
        guard !lines.isEmpty else { return nil }
        digested.removeAll { $0.recipient == recipient || $0.day < day.previous }
        digested.append(Digested(recipient: recipient, day: day))
        return post(.digest, to: recipient, named: "\(recipient)/\(day)", at: now, lines: lines, unlisted: unlisted)
    }

    /// Puts what cannot wait on its way.
    @discardableResult
    package mutating func urge(_ recipient: NoticeRecipient, of position: Position, at now: Instant, line: Notice.Line)
        -> Notice
    {
        post(.urgent, to: recipient, named: "\(recipient)/\(position)", at: now, lines: [line])
    }

    /// Puts a reminder by hand on its way.
    @discardableResult
    package mutating func remind(
        _ recipient: NoticeRecipient, of position: Position, at now: Instant, line: Notice.Line
    ) -> Notice {
        post(.reminder, to: recipient, named: "\(recipient)/\(position)", at: now, lines: [line])
    }

    private mutating func post(
        _ kind: Notice.Kind, to recipient: NoticeRecipient, named name: String, at now: Instant, lines: [Notice.Line],
        unlisted: Int? = nil
    ) -> Notice {
        let digest = Array(SHA256.hash(data: Data("onedoor.notice/\(kind.rawValue)/\(name)".utf8)))
        let words = (digest[..<8].reduce(0) { $0 << 8 | UInt64($1) }, digest[8..<16].reduce(0) { $0 << 8 | UInt64($1) })
        let notice = Notice(
            id: UniqueID(versionSevenAt: now, random: words), recipient: recipient, kind: kind, at: now, lines: lines,
            unlisted: unlisted)
        parcels.append(Parcel(notice))
        return notice
    }

    /// The first notice to be handed over by now.
    package func due(at now: Instant) -> Notice? { parcels.first { $0.nextAt <= now }?.notice }

    /// It was taken.
    package mutating func delivered(_ id: UniqueID) {
        parcels.removeAll { $0.notice.id == id }
    }

    /// It was not taken.
    ///
    /// - Returns: Whether it is tried again.
    package mutating func failed(_ id: UniqueID, at now: Instant) -> Bool {
        guard let index = parcels.firstIndex(where: { $0.notice.id == id }) else { return false }
        if parcels[index].postpone(at: now) { return true }
        parcels.remove(at: index)
        abandoned += 1
        return false
    }
}
