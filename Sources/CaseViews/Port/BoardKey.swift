import Deadlines
package import EventSourcing
import RuleBook
package import WorkingCalendar

/// The place after a row of the board: pages follow by key, so that rows that come and go shift nothing.
package struct BoardKey: Codable, Hashable, Comparable, Sendable, LosslessStringConvertible {
    /// Due instant; after every due date what is paused, longest first, and last what has no date at all.
    package let dueAt: Instant
    package let id: DeadlineID
    /// What comes before the due date in the board's order; nothing where that is the order.
    package let group: String?
    /// The time the first page was told for, where the order depends on it: the pages after it are told for the same.
    package let toldAt: Instant?

    /// From here on stand paused deadlines, each by the day its pause began; no due date comes near it.
    package static let firstPaused = Instant(milliseconds: 1 << 56)

    /// Where a deadline stands that has been paused since a day.
    package static func paused(since day: CivilDay) -> Instant {
        firstPaused.advanced(byMilliseconds: day.startMilliseconds)
    }

    /// The key of a deadline due then; one without an instant sorts last.
    package init(dueAt: Instant?, id: DeadlineID, group: String? = nil, toldAt: Instant? = nil) {
        self.dueAt = dueAt ?? Instant(milliseconds: .max)
        self.id = id
        self.group = group
        self.toldAt = toldAt
    }

    /// The key of a row on a board sorted by due date.
    package init(of row: DeadlineRow) {
        self.init(dueAt: Self.place(of: row), id: row.id)
    }

    /// The key of a row on the board of a filter, told for an instant.
    package init(of row: DeadlineRow, on filter: BoardFilter, at now: Instant) {
        self.init(
            dueAt: Self.place(of: row), id: row.id,
            group: filter.sort.group(of: row, overlong: filter.overlong, at: now),
            toldAt: filter.sort == .attention ? now : nil)
    }

    private static func place(of row: DeadlineRow) -> Instant? {
        // A floor asks nobody for anything: it stands after all that is due.
        guard row.bound != .floor else { return nil }
        return row.dueAt ?? row.openPause.map { paused(since: $0.startDay) }
    }

    /// Whether it is the key of a page in this order, told for a time up to an instant.
    package func fits(_ sort: BoardSort, at now: Instant) -> Bool {
        switch sort {
        case .due: group == nil && toldAt == nil
        case .attention:
            group.flatMap(Attention.init(text:)) != nil && toldAt.map { $0.milliseconds >= 0 && $0 <= now } ?? false
        case .started, .department, .town, .rule: group != nil && toldAt == nil
        }
    }

    /// Reads it back: milliseconds, a tilde, the id; before them the group and a bar where there is one, and before
    /// that the time it was told for and an at sign.
    package init?(_ text: String) {
        guard let tilde = text.firstIndex(of: "~"), let id = DeadlineID(String(text[text.index(after: tilde)...]))
        else {
            return nil
        }
        let parts = text[..<tilde].split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard let milliseconds = parts.last.flatMap({ Int64($0) }) else { return nil }
        var group = parts.count == 2 ? String(parts[0]) : nil
        var toldAt: Instant?
        if let told = group?.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false), told.count == 2 {
            guard let instant = Int64(told[0]) else { return nil }
            toldAt = Instant(milliseconds: instant)
            group = String(told[1])
        }
        self.init(dueAt: Instant(milliseconds: milliseconds), id: id, group: group, toldAt: toldAt)
    }

    package var description: String {
        "\(toldAt.map { "\($0.milliseconds)@" } ?? "")\(group.map { "\($0)|" } ?? "")\(dueAt.milliseconds)~\(id)"
    }

    package static func < (left: Self, right: Self) -> Bool {
        if let first = left.group, let second = right.group, first != second {
            return first.utf8.lexicographicallyPrecedes(second.utf8)
        }
        return left.dueAt == right.dueAt ? left.id < right.id : left.dueAt < right.dueAt
    }
}
