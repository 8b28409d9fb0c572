import CaseViews
import Casework
import Deadlines
import EventSourcing
import HubTesting
import RuleBook
import WorkingCalendar

/// Views that show one made-up case, and remember how far the log was offered to them.
actor FixedViews: ViewStore {
    private var current = Position.start
    private let rows: [DeadlineRow]
    private let caseRows: [CaseRow]
    private let events: [TimelineRow]
    private let desk: [WorklistRow]
    private let meetingRows: [MeetingRow]
    private let noticeRows: [NoticeRow]
    private let failure: ViewStoreError?
    private let applyFailure: ViewStoreError?

    init(
        rows: [DeadlineRow] = [], cases: [CaseRow] = [], timeline: [TimelineRow] = [], worklist: [WorklistRow] = [],
        meetings: [MeetingRow] = [], notices: [NoticeRow] = [], failure: ViewStoreError? = nil,
        applyFailure: ViewStoreError? = nil
    ) {
        self.applyFailure = applyFailure
        meetingRows = meetings
        noticeRows = notices
        self.rows = rows.sorted { BoardKey(of: $0) < BoardKey(of: $1) }
        caseRows = cases
        events = timeline
        desk = worklist
        self.failure = failure
    }

    private func check() throws(ViewStoreError) {
        if let failure { throw failure }
    }

    func position() async throws(ViewStoreError) -> Position { current }

    func board(_ filter: BoardFilter, at now: Instant, after: BoardKey?, limit: Int) async throws(ViewStoreError)
        -> BoardPage
    {
        try check()
        let matching = rows.filter { row in
            filter.shows(row, of: caseRows.first { $0.id == row.caseID }, at: now)
        }
        .sorted { BoardKey(of: $0, on: filter, at: now) < BoardKey(of: $1, on: filter, at: now) }
        let rest = matching.filter { row in after.map { $0 < BoardKey(of: row, on: filter, at: now) } ?? true }
        let page = Array(rest.prefix(limit))
        return BoardPage(
            rows: page, next: rest.count > limit ? page.last.map { BoardKey(of: $0, on: filter, at: now) } : nil,
            position: current)
    }

    func counts(_ filter: BoardFilter, at now: Instant) async throws(ViewStoreError) -> BoardCounts {
        try check()
        let shown = rows.filter { row in
            filter.inAllStates.shows(row, of: caseRows.first { $0.id == row.caseID }, at: now)
        }
        return BoardCounts(of: shown, at: now, position: current)
    }

    func rates(_ question: RateQuestion, at now: Instant, rules: RuleBook) async throws(ViewStoreError) -> BoardRates {
        try check()
        var outcomes: [DepartmentCode?: CohortOutcome] = [:]
        for row in rows where row.id.rule == question.rule && row.state(at: now) == .overdue {
            outcomes[row.owner, default: CohortOutcome()].openOverdue += 1
        }
        return BoardRates(
            departments: outcomes.map { .init(owner: $0.key, outcome: $0.value) }, closedDays: Percentiles([:]),
            allDays: Percentiles([:]), withoutDueDate: 0,
            way: .init(exits: 0, toExit: Percentiles([:]), toHelp: Percentiles([:])), position: current)
    }

    func trend(
        of owner: BoardFilter.Owner?, in town: TownCode?, workingDays: Int, at now: Instant, calendar: WorkingCalendar
    ) async throws(ViewStoreError) -> BoardTrend {
        BoardTrend(days: [], position: current)
    }

    func deadline(_ id: DeadlineID) async throws(ViewStoreError) -> DeadlineRow? { rows.first { $0.id == id } }

    func notices(for recipients: Set<NoticeRecipient>, onlyUnread: Bool, before: Position?, limit: Int) -> NoticePage {
        NoticePage(rows: noticeRows.filter { recipients.contains($0.recipient) }, next: nil, position: current)
    }

    func notices(leftBy position: Position) -> [NoticeRow] { noticeRows.filter { $0.position == position } }

    func deadlinesOnNextRung(by now: Instant, limit: Int) -> [DeadlineRow] { [] }

    func deadlines(of caseID: CaseID) async throws(ViewStoreError) -> [DeadlineRow] {
        rows.filter { $0.caseID == caseID }
    }

    func caseRow(_ id: CaseID) async throws(ViewStoreError) -> CaseRow? { caseRows.first { $0.id == id } }

    func caseRow(receipt: ReceiptCode) async throws(ViewStoreError) -> CaseRow? {
        caseRows.first { $0.receipt == receipt }
    }

    func caseRow(numbered number: EntityNumber) async throws(ViewStoreError) -> CaseRow? {
        caseRows.first { $0.number == number }
    }

    func caseRow(of referral: ReferralID) async throws(ViewStoreError) -> CaseRow? {
        caseRows.first { row in row.referrals.contains { $0.id == referral } }
    }

    func cases(_ filter: CaseFilter, after: Position?, limit: Int) async throws(ViewStoreError) -> CasePage {
        try check()
        let matching = caseRows.filter { row in
            let isBroken = filter.promise.map { row.openPromise?.isBroken(on: $0.day) == true }
            return (filter.town == nil || row.town == filter.town)
                && (!filter.onlyBeforeMeeting || row.isBeforeMeeting) && isBroken == filter.promise?.isBroken
                && (filter.person.map(row.people.contains) ?? true)
                && (filter.keepers.isEmpty || row.keepers.contains(where: filter.keepers.contains))
                && filter.hiddenPeople.isDisjoint(with: row.people)
        }
        return CasePage(rows: Array(matching.prefix(limit)), next: nil, position: current)
    }

    func casesFallingDue(by now: Instant, after: Position, limit: Int) -> CasePage {
        CasePage(rows: [], next: nil, position: current)
    }

    func timeline(of caseID: CaseID, after: Position, limit: Int) async throws(ViewStoreError) -> [TimelineRow] {
        Array(events.filter { $0.position > after }.prefix(limit))
    }

    func worklist(_ filter: WorklistFilter, at now: Instant, limit: Int) async throws(ViewStoreError) -> [WorklistRow] {
        desk.filter { row in
            (filter.department == nil || row.department == filter.department)
                && (filter.undeliveredSince.map { limit in row.undeliveredSince.map { $0 <= limit } ?? false } ?? true)
                && (!filter.onlyBrokenPromises || row.isPromiseBroken(at: now))
                && (!filter.isNarrowed || caseRows.contains { $0.number == row.caseNumber && isSeen($0, filter) })
        }
    }

    private func isSeen(_ row: CaseRow, _ filter: WorklistFilter) -> Bool {
        (filter.town == nil || row.town == filter.town) && (!filter.onlyBeforeMeeting || row.isBeforeMeeting)
            && (filter.keepers.isEmpty || row.keepers.contains(where: filter.keepers.contains))
            && filter.hiddenPeople.isDisjoint(with: row.people)
    }

    func meeting(_ id: MeetingID) async throws(ViewStoreError) -> MeetingRow? { meetingRows.first { $0.id == id } }

    func meetings(_ filter: MeetingFilter, after: Position?, limit: Int) async throws(ViewStoreError) -> MeetingPage {
        MeetingPage(rows: Array(meetingRows.prefix(limit)), next: nil, position: current)
    }

    func request(_ id: HelpRequestID) async throws(ViewStoreError) -> RequestRow? { nil }

    func openRequests(after: Position, limit: Int) async throws(ViewStoreError) -> [RequestRow] { [] }

    func sealedParts(of people: [PersonReference]) async throws(ViewStoreError) -> [SealedPartReference] { [] }

    func apply(_ events: [RecordedEvent]) async throws(ViewStoreError) {
        if let applyFailure { throw applyFailure }
        if let last = events.last { current = last.position }
    }
}
