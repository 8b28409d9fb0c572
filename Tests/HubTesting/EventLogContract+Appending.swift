import EventSourcing
import Foundation
import Testing

extension EventLogContract.Bench {
    mutating func positionsHaveNoGaps() async throws {
        #expect(try await log.head().position == .start)
        #expect(try await log.event(at: Position(1)) == nil)
        var next: UInt64 = 1
        for size in [1, 3, 2, 256, 1] {
            var events: [NewEvent] = []
            for _ in 0..<size { events.append(try samples.event()) }
            let acceptance = try await log.append(samples.append(events))
            let last = next + UInt64(size) - 1
            #expect(acceptance.events == Position(next)...Position(last))
            #expect(acceptance.position == Position(last) && !acceptance.isRepeat)
            for (index, event) in events.enumerated() {
                let stored = try #require(try await log.event(at: Position(next + UInt64(index))))
                #expect(stored.eventID == event.eventID && stored.appendFirst == Position(next))
                #expect(stored.data == event.data && stored.meta == event.meta && stored.salt == event.salt)
            }
            next = last + 1
        }
        #expect(try await log.head().position == Position(next - 1))
        #expect(try await log.event(at: Position(next)) == nil)
        #expect(try await log.event(at: .start) == nil)
    }

    mutating func conditionFails() async throws {
        let first = try await add(tags: [caseA])
        let query = EventQuery.tagged(caseA)
        // Nothing since: accepted.
        try await log.append(
            samples.append(
                [try samples.event(tags: [caseA])], condition: AppendCondition(failIfEventsMatch: query, after: first)))
        try await add(tags: [caseB])
        // Something since: refused, and the newest match is named.
        let stale = AppendCondition(failIfEventsMatch: query, after: first)
        let error = try await refused(.conflict, samples.append([try samples.event(tags: [caseA])], condition: stale))
        #expect(error?.position == Position(2))
        // Only something else since: accepted.
        let fresh = AppendCondition(failIfEventsMatch: query, after: Position(2))
        try await log.append(samples.append([try samples.event()], condition: fresh))
        // Types and tags must both match.
        let otherType = EventQuery.tagged(caseA, types: ["CaseExited"])
        try await log.append(
            samples.append(
                [try samples.event()], condition: AppendCondition(failIfEventsMatch: otherType, after: .start)))
        let bothTags = EventQuery.tagged(caseA, caseB)
        try await log.append(
            samples.append(
                [try samples.event()], condition: AppendCondition(failIfEventsMatch: bothTags, after: .start)))
        try await refused(
            .conflict,
            samples.append(
                [try samples.event()],
                condition: AppendCondition(
                    failIfEventsMatch: bothTags.or(.types(["ReferralAccepted"])), after: fresh.after)
            ))
    }

    mutating func conditionOnAll() async throws {
        let everything = AppendCondition(failIfEventsMatch: .all, after: .start)
        try await log.append(samples.append([try samples.event()], condition: everything))
        let error = try await refused(.conflict, samples.append([try samples.event()], condition: everything))
        #expect(error?.position == Position(1))
    }

    mutating func conditionIgnoresOwnEvents() async throws {
        let events = [try samples.event(tags: [number]), try samples.event(tags: [number])]
        let unused = AppendCondition(failIfEventsMatch: .tagged(number), after: .start)
        #expect(try await log.append(samples.append(events, condition: unused)).position == Position(2))
    }

    mutating func refusedAppendsLeaveNoTrace() async throws {
        try await add(tags: [caseA], to: [jiaoyu])
        let before = try await log.head()
        let condition = AppendCondition(failIfEventsMatch: .tagged(caseA), after: .start)
        let append = samples.append(
            [try samples.event(tags: [caseA], disclosure: disclosure(to: [jiaoyu, fulian]))], condition: condition)
        try await refused(.conflict, append)
        #expect(try await log.head() == before)
        #expect(try await log.feedHead(for: jiaoyu)?.sequence == 1)
        #expect(try await log.feedHead(for: fulian) == nil)
        #expect(try await log.acceptance(of: append.commandID, by: append.actor) == nil)
        // The same command may come again once its decision is fresh: refusals are not stored.
        let again = Append(
            commandID: append.commandID, actor: append.actor, fingerprint: append.fingerprint, events: append.events,
            condition: AppendCondition(failIfEventsMatch: .tagged(caseA), after: before.position))
        #expect(try await log.append(again).events == Position(2)...Position(2))
        #expect(try await log.feedHead(for: fulian)?.sequence == 1)
    }

    mutating func repeatsTakeNoEffect() async throws {
        let append = samples.append([try samples.event(), try samples.event()])
        let first = try await log.append(append)
        try await add()
        // The condition would fail now and the events are others; the repeat is known before either matters.
        let repeated = Append(
            commandID: append.commandID, actor: append.actor, fingerprint: append.fingerprint,
            events: [try samples.event()], condition: AppendCondition(failIfEventsMatch: .all, after: .start))
        for _ in 0..<2 {
            let again = try await log.append(repeated)
            #expect(again.events == first.events && again.position == first.position && again.isRepeat)
        }
        #expect(try await log.head().position == Position(3))
        let known = try await log.acceptance(of: append.commandID, by: append.actor)
        #expect(known?.0.events == first.events && known?.fingerprint == append.fingerprint)
        #expect(known?.0.isRepeat == true)
    }

    mutating func otherBodyIsRefused() async throws {
        let append = samples.append([try samples.event()])
        try await log.append(append)
        let other = Append(
            commandID: append.commandID, actor: append.actor, fingerprint: samples.generator.bytes(32),
            events: append.events, condition: nil)
        try await refused(.otherBody, other)
        #expect(try await log.head().position == Position(1))
    }

    mutating func actorsHaveTheirOwnCommands() async throws {
        let append = samples.append([try samples.event()])
        try await log.append(append)
        let other = samples.append([try samples.event()], commandID: append.commandID)
        #expect(try await log.append(other).events == Position(2)...Position(2))
    }

    mutating func emptyAppendsAreRemembered() async throws {
        try await add()
        let append = samples.append([])
        let first = try await log.append(append)
        #expect(first.events == nil && first.position == Position(1) && !first.isRepeat)
        try await add()
        let again = try await log.append(append)
        #expect(again.events == nil && again.position == Position(1) && again.isRepeat)
        #expect(try await log.head().position == Position(2))
    }

    mutating func limitsHold() async throws {
        let good = try samples.event()
        var many: [NewEvent] = []
        for _ in 0..<257 { many.append(try samples.event()) }
        try await refused(.invalidAppend, samples.append(many))
        let heavy = try samples.event(data: "\"" + String(repeating: "x", count: 65_535) + "\"")
        try await refused(.invalidAppend, samples.append([good, heavy]))
        let tags = Set((0..<33).compactMap { EventTag("case:\($0)") })
        try await refused(.invalidAppend, samples.append([good, try samples.event(tags: tags)]))
        try await refused(.invalidAppend, samples.append([good, good]))
        try await refused(.invalidAppend, samples.append([good], fingerprint: Data()))
        let person: PersonReference = samples.generator.id()
        let sealed = try samples.event(sealed: [.init(.contact, of: person, json: "\"1\"")])
        let unlabelled = NewEvent(
            eventID: sealed.eventID, type: sealed.type, schemaVersion: 1, occurredAt: sealed.occurredAt,
            meta: good.meta, data: sealed.data, tags: [], disclosure: .none, sealed: sealed.sealed, salt: sealed.salt)
        try await refused(.invalidAppend, samples.append([unlabelled]))
        #expect(try await log.head().position == .start)
        let full = try samples.event(
            data: "\"" + String(repeating: "x", count: 65_534) + "\"", tags: Set(tags.sorted().prefix(32)),
            sealed: (0..<32).map { .init(.contact, of: person, json: "\($0)") })
        #expect(try await log.append(samples.append([full])).position == Position(1))
        #expect(try await log.event(at: Position(1))?.sealed == full.sealed)
    }

    mutating func eventIDsAreUnique() async throws {
        let event = try samples.event(tags: [caseA])
        try await log.append(samples.append([event]))
        try await refused(.invalidAppend, samples.append([try samples.event(), event]))
        #expect(try await log.head().position == Position(1))
    }

    mutating func recordedTimeNeverGoesBack() async throws {
        let start = clock.now()
        try await add()
        clock.advance(byMilliseconds: -3_600_000)
        try await add()
        clock.advance(byMilliseconds: 7_200_000)
        try await add()
        let recorded = try await log.readAll(.all).events.map(\.recordedAt)
        #expect(recorded == [start, start, start.advanced(byMilliseconds: 3_600_000)])
        #expect(try await log.head().recordedAt == recorded.last)
    }
}
