import CaseViews
import Deadlines
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

/// Finds the rows of one page of the board without looking at many more than it shows, whatever is filtered for.
///
/// A board of a million cases has millions of rows but only some hundred thousand cells, and every filter is either
/// known to the cells or has an index of its own: a case, a keeper, a post, an item, a day of start. So a page is read
/// from the narrowest of these, or from the cells in the order of the page, each cell's rows by their ids.
struct BoardQuery {
    let filter: BoardFilter
    let now: Int64
    let after: BoardKey?
    let limit: Int

    init(_ filter: BoardFilter, at now: Instant, after: BoardKey?, limit: Int) {
        self.filter = filter
        self.now = now.milliseconds
        self.after = after
        self.limit = limit
    }

    /// One row found: its key and the form it is stored in.
    struct Found {
        let due: Int64
        let id: String
        let body: Data

        init(_ row: Row) {
            due = row["due_key"]
            id = row["id"]
            body = row["body"]
        }

        static func precedes(_ left: Self, _ right: Self) -> Bool {
            left.due == right.due ? left.id.utf8.lexicographicallyPrecedes(right.id.utf8) : left.due < right.due
        }
    }

    private var states: Set<DeadlineState> {
        filter.states.isEmpty ? Set(DeadlineState.allCases.filter(\.isOpen)) : filter.states
    }

    /// Whether the filter itself names the cases: they are few.
    private var isOfCases: Bool { filter.caseID != nil || !filter.keepers.isEmpty || filter.village != nil }

    private var wantsOpen: Bool { states.contains(where: \.isOpen) }

    private var ended: [Int] { states.compactMap { DeadlineColumns.Standing.ended($0)?.rawValue }.sorted() }

    /// The rows of the page in order, and one more where there is another page.
    func rows(_ db: Database) throws -> [Found] {
        var found: [Found] = []
        if wantsOpen {
            if let narrow = openRows, isOfCases || !Self.isSharp(filter) {
                for statement in narrow {
                    found += try Row.fetchAll(db, sql: statement.sql, arguments: statement.arguments).map(Found.init)
                }
            } else {
                found += try alongCells(db, openCells, isOpen: true)
            }
        }
        if !ended.isEmpty {
            if isOfCases {
                let statement = rowStatement("deadline_case", isOpen: false, nil)
                found += try Row.fetchAll(db, sql: statement.sql, arguments: statement.arguments).map(Found.init)
            } else {
                found += try alongCells(db, closedCells, isOpen: false)
            }
        }
        return found.count <= limit && (!wantsOpen || ended.isEmpty)
            ? found.sorted(by: Found.precedes) : Array(found.sorted(by: Found.precedes).prefix(limit + 1))
    }

    // MARK: Along the rows

    /// One statement and its arguments.
    struct Statement {
        let sql: String
        let arguments: StatementArguments
    }

    /// Days of start that are merged before the cells are the shorter way.
    private static let daysMerged = 31

    /// Statements along an index of the rows, where the filter has one.
    var openRows: [Statement]? {
        if isOfCases { return [rowStatement("deadline_case", isOpen: true, nil)] }
        if filter.handler != nil { return [rowStatement("deadline_handler", isOpen: true, nil)] }
        if filter.policyItem != nil { return [rowStatement("deadline_item", isOpen: true, nil)] }
        if filter.level != nil { return [rowStatement("deadline_level", isOpen: true, nil)] }
        if let lowest = filter.levelFrom {
            return LadderLevel.allCases.filter { $0 >= lowest }
                .map { rowStatement("deadline_level", isOpen: true, "level = \($0.rawValue)") }
        }
        guard let from = filter.startedFrom, let through = filter.startedThrough,
            through.number - from.number < Self.daysMerged
        else { return nil }
        guard from <= through else { return [] }
        return (from.number...through.number).map {
            rowStatement("deadline_start", isOpen: true, "started_day = \($0)")
        }
    }

    /// - Parameter first: What the index begins with, where it is one value of several.
    private func rowStatement(_ index: String, isOpen: Bool, _ first: String?) -> Statement {
        var conditions = SQLConditions()
        conditions.add(isOpen ? "is_open = 1" : "is_open = 0")
        if let first { conditions.add(first) }
        conditions.addColumns(of: filter)
        conditions.addRows(of: filter)
        if isOpen {
            conditions.add(lights: states, at: now)
        } else {
            conditions.add("standing IN (\(ended.map(String.init).joined(separator: ",")))")
        }
        if let after { conditions.add("(due_key, id) > (?, ?)", after.dueAt.milliseconds, after.id.description) }
        return Statement(
            sql: """
                SELECT due_key, id, body FROM deadline INDEXED BY \(index) \(conditions.clause)
                ORDER BY due_key, id LIMIT \(limit + 1)
                """, arguments: conditions.arguments)
    }

    // MARK: Along the cells

    /// The cells the page is read along.
    var cells: [Statement] { (wantsOpen ? [openCells] : []) + (ended.isEmpty ? [] : [closedCells]) }

    /// The cells of the page in its order, from the key on.
    private var openCells: Statement {
        cells(of: "open_cell") { conditions in conditions.add(lights: states, at: now) }
    }

    private var closedCells: Statement {
        cells(of: "closed_cell") { conditions in
            conditions.add("standing IN (\(ended.map(String.init).joined(separator: ",")))")
        }
    }

    private func cells(of table: String, _ standing: (inout SQLConditions) -> Void) -> Statement {
        var conditions = SQLConditions()
        conditions.addColumns(of: filter)
        standing(&conditions)
        let index = Self.index(of: table, for: filter, states)
        conditions.add(holding: index)
        if let after {
            conditions.add("due_key >= ?", after.dueAt.milliseconds)
            conditions.add(
                "(due_key, rule, kind) >= (?, ?, ?)", after.dueAt.milliseconds, DeadlineColumns.key(after.id.rule),
                after.id.scope.kind.map(DeadlineColumns.key) ?? "")
        }
        return Statement(
            sql: """
                SELECT cell, due_key, rule, kind FROM \(table) INDEXED BY \(index) \(conditions.clause)
                ORDER BY due_key, rule, kind
                """, arguments: conditions.arguments)
    }

    /// The index with the fewest cells to pass over.
    static func index(of table: String, for filter: BoardFilter, _ states: Set<DeadlineState>) -> String {
        if table == "closed_cell", filter.isLateRecord == true { return "closed_cell_late" }
        if table == "open_cell", isSharp(filter) { return "open_cell_sharp" }
        if filter.owner != nil, filter.owner != .centre { return "\(table)_owner" }
        if filter.rule != nil { return "\(table)_rule" }
        if filter.town != nil || filter.isWithoutTown { return "\(table)_town" }
        if filter.owner != nil { return "\(table)_owner" }
        let rare: Set<DeadlineState> = [.paused, .waiting, .free]
        let isRare =
            filter.isProvisional == true || filter.onlyBeforeMeeting || filter.pausedOver != nil
            || filter.isOverlong == true
            || filter.pausedFor != nil || filter.isIrregular == true || (!states.isEmpty && states.isSubset(of: rare))
        return table == "open_cell" && isRare ? "\(table)_rare" : "\(table)_due"
    }

    /// Whether it asks for what is so rare that its cells are the shortest way, whatever else it asks for.
    private static func isSharp(_ filter: BoardFilter) -> Bool {
        filter.isUrgent == true || filter.isByHours == true
    }

    /// Reads cells until the page is full; those with one instant, rule and kind share one order of ids.
    private func alongCells(_ db: Database, _ statement: Statement, isOpen: Bool) throws -> [Found] {
        var found: [Found] = []
        var group: [Int64] = []
        var key: GroupKey?
        let cursor = try Row.fetchCursor(db, sql: statement.sql, arguments: statement.arguments)
        let rows = try RowsOfCell(db, filter)
        while let row = try cursor.next() {
            let next = GroupKey(row)
            if let current = key, next != current {
                found += try take(current, group, rows, limit + 1 - found.count)
                if found.count > limit { return found }
                group.removeAll(keepingCapacity: true)
            }
            key = next
            group.append(row["cell"])
        }
        if let key { found += try take(key, group, rows, limit + 1 - found.count) }
        return found
    }

    /// What cells share whose rows are ordered among one another by their ids alone.
    private struct GroupKey: Equatable {
        let due: Int64
        let rule: String
        let kind: String

        init(_ row: Row) {
            due = row["due_key"]
            rule = row["rule"]
            kind = row["kind"]
        }
    }

    private func take(_ key: GroupKey, _ cells: [Int64], _ rows: RowsOfCell, _ wanted: Int) throws -> [Found] {
        let isFirst =
            after.map { after in
                key.due == after.dueAt.milliseconds && key.rule == DeadlineColumns.key(after.id.rule)
                    && key.kind == (after.id.scope.kind.map(DeadlineColumns.key) ?? "")
            } ?? false
        let last = isFirst ? after?.id.description ?? "" : ""
        var ids: [String] = []
        for cell in cells { ids += try rows.ids(in: cell, after: last, limit: wanted) }
        ids.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return try ids.prefix(wanted).compactMap(rows.row)
    }
}

/// Reads the rows of cells by their ids; what the cells do not know is asked of each row.
private struct RowsOfCell {
    private let list: GRDB.Statement
    private let one: GRDB.Statement
    private let arguments: StatementArguments

    init(_ db: Database, _ filter: BoardFilter) throws {
        var conditions = SQLConditions()
        conditions.add("cell = ? AND id > ?")
        conditions.addRows(of: filter)
        arguments = conditions.arguments
        list = try db.cachedStatement(
            sql: "SELECT id FROM deadline INDEXED BY deadline_cell \(conditions.clause) ORDER BY id LIMIT ?")
        one = try db.cachedStatement(sql: "SELECT due_key, id, body FROM deadline WHERE id = ?")
    }

    func ids(in cell: Int64, after id: String, limit: Int) throws -> [String] {
        try String.fetchAll(list, arguments: [cell, id] + arguments + [limit])
    }

    func row(_ id: String) throws -> BoardQuery.Found? {
        try Row.fetchOne(one, arguments: [id]).map(BoardQuery.Found.init)
    }
}
