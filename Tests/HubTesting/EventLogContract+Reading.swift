import EventSourcing
import Foundation
import MerkleLog
import Testing

extension EventLogContract.Bench {
    mutating func queriesSelect() async throws {
        let town = EventTag("town:huangtang")
        let tags: [Set<EventTag>] = [
            [], [caseA], [caseB], [caseA, caseB], Set([caseA, town].compactMap { $0 }),
        ]
        for tags in tags {
            for type in ["CaseOpened", "ReferralAccepted"] { try await add(type, tags: tags) }
        }
        #expect(try await positions(.all) == Array(1...10))
        #expect(try await positions(.tagged(caseA)) == [3, 4, 7, 8, 9, 10])
        #expect(try await positions(.tagged(caseA, caseB)) == [7, 8])
        #expect(try await positions(.tagged(caseA, types: ["CaseOpened"])) == [3, 7, 9])
        #expect(try await positions(.types(["CaseOpened", "CaseExited"])) == [1, 3, 5, 7, 9])
        #expect(try await positions(.types(["CaseExited"])) == [])
        #expect(try await positions(.tagged(number)) == [])
        let either = EventQuery.tagged(caseA, types: ["CaseOpened"]).or(.tagged(caseB))
        #expect(try await positions(either) == [3, 5, 6, 7, 8, 9])
        #expect(try await positions(either, after: Position(5), limit: 2) == [6, 7])
        #expect(try await positions(either.or(.all)) == Array(1...10))
        if let town { #expect(try await positions(.tagged(town, caseA)) == [9, 10]) }
        let stored = try await log.event(at: Position(7))
        #expect(stored?.tags == [caseA, caseB])
    }

    mutating func pagesContinue() async throws {
        var append: [NewEvent] = []
        for index in 0..<25 { append.append(try samples.event(tags: index.isMultiple(of: 5) ? [caseA] : [caseB])) }
        try await log.append(samples.append(append))
        let first = try await log.read(.tagged(caseB), after: .start, limit: 8)
        #expect(first.events.count == 8 && first.head == Position(25))
        let last = try #require(first.events.last)
        let second = try await log.read(.tagged(caseB), after: last.position, limit: 1000)
        #expect((first.events + second.events).map(\.eventID) == append.filter { $0.tags == [caseB] }.map(\.eventID))
        #expect(try await log.readAll(.tagged(caseA)).events.count == 5)
        let none = try await log.read(.tagged(number), after: .start, limit: 1)
        #expect(none.events.isEmpty && none.head == Position(25))
        #expect(try await positions(.all, after: Position(99)) == [])
    }

    mutating func feedsAreGapless() async throws {
        #expect(try await log.feedHead(for: jiaoyu) == nil)
        #expect(try await log.feedEntries(for: jiaoyu, after: 0, limit: 10) == [])
        for departments in [[jiaoyu], [], [fulian, jiaoyu], [fulian], [jiaoyu]] { try await add(to: departments) }
        for (department, expected) in [(jiaoyu, [1, 3, 5]), (fulian, [3, 4])] as [(DepartmentCode, [UInt64])] {
            let entries = try await log.feedEntries(for: department, after: 0, limit: 10)
            #expect(entries.map(\.position.number) == expected)
            var chain = FeedChain.start(logID: log.identity.logID.bytes, department: department.description)
            for (index, entry) in entries.enumerated() {
                let sequence = UInt64(index + 1)
                let event = try #require(try await log.event(at: entry.position))
                chain = FeedChain.next(after: chain, sequence: sequence, leaf: event.leaf)
                #expect(entry.sequence == sequence && entry.chain == chain)
            }
            #expect(try await log.feedHead(for: department) == entries.last)
            #expect(try await log.feedEntries(for: department, after: 1, limit: 1) == [entries[1]])
        }
    }

    mutating func leavesAreOfTheEvents() async throws {
        #expect(try await log.head().root == MerkleTree.emptyRoot)
        let person: PersonReference = samples.generator.id()
        var leaves: [Data] = []
        for index in 0..<9 {
            let parts: [EventSamples.Part] = index.isMultiple(of: 2) ? [.init(.identity, of: person, json: "1")] : []
            let event = try samples.event(
                tags: [caseB, caseA], disclosure: disclosure(to: [jiaoyu, fulian]), sealed: parts)
            let position = try await log.append(samples.append([event])).position
            let stored = try #require(try await log.event(at: position))
            leaves.append(try leaf(of: event, recorded: stored))
            #expect(stored.leaf == leaves.last)
            #expect(try await log.head().root == MerkleTree.root(of: leaves))
        }
    }

    private func leaf(of event: NewEvent, recorded: RecordedEvent) throws -> Data {
        var parts = LeafParts(
            meta: event.meta, data: event.data, tags: [], audience: ["jiaoyu", "fulian"], disclosure: nil)
        parts.tags = Data("case:a\ncase:b".utf8)
        parts.disclosure = Data(#"{"fulian":["reference"],"jiaoyu":["reference"]}"#.utf8)
        return Leaf(
            logID: log.identity.logID.bytes, position: recorded.position.number, eventID: event.eventID.bytes,
            appendFirst: recorded.appendFirst.number, type: event.type, schemaVersion: event.schemaVersion,
            occurredAt: event.occurredAt.milliseconds, recordedAt: recorded.recordedAt.milliseconds,
            commitments: try #require(LeafCommitments(parts, salt: event.salt)),
            sections: event.sealed.map { .init(number: $0.section, digest: $0.digest) }
        ).hash
    }

    mutating func consumersAreKept() async throws {
        try await add(to: [jiaoyu])
        func progress(_ name: String, _ sequence: UInt64) -> ConsumerProgress {
            ConsumerProgress(
                department: jiaoyu, name: name, sequence: sequence, chain: Data(repeating: 7, count: 32),
                acknowledgedAt: clock.now())
        }
        try await log.record([progress("adapter", 0), progress("courier", 1)])
        try await log.record([progress("adapter", 1)])
        #expect(try await log.consumers() == [progress("adapter", 1), progress("courier", 1)])
        #expect(try await log.head().position == Position(1))
    }

    mutating func commitsRing() async throws {
        var bells = log.commits().makeAsyncIterator()
        try await add()
        try await add()
        // A slow listener hears the newest only.
        #expect(await bells.next() == Position(2))
        try await add()
        #expect(await bells.next() == Position(3))
    }

    mutating func oneWinner() async throws {
        for round in 0..<10 {
            let tag = try #require(EventTag("number:DY23-\(round)"))
            var appends: [(Position, Append)] = []
            for _ in 0..<16 {
                // All decide on the same history, as racers do.
                let head = try await log.read(.tagged(tag), after: .start, limit: 1).head
                let condition = AppendCondition(failIfEventsMatch: .tagged(tag), after: .start)
                appends.append((head, samples.append([try samples.event(tags: [tag])], condition: condition)))
            }
            let outcomes = await race(appends.map(\.1))
            #expect(outcomes.accepted == 1 && outcomes.conflicts == 15)
            #expect(try await positions(.tagged(tag)).count == 1)
        }
    }

    mutating func noWriteSkew() async throws {
        for round in 0..<10 {
            // One guards a type and writes a tag, the other guards the tag and writes the type; and narrow against wide.
            let tag = try #require(EventTag("case:skew\(round)"))
            let wide = try #require(EventTag("dept:skew\(round)"))
            let type = "Skew\(round)"
            let head = try await log.head().position
            let byTag = AppendCondition(failIfEventsMatch: .tagged(tag), after: head)
            let byType = AppendCondition(failIfEventsMatch: .types([type]), after: head)
            let narrow = AppendCondition(failIfEventsMatch: .tagged(tag, wide), after: head)
            var appends: [Append] = []
            for index in 0..<15 {
                switch index % 3 {
                case 0: appends.append(samples.append([try samples.event(type, tags: [tag, wide])], condition: byTag))
                case 1: appends.append(samples.append([try samples.event(type, tags: [tag, wide])], condition: byType))
                default:
                    appends.append(samples.append([try samples.event(type, tags: [tag, wide])], condition: narrow))
                }
            }
            let outcomes = await race(appends)
            #expect(outcomes.accepted == 1 && outcomes.conflicts == 14)
            #expect(try await positions(.types([type])).count == 1)
        }
    }

    private func race(_ appends: [Append]) async -> (accepted: Int, conflicts: Int) {
        await withTaskGroup(of: EventLogError.Code?.self) { group in
            for append in appends {
                group.addTask { [log] in
                    do throws(EventLogError) {
                        _ = try await log.append(append)
                        return nil
                    } catch {
                        return error.code
                    }
                }
            }
            var outcomes = (accepted: 0, conflicts: 0)
            for await code in group {
                if code == nil { outcomes.accepted += 1 }
                if code == .conflict { outcomes.conflicts += 1 }
            }
            return outcomes
        }
    }
}
