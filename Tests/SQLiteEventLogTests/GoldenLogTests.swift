import Crypto
import EventSourcing
import Foundation
import GRDB
import HubTesting
import MerkleLog
import SQLiteEventLog
import Testing

/// Logs that earlier programs wrote, kept byte by byte: each of them opens, replays equal, and goes on.
@Suite struct GoldenLogTests {
    /// Files under `Logs`, one a published state of the program.
    static let names = ["format-1-step-1"]

    private static func file(_ name: String) throws -> URL {
        try #require(Bundle.module.url(forResource: "Logs", withExtension: nil)).appending(path: name)
    }

    private static func listing(_ name: String) throws -> GoldenListing {
        try JSONDecoder().decode(GoldenListing.self, from: Data(contentsOf: file("\(name).json")))
    }

    /// A new folder with a copy of a kept log.
    private static func copy(_ name: String) throws -> LogFolder {
        let folder = try LogFolder()
        try FileManager.default.copyItem(
            at: file("\(name).sqlite"), to: URL(fileURLWithPath: folder.file))
        return folder
    }

    @Test(arguments: names) func `a log of an earlier program opens and replays equal`(name: String) async throws {
        let folder = try Self.copy(name)
        let expected = try Self.listing(name)
        #expect(expected.events.count > 60 && expected.events.contains { $0.removed != nil })
        for _ in 0..<2 {
            let log = try SQLiteEventLog.open(in: folder.path, clock: PushedClock())
            let found = try await GoldenListing(log, commands: expected.commands)
            #expect(found.events == expected.events)
            #expect(found.feeds == expected.feeds)
            #expect(found.queries == expected.queries)
            #expect(found == expected)
            await log.close()
            #expect(try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding == nil)
        }
    }

    @Test(arguments: names) func `a log of an earlier program is appended to and stays whole`(name: String) async throws
    {
        var generator = SeededGenerator.printed()
        let folder = try Self.copy(name)
        let expected = try Self.listing(name)
        let clock = PushedClock(at: Instant(milliseconds: expected.events.last?.recordedAt ?? 0))
        var log = try SQLiteEventLog.open(in: folder.path, clock: clock)
        var samples = EventSamples(generator: generator, logID: log.identity.logID)
        let tag = try #require(EventTag("case:1"))
        let head = try await log.head().position
        // A condition that reaches back into what the earlier program wrote.
        let newest = try #require(expected.queries["case:1"]?.last)
        let stale = AppendCondition(failIfEventsMatch: .tagged(tag), after: Position(newest - 1))
        await #expect(throws: EventLogError.self) {
            try await log.append(samples.append([try samples.event(tags: [tag])], condition: stale))
        }
        let fresh = AppendCondition(failIfEventsMatch: .tagged(tag), after: Position(newest))
        let event = try samples.event(
            tags: [tag], disclosure: Disclosure([GoldenListing.departments[0]: [DisclosedGroup(.reference)]]))
        let acceptance = try await log.append(samples.append([event], condition: fresh))
        #expect(acceptance.events == head.next...head.next)
        // A command of the earlier program takes effect no second time.
        for known in expected.requests {
            let command = try #require(UniqueID(known.command))
            let actor = try #require(AccountID(known.actor))
            let again = try await log.append(
                samples.append(
                    [try samples.event()], commandID: command, actor: actor, fingerprint: known.fingerprint))
            #expect(again.isRepeat && again.events?.lowerBound.number == known.first)
        }
        await log.close()
        log = try SQLiteEventLog.open(in: folder.path, clock: clock)
        let events = try await log.readAll(.all).events
        #expect(events.dropLast().map(GoldenListing.Event.init) == expected.events)
        #expect(try await log.readAll(.tagged(tag)).events.last?.position == head.next)
        let sequence = try await log.feedHead(for: GoldenListing.departments[0])?.sequence
        #expect(sequence == (expected.feeds[0].entries.last?.sequence ?? 0) + 1)
        await log.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding == nil)
        generator = samples.generator
    }

    @Test(arguments: names) func `a log of a newer program is refused and not one byte of it changes`(name: String)
        async throws
    {
        let folder = try Self.copy(name)
        let queue = try DatabaseQueue(path: folder.file)
        try await queue.write { db in
            try db.execute(sql: "DROP TRIGGER log_meta_fixed; UPDATE log_meta SET v = '2' WHERE k = 'format'")
        }
        try queue.close()
        let before = try Self.digests(of: folder)
        #expect(before.count == 1)
        #expect(throws: EventLogError.self) { try SQLiteEventLog.open(in: folder.path, clock: PushedClock()) }
        #expect(throws: EventLogError.self) { try SQLiteLogReader(folder: folder.path) }
        do throws(EventLogError) {
            _ = try SQLiteEventLog.open(in: folder.path, clock: PushedClock())
        } catch {
            #expect(error.code == .newerFormat && error.detail.contains("format 2"))
        }
        let after = try Self.digests(of: folder)
        #expect(after[SQLiteEventLog.fileName] == before[SQLiteEventLog.fileName])
        #expect(Set(after.keys).subtracting(before.keys) == ["\(SQLiteEventLog.fileName).lock"])
    }

    /// SHA-256 of every file of a folder, by name.
    private static func digests(of folder: LogFolder) throws -> [String: String] {
        var digests: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/\(name)"))
            digests[name] = SHA256.hash(data: bytes).map { String($0, radix: 16) }.joined(separator: " ")
        }
        return digests
    }
}

/// Writes a log to keep, with the program as it is; done once for each published state.
///
/// `ONEDOOR_GOLDEN=/folder/format-1-step-1 swift test --filter GoldenLogWriter` makes that `.sqlite` and `.json`.
@Suite struct GoldenLogWriter {
    static let place = ProcessInfo.processInfo.environment["ONEDOOR_GOLDEN"]

    @Test(.enabled(if: place != nil)) func `writes a log to keep`() async throws {
        let place = try #require(Self.place)
        var generator = SeededGenerator(seed: 2023)
        let folder = try LogFolder()
        let clock = PushedClock()
        let identity = LogIdentity.sample(&generator)
        var log = try SQLiteEventLog.create(in: folder.path, identity: identity, clock: clock)
        var samples = EventSamples(generator: generator, logID: identity.logID)
        var commands: [(command: UniqueID, actor: AccountID)] = []
        for number in 0..<36 {
            clock.advance(byMilliseconds: 61_000)
            let append = try Self.append(number, &samples)
            commands.append((append.commandID, append.actor))
            let acceptance = try await log.append(append)
            // A repeated request leaves nothing behind.
            if number % 7 == 0 { #expect(try await log.append(append).events == acceptance.events) }
        }
        for (department, sequence) in zip(GoldenListing.departments, [9, 4] as [UInt64]) {
            let entry = try #require(
                try await log.feedEntries(for: department, after: sequence - 1, limit: 1).first)
            try await log.record([
                ConsumerProgress(
                    department: department, name: "adapter", sequence: sequence, chain: entry.chain,
                    acknowledgedAt: clock.now())
            ])
        }
        await log.close()
        try await Self.eraseParts(of: Position(5), in: folder)
        log = try SQLiteEventLog.open(in: folder.path, clock: clock)
        let listing = try await GoldenListing(log, commands: commands)
        await log.close()
        #expect(try await LogVerifier(SQLiteLogReader(folder: folder.path)).verify().finding == nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try encoder.encode(listing).write(to: URL(fileURLWithPath: "\(place).json"))
        try Data(contentsOf: URL(fileURLWithPath: folder.file)).write(to: URL(fileURLWithPath: "\(place).sqlite"))
    }

    /// An append with none to three events; every third has sealed sections, and two departments are told of some.
    private static func append(_ number: Int, _ samples: inout EventSamples) throws -> Append {
        if number == 20 { return samples.append([]) }
        let person: PersonReference = samples.generator.id()
        let tags = ["case:\(number % 9)", "person:\(person)", "dept:jiaoyu"].compactMap { EventTag($0) }
        var groups: [DepartmentCode: Set<DisclosedGroup>] = [:]
        if number % 2 == 0 {
            groups[GoldenListing.departments[0]] = [DisclosedGroup(.reference), DisclosedGroup(.contact, of: person)]
        }
        if number % 3 == 0 { groups[GoldenListing.departments[1]] = [] }
        var events = [
            try samples.event(
                ["CaseOpened", "ReferralDispatched", "VisitRecorded"][number % 3],
                data: #"{"item":\#(number),"note":"一扇门进，一扇门出"}"#, tags: Set(tags.prefix(1 + number % 3)),
                disclosure: Disclosure(groups),
                sealed: number % 3 == 1
                    ? [
                        .init(.identity, of: person, json: #""韩某""#),
                        .init(.contact, of: person, json: #""13800000000""#),
                    ] : [])
        ]
        for _ in 0..<(number % 4) {
            events.append(
                try samples.event("ReferralAccepted", tags: Set(tags.suffix(1)), disclosure: Disclosure(groups)))
        }
        return samples.append(events)
    }

    /// Takes the data and the ciphertexts of one event away, as an erasure does.
    private static func eraseParts(of position: Position, in folder: LogFolder) async throws {
        let reader = try SQLiteLogReader(folder: folder.path)
        let event = try #require(
            try await reader.events(after: Position(position.number - 1), limit: 1).first)
        let parts = LeafParts(
            meta: event.meta, data: event.data, tags: event.tags.map(\.description),
            audience: try event.disclosure.audience.map(\.description), disclosure: event.disclosureBytes)
        let salt = try #require(event.salt)
        let removed = try #require(RemovedParts(removing: [.data], from: parts, salt: salt))
        let queue = try DatabaseQueue(path: folder.file)
        try await queue.write { db in
            let row = Int64(position.number)
            try db.execute(
                sql: "UPDATE event SET data = NULL, salt = NULL, removed = ? WHERE position = ?",
                arguments: [removed.encoded, row])
            try db.execute(
                sql: "UPDATE sealed SET nonce = NULL, ciphertext = NULL WHERE position = ?", arguments: [row])
            try db.execute(sql: "UPDATE request SET fingerprint = NULL WHERE first_position = ?", arguments: [row])
        }
        try queue.close()
    }
}
