import CaseViews
import Deadlines
import EventSourcing
import GRDB
import RuleBook

/// Counts what a filter shows by department × state and town × state.
///
/// Unfiltered counts come from the tallies, filtered ones from the cells, and what only rows know from the rows along
/// the index the page uses too: each is the length of the list that ``BoardQuery`` gives for it.
struct BoardCounting {
    private let filter: BoardFilter
    private let now: Instant

    init(_ filter: BoardFilter, at now: Instant) {
        self.filter = filter
        self.now = now
    }

    func counts(_ db: Database, at position: Position) throws -> BoardCounts {
        var sums = Sums()
        if filter == BoardFilter() {
            try addTallies(db, to: &sums)
        } else if let statements = BoardQuery(filter, at: now, after: nil, limit: 1).openRows {
            // The statements of the page, counted instead of listed.
            for statement in statements { try add(Self.counting(statement), factor: 1, db, to: &sums) }
        } else if filter.channel != nil || filter.startedFrom != nil || filter.startedThrough != nil {
            try add(rows(nil), factor: 1, db, to: &sums)
        } else {
            try add(cells, factor: 1, db, to: &sums)
            // Cells know no people: the few cases of hidden ones are counted off.
            if !filter.hiddenPeople.isEmpty { try add(rows(filter.hiddenPeople), factor: -1, db, to: &sums) }
        }
        return sums.counts(at: position)
    }

    private static let light = """
        CASE WHEN standing = 1 THEN CASE WHEN warn_key <= :now THEN 'free' ELSE 'waiting' END
          WHEN due_key <= :now THEN 'overdue' WHEN standing > 1 THEN 'paused'
          WHEN warn_key <= :now THEN 'dueSoon' ELSE 'onTime' END
        """

    private func light(_ sql: String) -> String {
        sql.replacing(":now", with: String(now.milliseconds))
    }

    // MARK: Where the numbers come from

    private func addTallies(_ db: Database, to sums: inout Sums) throws {
        let sql = light(
            """
            SELECT side, code, \(Self.light) AS light, provisional, SUM(n) FROM deadline_tally
            GROUP BY side, code, light, provisional
            """)
        let rows = try Row.fetchCursor(db, sql: sql)
        while let row = try rows.next() {
            guard let state = DeadlineState(rawValue: row[2]) else { continue }
            sums.add(side: row[0], code: row[1], row[4], state, isProvisional: row[3])
        }
    }

    private var cells: BoardQuery.Statement {
        var conditions = SQLConditions()
        conditions.addColumns(of: filter)
        let index = BoardQuery.index(of: "open_cell", for: filter, [])
        conditions.add(holding: index)
        // Without a narrow index the table itself is the shortest way: it holds the numbers.
        let source = index.hasSuffix("due") ? "open_cell NOT INDEXED" : "open_cell INDEXED BY \(index)"
        return BoardQuery.Statement(
            sql: """
                SELECT owner, town, due_key, warn_key, standing, flags, n FROM \(source) \(conditions.clause)
                """, arguments: conditions.arguments)
    }

    /// Open rows one by one.
    ///
    /// - Parameter people: Only those of their cases, which the reader may not see; nothing means what may be seen.
    private func rows(_ people: Set<PersonReference>?) -> BoardQuery.Statement {
        var conditions = SQLConditions()
        conditions.add("is_open = 1")
        conditions.addColumns(of: filter)
        var others = filter
        if let people {
            others.hiddenPeople = []
            conditions.addCases(of: people)
        }
        conditions.addRows(of: others)
        let source = people == nil ? "deadline" : "deadline INDEXED BY deadline_case"
        return BoardQuery.Statement(
            sql: """
                SELECT owner, town, due_key, warn_key, standing, flags, 1 AS n FROM \(source) \(conditions.clause)
                """, arguments: conditions.arguments)
    }

    private static func counting(_ statement: BoardQuery.Statement) -> BoardQuery.Statement {
        let listed = "SELECT due_key, id, body FROM"
        let sql = statement.sql.replacing(
            listed, with: "SELECT owner, town, due_key, warn_key, standing, flags, 1 AS n FROM", maxReplacements: 1)
        return BoardQuery.Statement(
            sql: sql.replacing(/ORDER BY due_key, id LIMIT [0-9]+/, with: ""), arguments: statement.arguments)
    }

    private func add(_ statement: BoardQuery.Statement, factor: Int, _ db: Database, to sums: inout Sums) throws {
        let sql = light(
            """
            SELECT owner, town, \(Self.light) AS light, flags & 2 AS provisional, SUM(n) FROM (\(statement.sql))
            GROUP BY owner, town, light, provisional
            """)
        let rows = try Row.fetchCursor(db, sql: sql, arguments: statement.arguments)
        while let row = try rows.next() {
            guard let state = DeadlineState(rawValue: row[2]) else { continue }
            let count: Int = row[4]
            let isProvisional = (row[3] as Int) != 0
            sums.add(side: 0, code: row[0], count * factor, state, isProvisional: isProvisional)
            sums.add(side: 1, code: row[1], count * factor, state, isProvisional: isProvisional)
        }
    }

    /// Lights by code: departments, then towns.
    private struct Sums {
        private var sides: [[String: BoardLights]] = [[:], [:]]

        mutating func add(side: Int, code: String, _ count: Int, _ state: DeadlineState, isProvisional: Bool) {
            sides[side][code, default: BoardLights()].add(count, state, isProvisional: isProvisional)
        }

        func counts(at position: Position) -> BoardCounts {
            func lines<Code>(_ side: Int, _ code: (String) -> Code?) -> [BoardCounts.Line<Code>] {
                sides[side].filter { $0.value.open > 0 }.sorted { $0.key < $1.key }
                    .map { BoardCounts.Line(code: code($0.key), lights: $0.value) }
            }
            return BoardCounts(
                departments: lines(0) { DepartmentCode($0) }, towns: lines(1) { TownCode($0) }, position: position)
        }
    }
}
