package import EventSourcing
package import WorkingCalendar

/// The rules as they stood on a day: what was decided under an old version is explained by that version.
extension RuleBook {
    /// The version of a department on a day.
    package func department(_ code: DepartmentCode, on day: CivilDay) -> Department? {
        departmentVersions[code]?.last { $0.effectiveFrom.map { $0 <= day } ?? true }
    }

    /// Who answers for a department on a day after reforms; nothing while it answers for itself.
    ///
    /// Follows a chain of successions as far as they have taken effect.
    package func successor(of code: DepartmentCode, on day: CivilDay) -> DepartmentCode? {
        var heir: DepartmentCode?
        var next = code
        while let succession = successions[next], succession.from <= day {
            heir = succession.successor
            next = succession.successor
        }
        return heir
    }

    /// How and when a department was succeeded, if it was or will be.
    package func succession(of code: DepartmentCode) -> DepartmentSuccession? { successions[code] }

    /// The departments one has taken over from by a day, directly or further back, sorted.
    package func predecessors(of code: DepartmentCode, on day: CivilDay) -> [DepartmentCode] {
        successions.keys.filter { $0 != code && successor(of: $0, on: day) == code }.sorted()
    }

    /// The version of a policy item that can be asked for on a day; nothing before its first and from its retirement on.
    package func policyItem(_ code: PolicyItemCode, on day: CivilDay) -> PolicyItem? {
        if let retirement = retirements[code], retirement.from <= day { return nil }
        return policyVersions[code]?.last { $0.effectiveFrom.map { $0 <= day } ?? true }
    }

    /// Every item that can be asked for on a day, sorted by code.
    package func policyItems(on day: CivilDay) -> [PolicyItem] {
        policyItems.compactMap { policyItem($0.code, on: day) }
    }

    /// The end of a policy item, if it was retired.
    package func retirement(of code: PolicyItemCode) -> PolicyItemRetirement? { retirements[code] }

    /// The version of a task that is dispatched on a day.
    package func task(_ code: TaskCode, on day: CivilDay) -> DispatchTask? {
        taskVersions[code]?.last { $0.effectiveFrom.map { $0 <= day } ?? true }
    }

    /// The dispatch catalogue on a day, sorted by code.
    package func tasks(on day: CivilDay) -> [DispatchTask] {
        tasks.compactMap { task($0.code, on: day) }
    }

    // MARK: Towns

    /// The newest version of every town, sorted by code.
    package var towns: [Town] { townVersions.values.compactMap(\.last).sorted { $0.code < $1.code } }

    /// The newest version of a town.
    package func town(_ code: TownCode) -> Town? { townVersions[code]?.last }

    /// The version of a town on a day.
    package func town(_ code: TownCode, on day: CivilDay) -> Town? {
        townVersions[code]?.last { $0.effectiveFrom.map { $0 <= day } ?? true }
    }

    /// A station or service point and its town, in the newest version.
    package func station(_ code: StationCode) -> (town: Town, station: Town.Station)? {
        for versions in townVersions.values {
            if let town = versions.last, let station = town.stations.first(where: { $0.code == code }) {
                return (town, station)
            }
        }
        return nil
    }
}
