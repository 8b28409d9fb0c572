import CaseViews
import Casework
import Deadlines
import EventSourcing
import Foundation
import GRDB
import HubTesting
import RuleBook
import SQLiteViews
import ViewTesting

/// A folder for one test's views, removed with it.
final class ViewsFile: Sendable {
    let folder: URL
    let path: String

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-views-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.appending(path: "views.sqlite").path
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    static let identity = {
        var chance = SeededGenerator(seed: 11)
        return LogIdentity(logID: chance.uniqueID(), epoch: chance.uniqueID(), isDemo: true)
    }()

    func open() throws -> SQLiteViews { try SQLiteViews.open(at: path, for: Self.identity) }

    /// Every row of every table, in key order, as text.
    func dump() throws -> [String: [String]] {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            var tables: [String: [String]] = [:]
            let names = try String.fetchAll(
                db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
            for name in names {
                tables[name] = try Row.fetchAll(db, sql: "SELECT * FROM \(name)").map { row in
                    row.databaseValues.map(\.description).joined(separator: "|")
                }.sorted()
            }
            return tables
        }
    }

    /// How SQLite would answer a query.
    func plan(_ sql: String, _ arguments: StatementArguments) throws -> String {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { db in
            try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN " + sql, arguments: arguments)
                .map { $0["detail"] as String }.joined(separator: "; ")
        }
    }
}

/// A story with the shipped rules and random cases.
func wandered(seed: UInt64, cases: Int = 5, steps: Int = 200) throws -> (story: Story, files: [CaseInStory]) {
    var story = Story(at: Instant(milliseconds: 0), seed: seed)
    story.mostDaysLate = 6
    story.day("2023-08-14", hour: 8)
    try story.layDownRules()
    let files = try story.wander(cases: cases, steps: steps)
    return (story, files)
}
