import DepartmentStore
import EventSourcing
import FeedProtocol
import Foundation
import GRDB
import HubTesting
import Testing

/// A department's own copy keeps no part beyond its right to read (I-19).
@Suite struct StoreReadingTests {
    private let folder: TemporaryFolder
    private var script: SliceScript

    init() throws {
        folder = try TemporaryFolder()
        script = try SliceScript.danyangEducation()
    }

    private func end(through day: String?) -> [String: JSONValue] {
        var open: [String: JSONValue] = ["department": .string("\(SliceScript.department)")]
        if let day { open["readableThrough"] = .string(day) }
        return open
    }

    /// Whether the words of the slice stand in an entry or in a row of the inbox.
    private func isClear() throws -> Bool {
        let queue = try DatabaseQueue(path: folder.path + "/department.sqlite")
        let texts = try queue.read { db in
            try String.fetchAll(
                db, sql: "SELECT CAST(event AS TEXT) FROM entry UNION ALL SELECT CAST(document AS TEXT) FROM referral")
        }
        return texts.contains { $0.contains("小学六年级") }
    }

    private func time(_ text: String) throws -> HubTime { HubTime(now: try #require(Instant(text)), isDemo: true) }

    @Test mutating func `what ends at once is gone from rows and entries, and a rebuild finds none either`() throws {
        try script.add("DisclosureEnded", open: end(through: nil))
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try store.referral("DY23-00001-R2")?.parts == [])
        #expect(try !isClear())
        try store.rebuildProjection()
        #expect(try store.referral("DY23-00001-R2")?.parts == [])
        #expect(try store.apply(script.entries, epoch: script.epoch).sequence == 6, "its chain holds")
    }

    @Test mutating func `what ends after a day is read through that day, by the hub's clock`() throws {
        try script.add("DisclosureEnded", open: end(through: "2023-11-30"))
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        #expect(try isClear())
        #expect(try store.referral("DY23-00001-R2")?.readableThrough == "2023-11-30")
        try store.remember(time("2023-11-30T23:59:59.999+08:00"))
        #expect(try store.referral("DY23-00001-R2")?.parts.count == 2)
        try store.remember(time("2023-12-01T00:00:00.000+08:00"))
        #expect(try store.referral("DY23-00001-R2")?.parts == [])
        #expect(try !isClear())
        let rows = try folder.rows()
        try store.rebuildProjection()
        try store.remember(time("2023-12-01T00:00:00.000+08:00"))
        #expect(try folder.rows() == rows)
    }

    @Test mutating func `a slice released anew is kept, and the end before it is no longer one`() throws {
        try script.add("DisclosureEnded", open: end(through: "2023-11-30"))
        try script.add(
            "SliceReleased", open: ["department": .string("\(SliceScript.department)")],
            parts: [(.schooling, .string("小学六年级"))])
        let store = try script.store(in: folder)
        _ = try store.apply(script.entries, epoch: script.epoch)
        try store.remember(time("2024-01-01T00:00:00.000+08:00"))
        #expect(try store.referral("DY23-00001-R2")?.readableThrough == nil)
        #expect(try store.referral("DY23-00001-R2")?.parts.count == 2)
        #expect(try isClear())
    }
}
