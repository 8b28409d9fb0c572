import EventSourcing
import HubTesting
import Testing

@testable import SQLiteEventLog

/// The memory tail gives what a plain list of its events would give.
@Suite struct IndexTailTests {
    @Test func `any question gives what a plain list gives, whatever was flushed or dropped meanwhile`() {
        var generator = SeededGenerator.printed()
        for _ in 0..<200 {
            let start = UInt64.random(in: 0...5, using: &generator)
            let tail = IndexTail(after: start)
            var all: [IndexTail.Entry] = []
            var head = start
            for _ in 0..<Int.random(in: 1...12, using: &generator) {
                let batch = (0..<Int.random(in: 1...6, using: &generator)).map { offset in
                    IndexTail.Entry(
                        position: head + UInt64(offset) + 1, type: UInt32.random(in: 1...3, using: &generator),
                        tags: (1...5).filter { _ in Bool.random(using: &generator) })
                }
                tail.add(batch)
                if Int.random(in: 0..<4, using: &generator) == 0 {
                    // A commit that failed.
                    tail.drop(after: head)
                } else {
                    all += batch
                    head += UInt64(batch.count)
                }
                if Int.random(in: 0..<5, using: &generator) == 0 { _ = tail.freeze() }
                let item = IndexItem(
                    types: Set((1...3).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }),
                    tags: (1...5).filter { _ in Int.random(in: 0..<4, using: &generator) == 0 })
                guard !item.types.isEmpty || !item.tags.isEmpty else { continue }
                let after = UInt64.random(in: 0...head, using: &generator)
                let through = UInt64.random(in: start...head, using: &generator)
                let expected = all.filter { entry in
                    entry.position > max(after, start) && entry.position <= through
                        && (item.types.isEmpty || item.types.contains(entry.type))
                        && item.tags.allSatisfy { entry.tags.contains($0) }
                }
                #expect(
                    tail.positions(of: item, after: after, mark: start, head: through) == expected.map(\.position))
            }
        }
    }

    @Test func `what was flushed stays one flush longer, and then an older snapshot is told`() {
        let tail = IndexTail(after: 0)
        let any = IndexItem(types: [1], tags: [])
        for position in 1...3 as ClosedRange<UInt64> {
            tail.add([.init(position: position, type: 1, tags: [])])
            #expect(tail.freeze().last == position)
            tail.retire()
        }
        #expect(tail.positions(of: any, after: 0, mark: 1, head: 3) == nil)
        #expect(tail.positions(of: any, after: 0, mark: 2, head: 3) == [3])
    }

    @Test func `an absent tag was not used after the floor, however many came and went`() throws {
        var generator = SeededGenerator.printed()
        var map = TagMap(floor: 0, bound: 4)
        let tags = try (0..<30).map { try #require(EventTag("case:\($0)")) }
        var last: [EventTag: UInt64] = [:]
        for head in 0..<500 as Range<UInt64> {
            let tag = tags[Int.random(in: 0..<tags.count, using: &generator)]
            map.merge([tag: .init(id: 1, last: head + 1)], head: head)
            last[tag] = head + 1
            for tag in tags {
                if let entry = map[tag] {
                    #expect(entry.last == last[tag])
                } else {
                    #expect((last[tag] ?? 0) <= map.floor)
                }
            }
        }
        #expect(map.floor > 400)
    }
}
