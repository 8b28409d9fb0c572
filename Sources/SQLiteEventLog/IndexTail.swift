import EventSourcing
import NIOConcurrencyHelpers

/// What the derived indexes do not hold yet: the events after the watermark by tag and by type, in memory.
///
/// The writer adds a batch just before it commits, so whatever a reader's snapshot shows is here too; readers look no
/// further than the head of their snapshot. Events the indexes have taken over stay one flush longer, for the snapshots
/// that began before.
final class IndexTail: Sendable {
    /// One event as the indexes see it.
    struct Entry {
        let position: UInt64
        let type: UInt32
        let tags: [UInt32]
    }

    /// Events of successive positions that are flushed together.
    struct Generation {
        /// The position before its first.
        let after: UInt64
        /// Type of each event in order of position.
        fileprivate(set) var types: [UInt32] = []
        fileprivate(set) var byTag: [UInt32: [UInt64]] = [:]
        fileprivate(set) var byType: [UInt32: [UInt64]] = [:]

        init(after: UInt64) {
            self.after = after
        }

        var last: UInt64 { after + UInt64(types.count) }

        func type(at position: UInt64) -> UInt32 { types[Int(position - after) - 1] }

        fileprivate mutating func add(_ entry: Entry) {
            precondition(entry.position == last + 1, "the tail has no gaps")
            types.append(entry.type)
            byType[entry.type, default: []].append(entry.position)
            for tag in entry.tags { byTag[tag, default: []].append(entry.position) }
        }

        fileprivate mutating func drop(after head: UInt64) {
            guard head < last else { return }
            types.removeLast(Int(last - max(head, after)))
            for key in byTag.keys { byTag[key]?.removeAll { $0 > head } }
            for key in byType.keys { byType[key]?.removeAll { $0 > head } }
        }

        /// Positions in a range that match, ascending.
        fileprivate func positions(of item: IndexItem, after: UInt64, through: UInt64) -> [UInt64] {
            guard through > self.after, after < last else { return [] }
            guard !item.tags.isEmpty else {
                let found = item.types.flatMap { Self.part(of: byType[$0] ?? [], after: after, through: through) }
                return item.types.count > 1 ? found.sorted() : found
            }
            var lists: [[UInt64]] = []
            for tag in item.tags {
                guard let list = byTag[tag] else { return [] }
                lists.append(list)
            }
            lists.sort { $0.count < $1.count }
            return Self.part(of: lists[0], after: after, through: through).filter { position in
                (item.types.isEmpty || item.types.contains(type(at: position)))
                    && lists.dropFirst().allSatisfy { Self.contains($0, position) }
            }
        }

        private static func part(of list: [UInt64], after: UInt64, through: UInt64) -> ArraySlice<UInt64> {
            list[
                firstIndex(
                    in: list, above: after)..<max(
                        firstIndex(in: list, above: through), firstIndex(in: list, above: after))]
        }

        private static func contains(_ list: [UInt64], _ position: UInt64) -> Bool {
            let index = firstIndex(in: list, above: position - 1)
            return index < list.count && list[index] == position
        }

        /// Where the positions above a bound begin in an ascending list.
        private static func firstIndex(in list: [UInt64], above bound: UInt64) -> Int {
            var low = 0
            var high = list.count
            while low < high {
                let middle = (low + high) / 2
                if list[middle] > bound { high = middle } else { low = middle + 1 }
            }
            return low
        }
    }

    /// Oldest first; the last one grows.
    private let generations: NIOLockedValueBox<[Generation]>

    /// Starts at the watermark.
    init(after mark: UInt64) {
        generations = NIOLockedValueBox([Generation(after: mark)])
    }

    // MARK: Writer

    /// Takes in what is about to be committed.
    func add(_ entries: [Entry]) {
        generations.withLockedValue { generations in
            for entry in entries { generations[generations.count - 1].add(entry) }
        }
    }

    /// Forgets what was not committed after all.
    func drop(after head: UInt64) {
        generations.withLockedValue { $0[$0.count - 1].drop(after: head) }
    }

    /// How many events the growing generation has.
    var count: Int { generations.withLockedValue { $0[$0.count - 1].types.count } }

    /// Ends the growing generation and begins another.
    ///
    /// - Returns: The ended one, to be flushed.
    func freeze() -> Generation {
        generations.withLockedValue { generations in
            let frozen = generations[generations.count - 1]
            generations.append(Generation(after: frozen.last))
            return frozen
        }
    }

    /// The watermark now stands after the second last generation; everything before that one goes.
    func retire() {
        generations.withLockedValue { $0.removeFirst(max(0, $0.count - 2)) }
    }

    // MARK: Readers

    /// Positions after the watermark that match, ascending.
    ///
    /// - Parameters:
    ///   - after: Not before `mark`.
    ///   - mark: The watermark of the reader's snapshot.
    ///   - head: The head of the reader's snapshot.
    /// - Returns: Nothing when the snapshot is so old that the tail no longer reaches back to its watermark.
    func positions(of item: IndexItem, after: UInt64, mark: UInt64, head: UInt64) -> [UInt64]? {
        generations.withLockedValue { generations in
            guard let first = generations.first, first.after <= mark else { return nil }
            return generations.flatMap { $0.positions(of: item, after: max(after, mark), through: head) }
        }
    }
}

/// One alternative of a query by local ids; all of its names are known to the log.
struct IndexItem {
    /// Empty for any type.
    let types: Set<UInt32>
    /// The narrowest first; empty for any tags.
    let tags: [UInt32]
}
