package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// What a board is sorted by before it is sorted by due date and id.
package enum BoardSort: String, CaseIterable, Codable, Sendable {
    /// What needs somebody first (``Attention``): the order of a board of which nothing else is asked.
    case attention
    /// The nearest due first, whoever's it is.
    case due
    /// By the civil day on which it started; of what is open only.
    case started
    /// The centre's first, then department by department.
    case department
    /// What has no town first, then town by town.
    case town
    /// Limit by limit.
    case rule

    /// What of a row comes first in this order; nothing where the due date does.
    ///
    /// - Parameter overlong: As in ``BoardFilter/overlong``.
    package func group(
        of row: DeadlineRow, overlong: [DeadlineRule.PauseReason: CivilDay], at now: Instant
    ) -> String? {
        switch self {
        case .attention: Attention(of: row, overlong: overlong, at: now).text
        case .due: nil
        case .started: CivilDay(containing: row.started.occurredAt.milliseconds).description
        case .department: row.owner?.description ?? ""
        case .town: row.town?.description ?? ""
        // With the slash that follows in the id: so the order is that of ids.
        case .rule: "\(row.id.rule)/"
        }
    }
}

/// A village of a town, as addresses name it: `huangtang/xincun`.
package struct VillageOfTown: Hashable, Sendable, LosslessStringConvertible {
    package let town: TownCode
    package let village: VillageCode

    package init(town: TownCode, village: VillageCode) {
        self.town = town
        self.village = village
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let town = TownCode(String(parts[0])), let village = VillageCode(String(parts[1]))
        else {
            return nil
        }
        self.init(town: town, village: village)
    }

    package var description: String { "\(town)/\(village)" }
}

extension RuleBook {
    /// Who takes cases in at a village's service point: its posts, and every account that has held one of them.
    package func keepers(of name: VillageOfTown) -> Set<CaseRow.Keeper> {
        let points = town(name.town)?.stations.filter { $0.village == name.village } ?? []
        let posts = points.flatMap(\.posts).map(\.code)
        let holders = posts.flatMap { tenures(of: $0) }.compactMap(\.holder)
        return Set(posts.map(CaseRow.Keeper.post) + holders.map(CaseRow.Keeper.account))
    }
}
