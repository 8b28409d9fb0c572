package import Deadlines
package import EventSourcing

/// Open deadlines by light; every number is the length of the list behind it.
package struct BoardLights: Codable, Hashable, Sendable {
    package var overdue = 0
    package var dueSoon = 0
    package var onTime = 0
    package var paused = 0
    /// Floors: what must not be done yet, and what may be.
    package var waiting = 0
    package var free = 0
    /// How many of them all are provisional.
    package var provisional = 0

    package init() {}

    /// Everything open.
    package var open: Int { overdue + dueSoon + onTime + paused + waiting + free }

    /// How many stand in a state; 0 for states that have ended.
    package subscript(_ state: DeadlineState) -> Int {
        switch state {
        case .overdue: overdue
        case .dueSoon: dueSoon
        case .onTime: onTime
        case .paused: paused
        case .waiting: waiting
        case .free: free
        case .met, .metLate, .cancelled: 0
        }
    }

    /// Adds deadlines of one state.
    package mutating func add(_ count: Int, _ state: DeadlineState, isProvisional: Bool) {
        switch state {
        case .overdue: overdue += count
        case .dueSoon: dueSoon += count
        case .onTime: onTime += count
        case .paused: paused += count
        case .waiting: waiting += count
        case .free: free += count
        case .met, .metLate, .cancelled: return
        }
        if isProvisional { provisional += count }
    }

    /// Adds light by light.
    package static func += (left: inout Self, right: Self) {
        left.overdue += right.overdue
        left.dueSoon += right.dueSoon
        left.onTime += right.onTime
        left.paused += right.paused
        left.waiting += right.waiting
        left.free += right.free
        left.provisional += right.provisional
    }
}

/// The open deadlines a filter shows, counted: department × state and town × state.
package struct BoardCounts: Hashable, Sendable {
    /// Lights of one department or town.
    package struct Line<Code: Hashable & Sendable>: Hashable, Sendable {
        /// Nothing for the centre, and for what has no town.
        package let code: Code?
        package let lights: BoardLights

        package init(code: Code?, lights: BoardLights) {
            self.code = code
            self.lights = lights
        }
    }

    /// Sorted by code, the centre first; only those with anything open.
    package let departments: [Line<DepartmentCode>]
    /// Sorted by code, what has no town first; only those with anything open.
    package let towns: [Line<TownCode>]
    /// The views' place in the log when they were counted.
    package let position: Position

    package init(departments: [Line<DepartmentCode>], towns: [Line<TownCode>], position: Position) {
        self.departments = departments
        self.towns = towns
        self.position = position
    }

    /// Everything together.
    package var total: BoardLights { departments.reduce(into: BoardLights()) { $0 += $1.lights } }

    /// Counts rows one by one: for small boards, for the past, and to test the stored counts against.
    package init(of rows: [DeadlineRow], at now: Instant, position: Position) {
        var departments: [DepartmentCode?: BoardLights] = [:]
        var towns: [TownCode?: BoardLights] = [:]
        for row in rows {
            let state = row.state(at: now)
            departments[row.owner, default: BoardLights()].add(1, state, isProvisional: row.isProvisional)
            towns[row.town, default: BoardLights()].add(1, state, isProvisional: row.isProvisional)
        }
        self.init(
            departments: departments.map { Line(code: $0.key, lights: $0.value) }.sorted {
                ($0.code?.description ?? "") < ($1.code?.description ?? "")
            },
            towns: towns.map { Line(code: $0.key, lights: $0.value) }.sorted {
                ($0.code?.description ?? "") < ($1.code?.description ?? "")
            }, position: position)
    }
}
