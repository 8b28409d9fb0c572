import CaseViews
import Deadlines
import EventSourcing
import FoundationEssentials
import GRDB
import RuleBook
import WorkingCalendar

/// Reads a page of a board that is sorted by something before the due date.
///
/// Group after group is read as a board of its own until the page is full; the next group is one step in an index.
struct BoardGroups {
    let filter: BoardFilter
    let now: Instant
    let after: BoardKey?
    let limit: Int

    /// The rows of the page in order, and one more where there is another page.
    func rows(_ db: Database) throws -> [BoardQuery.Found] {
        var found: [BoardQuery.Found] = []
        var group = after?.group
        if group == nil { group = try next(after: nil, db) }
        while let current = group, found.count <= limit {
            if let narrowed = narrowed(to: current) {
                let key = after.flatMap { $0.group == current ? BoardKey(dueAt: $0.dueAt, id: $0.id) : nil }
                found += try BoardQuery(narrowed, at: now, after: key, limit: limit - found.count).rows(db)
            }
            group = try next(after: current, db)
        }
        return found
    }

    /// The board of one group; nothing where the filter leaves the group out.
    private func narrowed(to group: String) -> BoardFilter? {
        var narrowed = filter
        narrowed.sort = .due
        switch filter.sort {
        case .due: return nil
        case .attention: return Attention(text: group)?.part(of: filter)
        case .started:
            guard let day = CivilDay(group), filter.startedFrom.map({ $0 <= day }) ?? true,
                filter.startedThrough.map({ day <= $0 }) ?? true
            else { return nil }
            narrowed.startedFrom = day
            narrowed.startedThrough = day
        case .department:
            let owner = DepartmentCode(group).map(BoardFilter.Owner.department) ?? .centre
            guard filter.owner.map({ $0 == owner }) ?? true else { return nil }
            narrowed.owner = owner
        case .town:
            let town = TownCode(group)
            guard filter.town.map({ $0 == town }) ?? true, !filter.isWithoutTown || town == nil else { return nil }
            narrowed.town = town
            narrowed.isWithoutTown = town == nil
        case .rule:
            guard let rule = DeadlineRuleID(String(group.dropLast())), filter.rule.map({ $0 == rule }) ?? true else {
                return nil
            }
            narrowed.rule = rule
        }
        return narrowed
    }

    /// The group that follows one, whatever is filtered for; the first after nothing.
    private func next(after group: String?, _ db: Database) throws -> String? {
        if filter.sort == .attention {
            guard let group else { return Attention.allCases.first?.text }
            return Attention(text: group)?.next?.text
        }
        if filter.sort == .started {
            let day = try Int.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT min(started_day) FROM deadline INDEXED BY deadline_start
                        WHERE is_open = 1 AND started_day > ?
                        """),
                arguments: [group.flatMap { CivilDay($0) }?.number ?? Int.min])
            return day.map { CivilDay(number: $0).description }
        }
        guard let column else { return nil }
        let tables = filter.states.isEmpty ? ["open_cell"] : ["open_cell", "closed_cell"]
        return try tables.compactMap { table in
            try String.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT min(\(column)) FROM \(table) INDEXED BY \(table)_\(column)
                        WHERE \(column) \(group == nil ? ">=" : ">") ?
                        """),
                arguments: [group ?? ""])
        }.min { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    private var column: String? {
        switch filter.sort {
        case .attention, .due, .started: nil
        case .department: "owner"
        case .town: "town"
        case .rule: "rule"
        }
    }
}
