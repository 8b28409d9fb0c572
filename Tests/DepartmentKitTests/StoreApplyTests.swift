import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import MerkleLog
import Testing

@Suite struct StoreApplyTests {
    @Test func `entries move the cursor and fill the inbox`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        let cursor = try store.apply(script.entries, epoch: script.epoch)
        #expect(cursor.sequence == 5)
        #expect(cursor.chain == script.entries.last?.chain)
        let row = try #require(try store.referral("DY23-00001-R2"))
        #expect(row.referral == script.referral)
        #expect(row.state == .inProgress)
        #expect(row.role == .lead)
        #expect(row.due["referral.receive"] == "2023-08-21")
        #expect(row.nextPromise == "2023-08-25")
        #expect(row.parts.map(\.group) == [.identity, .schooling])
        #expect(try store.referral(script.referral.description) == row)
    }

    @Test func `N-16: what this department broke its word on comes first in its inbox, until it promises anew`() throws
    {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        let other: ReferralID = script.generator.id()
        // More urgent by its state: not yet received.
        try script.add("ReferralDispatched", open: ["number": .string("DY23-00002-R1")], referral: other)
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.inbox().map(\.referral) == [other, script.referral])
        let department = JSONValue.string(SliceScript.department.description)
        let before = script.entries.count
        try script.add("PromiseBroken", open: ["department": department, "promised": .string("2023-08-25")])
        _ = try store.apply(Array(script.entries[before...]), epoch: script.epoch)
        #expect(try store.inbox().map(\.referral) == [script.referral, other])
        #expect(try store.referral("DY23-00001-R2")?.brokenPromise == "2023-08-25")
        try script.add("PromiseMade", open: ["department": department, "nextPromise": .string("2023-09-01")])
        _ = try store.apply(Array(script.entries[(before + 1)...]), epoch: script.epoch)
        #expect(try store.inbox().map(\.referral) == [other, script.referral])
        #expect(try store.referral("DY23-00001-R2")?.nextPromise == "2023-09-01")
    }

    @Test func `the same entries again change nothing`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        let before = try folder.rows()
        #expect(try store.apply(script.entries, epoch: script.epoch).sequence == 5)
        #expect(try store.apply(Array(script.entries[1...3]), epoch: script.epoch).sequence == 5)
        #expect(try folder.rows() == before)
    }

    @Test func `a hole is refused and nothing of the batch applied`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        _ = try store.apply(Array(script.entries[0...0]), epoch: script.epoch)
        #expect(throws: DepartmentStoreError.hole(expected: 3, got: 4)) {
            try store.apply([script.entries[1], script.entries[3]], epoch: script.epoch)
        }
        #expect(try store.cursor().sequence == 1)
        #expect(try store.referral("DY23-00001-R2")?.state == .dispatched)
    }

    @Test func `another epoch is refused`() throws {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        _ = try store.apply(Array(script.entries[0...1]), epoch: script.epoch)
        let other = script.generator.uniqueID()
        #expect(throws: DepartmentStoreError.forked(sequence: 2)) {
            try store.apply(Array(script.entries[2...]), epoch: other)
        }
        #expect(try store.cursor().sequence == 2)
    }

    @Test func `another entry under an applied number is a fork`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation(seed: 1)
        let swapped = try SliceScript.danyangEducation(seed: 2)
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        let before = try folder.rows()
        #expect(throws: DepartmentStoreError.forked(sequence: 3)) {
            try store.apply([swapped.entries[2]], epoch: script.epoch)
        }
        #expect(try folder.rows() == before)
    }

    @Test func `an entry whose chain does not follow is a fork`() throws {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        _ = try store.apply(Array(script.entries[0...1]), epoch: script.epoch)
        let honest = script.entries[2]
        let altered = ReceivedEntry(
            sequence: 3, position: honest.position, leaf: script.generator.bytes(32), chain: honest.chain,
            event: honest.event)
        #expect(throws: DepartmentStoreError.forked(sequence: 3)) {
            try store.apply([altered], epoch: script.epoch)
        }
        #expect(try store.cursor().sequence == 2)
    }

    @Test func `an entry that is no event is refused with its number`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        let store = try script.store(in: folder)
        let broken = ReceivedEntry(
            sequence: 1, position: Position(3), leaf: script.entries[0].leaf, chain: script.entries[0].chain,
            event: Data("{\"type\":1}".utf8))
        #expect(throws: DepartmentStoreError.unreadable(sequence: 1)) {
            try store.apply([broken], epoch: script.epoch)
        }
        #expect(try store.cursor().sequence == 0)
    }

    @Test func `a store opened again goes on where it was`() throws {
        let folder = try TemporaryFolder()
        let script = try SliceScript.danyangEducation()
        do {
            let store = try script.store(in: folder)
            _ = try store.apply(Array(script.entries[0...2]), epoch: script.epoch)
        }
        // The crash came between applying and acknowledging, so the hub sends the same entries again.
        let store = try script.store(in: folder)
        #expect(try store.cursor().sequence == 3)
        #expect(try store.apply(script.entries, epoch: script.epoch).sequence == 5)
        #expect(try folder.rows().filter { $0.hasPrefix("entry|") }.count == 5)
    }

    @Test func `any cut, repeat and order of batches gives the same rows`() throws {
        var generator = SeededGenerator.printed()
        var script = try SliceScript.danyangEducation(seed: generator.next())
        for index in 0..<40 {
            let other: ReferralID = script.generator.id()
            try script.add(
                "ReferralDispatched", open: ["number": .string("DY23-000\(10 + index)-R1"), "kind": .string("offer")],
                referral: other)
            try script.add("ReferralReceived", referral: other)
        }
        let referenceFolder = try TemporaryFolder()
        let reference = try script.store(in: referenceFolder)
        _ = try reference.apply(script.entries, epoch: script.epoch)
        let expected = try referenceFolder.rows()
        for _ in 0..<10 {
            let folder = try TemporaryFolder()
            var isDone = false
            while !isDone {
                // One life of the adapter: it is opened, sees some batches, and dies.
                let store = try script.store(in: folder)
                for _ in 0..<Int.random(in: 1...12, using: &generator) {
                    let from = Int.random(in: 0..<script.entries.count, using: &generator)
                    let to = Int.random(in: from..<script.entries.count, using: &generator)
                    do {
                        _ = try store.apply(Array(script.entries[from...to]), epoch: script.epoch)
                    } catch DepartmentStoreError.hole {
                        // The runtime asks for a replay then.
                        let next = Int(try store.cursor().sequence)
                        _ = try store.apply([script.entries[next]], epoch: script.epoch)
                    }
                }
                isDone = try store.cursor().sequence == UInt64(script.entries.count)
            }
            #expect(try folder.rows() == expected)
        }
    }

    @Test func `the inbox rebuilt equals the inbox kept, row for row`() throws {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        let followUp: FollowUpID = script.generator.id()
        let meeting: MeetingID = script.generator.id()
        try script.append(
            "FollowUpOpened", subject: "followup/\(followUp)",
            open: [
                "followUp": .string(followUp.description), "number": .string("DY23-00001-F1"),
                "referral": .string(script.referral.description),
            ])
        try script.append(
            "MinutesCirculated", subject: "meeting/\(meeting)",
            open: ["meeting": .string(meeting.description), "actions": .array([])])
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.followUps().map(\.number) == ["DY23-00001-F1"])
        #expect(try store.meetingExtracts().map(\.meeting) == [meeting])
        let live = try folder.rows()
        try store.rebuildProjection()
        #expect(try folder.rows() == live)
    }

    @Test func `a part of an erased person keeps no value`() throws {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        try script.add("SliceReleased", parts: [(.identity, nil)])
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        let parts = try #require(try store.referral("DY23-00001-R2")).parts
        #expect(parts.first { $0.group == .identity }?.value == nil)
        #expect(parts.first { $0.group == .schooling }?.value == .string("小学六年级"))
    }

    @Test func `a co-handler sees its own task and of the lead only how far it is`() throws {
        let folder = try TemporaryFolder()
        var script = SliceScript()
        try script.add(
            "CoHandlerInvited",
            open: [
                "number": .string("DY23-00001-R4"), "department": .string("jiaoyu"), "lead": .string("fulian"),
                "due": .object([
                    "referral.handle": .object([
                        "dueDay": .string("2023-09-01"), "dueAt": .string("2023-09-01T16:00:00.000Z"),
                        "provisional": .bool(false),
                    ]),
                    "referral.remit": .object([
                        "dueDay": .string("2023-09-04"), "provisional": .bool(true),
                    ]),
                ]),
            ])
        try script.add("ReferralReceived", open: ["department": .string("jiaoyu")])
        try script.add("ReferralCompleted", open: ["department": .string("fulian")])
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        let row = try #require(try store.referral("DY23-00001-R4"))
        #expect(row.role == .coHandler)
        #expect(row.state == .received)
        #expect(row.leadState == .completed)
        #expect(row.due == ["referral.handle": "2023-09-01", "referral.remit": "2023-09-04"])
        #expect(row.provisional == ["referral.remit"], "暂定 is shown at the department too")
        #expect(row.parts.isEmpty)
    }

    @Test func `a refused return puts the referral back where it was`() throws {
        let folder = try TemporaryFolder()
        var script = try SliceScript.danyangEducation()
        try script.add("ReturnRequested", open: ["department": .string("jiaoyu")])
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.referral("DY23-00001-R2")?.state == .returnRequested)
        try script.add("ReturnRefused", open: ["department": .string("jiaoyu")])
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.referral("DY23-00001-R2")?.state == .inProgress)
    }
}
