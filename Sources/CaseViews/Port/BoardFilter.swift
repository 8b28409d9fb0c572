package import Casework
package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Which deadlines a board shows; all constraints must hold, a missing one is none.
package struct BoardFilter: Hashable, Sendable {
    /// Whose deadlines.
    package enum Owner: Hashable, Sendable {
        case centre
        case department(DepartmentCode)
    }

    /// Nothing means every open state; closed ones are shown only when named.
    package var states: Set<DeadlineState>
    package var owner: Owner?
    package var rule: DeadlineRuleID?
    package var town: TownCode?
    package var caseID: CaseID?
    /// Only what has no town; never together with ``town``.
    package var isWithoutTown = false
    package var policyItem: PolicyItemCode?
    package var handler: PostCode?
    /// What it is about: a case, an item, a referral.
    package var kind: EventTag.Kind?
    package var channel: RequestChannel?
    package var pausedFor: DeadlineRule.PauseReason?
    package var isUrgent: Bool?
    package var isPromise: Bool?
    package var isProvisional: Bool?
    package var dueFrom: CivilDay?
    package var dueThrough: CivilDay?
    package var startedFrom: CivilDay?
    package var startedThrough: CivilDay?
    /// The highest rung of the ladder crossed.
    package var level: LadderLevel?
    /// This rung of the ladder or one above it.
    package var levelFrom: LadderLevel?
    /// Whether an open pause holds it up of which nobody has been given notice.
    package var isIrregular: Bool?
    /// Cases a village's point took in or was given; who that is stands in ``villageKeepers``.
    package var village: VillageOfTown?
    /// By the rule book (``RuleBook/keepers(of:)``); without anybody ``village`` shows nothing.
    package var villageKeepers: Set<CaseRow.Keeper> = []
    /// Met by what was entered late (``DeadlineRow/isLateRecord``).
    package var isLateRecord: Bool?
    /// Standing still for more than so many working days; from which day on that is stands in ``pausedThrough``.
    package var pausedOver: Int?
    /// The last day on which a pause began that is over ``pausedOver`` (``look(up:at:)``); without one that shows nothing.
    package var pausedThrough: CivilDay?
    /// Whether it is a limit of hours, working hours among them.
    package var isByHours: Bool?
    /// Whether it has stood still for longer than its reason allows, by ``overlong``.
    package var isOverlong: Bool?
    /// The last day on which a pause began that is over its maximum, by reason (``look(up:at:)``).
    package var overlong: [DeadlineRule.PauseReason: CivilDay] = [:]
    package var sort = BoardSort.attention
    /// Only deadlines of cases the meeting office has to do with (``CaseRow/isBeforeMeeting``).
    package var onlyBeforeMeeting: Bool
    /// As in ``CaseFilter/keepers`` and ``CaseFilter/hiddenPeople``.
    package var keepers: Set<CaseRow.Keeper> = []
    package var hiddenPeople: Set<PersonReference> = []

    package init(
        states: Set<DeadlineState> = [], owner: Owner? = nil, rule: DeadlineRuleID? = nil, town: TownCode? = nil,
        caseID: CaseID? = nil, policyItem: PolicyItemCode? = nil, isPromise: Bool? = nil, isProvisional: Bool? = nil,
        dueFrom: CivilDay? = nil, dueThrough: CivilDay? = nil, onlyBeforeMeeting: Bool = false
    ) {
        self.onlyBeforeMeeting = onlyBeforeMeeting
        self.states = states
        self.owner = owner
        self.rule = rule
        self.town = town
        self.caseID = caseID
        self.policyItem = policyItem
        self.isPromise = isPromise
        self.isProvisional = isProvisional
        self.dueFrom = dueFrom
        self.dueThrough = dueThrough
    }

    /// The same question about everything that is open: counts tell all states beside one another.
    package var inAllStates: Self {
        var filter = self
        filter.states = []
        filter.sort = .attention
        if filter.isOverlong == nil { filter.overlong = [:] }
        return filter
    }

    /// Says whose cases those of the village asked for are, and since when a pause is long.
    ///
    /// - Parameter now: The time the board is asked for; of a later page that of the first (``BoardKey/toldAt``).
    package mutating func look(up rules: RuleBook, at now: Instant) {
        villageKeepers = village.map { rules.keepers(of: $0) } ?? []
        let today = CivilDay(containing: now.milliseconds)
        func lastDay(over days: Int) -> CivilDay? {
            // Excluded are the days after the one it began on (DL §2.4): one more than so many by today.
            rules.calendar?.workingDay(days + 1, backFrom: today)?.previous
        }
        pausedThrough = pausedOver.flatMap(lastDay)
        overlong = [:]
        for reason in DeadlineRule.PauseReason.allCases { overlong[reason] = reason.longest.flatMap(lastDay) }
    }
}

extension BoardFilter {
    /// Whether a row is on this board; the one meaning of every filter, which the stored board is tested against.
    ///
    /// - Parameter seen: The case it belongs to, for what the reader may see; nothing where it belongs to none.
    package func shows(_ row: DeadlineRow, of seen: CaseRow?, at now: Instant) -> Bool {
        let state = row.state(at: now)
        guard states.isEmpty ? state.isOpen : states.contains(state) else { return false }
        guard isOwner(of: row), rule.map({ row.id.rule == $0 }) ?? true else { return false }
        guard town.map({ row.town == $0 }) ?? true, !isWithoutTown || row.town == nil else { return false }
        guard caseID.map({ row.caseID == $0 }) ?? true, policyItem.map({ row.policyItem == $0 }) ?? true else {
            return false
        }
        guard handler.map({ row.handler == $0 }) ?? true, kind.map({ row.id.scope.kind == $0 }) ?? true,
            channel.map({ row.channel == $0 }) ?? true
        else { return false }
        guard pausedFor.map({ state == .paused && row.openPause?.reason == $0 }) ?? true,
            isUrgent.map({ (row.isUrgent == true) == $0 }) ?? true, isPromise.map({ row.isPromise == $0 }) ?? true,
            isProvisional.map({ row.isProvisional == $0 }) ?? true,
            level.map({ row.crossed.last?.level == $0 }) ?? true, isIrregular.map({ row.isIrregular == $0 }) ?? true
        else { return false }
        if let levelFrom {
            guard let highest = row.crossed.last?.level, highest >= levelFrom else { return false }
        }
        if pausedOver != nil {
            guard state == .paused, let from = row.openPause?.startDay, let pausedThrough, from <= pausedThrough else {
                return false
            }
        }
        guard isLateRecord.map({ (row.isLateRecord == true) == $0 }) ?? true else { return false }
        guard isByHours.map({ row.limit.endsAtInstant == $0 }) ?? true,
            isOverlong.map({ row.isOverlong(by: overlong) == $0 }) ?? true
        else { return false }
        return isInTime(row) && isSeen(row, seen)
    }

    private func isOwner(of row: DeadlineRow) -> Bool {
        switch owner {
        case .centre: row.owner == nil
        case .department(let department): row.owner == department
        case nil: true
        }
    }

    /// A deadline is due on the day that ends with its due instant, or within which that instant lies.
    private func isInTime(_ row: DeadlineRow) -> Bool {
        if dueFrom != nil || dueThrough != nil {
            let due = BoardKey(of: row).dueAt.milliseconds
            guard due < BoardKey.firstPaused.milliseconds, dueFrom.map({ due > $0.startMilliseconds }) ?? true,
                dueThrough.map({ due <= $0.endMilliseconds }) ?? true
            else { return false }
        }
        let started = CivilDay(containing: row.started.occurredAt.milliseconds)
        return startedFrom.map { started >= $0 } ?? true && startedThrough.map { started <= $0 } ?? true
    }

    private func isSeen(_ row: DeadlineRow, _ seen: CaseRow?) -> Bool {
        if onlyBeforeMeeting, row.isBeforeMeeting != true { return false }
        guard let seen else { return keepers.isEmpty && village == nil }
        guard village == nil || seen.keepers.contains(where: villageKeepers.contains) else { return false }
        return (keepers.isEmpty || seen.keepers.contains(where: keepers.contains))
            && hiddenPeople.isDisjoint(with: seen.people)
    }
}

/// One page of the board.
package struct BoardPage: Hashable, Sendable {
    package let rows: [DeadlineRow]
    /// Where the next page begins; nothing on the last.
    package let next: BoardKey?
    /// The views' place in the log when they were read.
    package let position: Position

    package init(rows: [DeadlineRow], next: BoardKey?, position: Position) {
        self.rows = rows
        self.next = next
        self.position = position
    }
}
