import CaseViews
import Casework
import Deadlines
import EventSourcing
import RuleBook
import WorkingCalendar

/// Views that only know how far they are and where sealed parts stand.
actor TestViews: ViewStore {
    private var events: [RecordedEvent] = []
    /// Applying fails with this while it is set.
    private var failure: ViewStoreError?

    func fail(with failure: ViewStoreError?) { self.failure = failure }

    private var last: Position { events.last?.position ?? .start }

    func position() throws(ViewStoreError) -> Position { last }

    func apply(_ offered: [RecordedEvent]) throws(ViewStoreError) {
        if let failure { throw failure }
        events += offered.filter { $0.position > last }
    }

    func sealedParts(of people: [PersonReference]) throws(ViewStoreError) -> [SealedPartReference] {
        var newest: [DisclosedGroup: SealedPartReference] = [:]
        for event in events {
            for section in event.sealed where people.contains(section.person) {
                newest[DisclosedGroup(section.group, of: section.person)] = SealedPartReference(
                    group: section.group, person: section.person, position: event.position, eventID: event.eventID,
                    section: section.section)
            }
        }
        return newest.sorted { $0.key < $1.key }.map(\.value)
    }

    func board(_ filter: BoardFilter, at now: Instant, after: BoardKey?, limit: Int) -> BoardPage {
        let open = dossiers.flatMap(\.sheet.open).filter { row in
            filter.states.contains(row.state(at: now)) && (filter.rule == nil || row.id.rule == filter.rule)
        }
        return BoardPage(rows: open, next: nil, position: last)
    }
    func counts(_ filter: BoardFilter, at now: Instant) -> BoardCounts { BoardCounts(of: [], at: now, position: last) }
    func deadline(_ id: DeadlineID) -> DeadlineRow? { dossiers.flatMap(\.sheet.open).first { $0.id == id } }
    func notices(for recipients: Set<NoticeRecipient>, onlyUnread: Bool, before: Position?, limit: Int) -> NoticePage {
        NoticePage(rows: [], next: nil, position: last)
    }
    func notices(leftBy position: Position) -> [NoticeRow] { folded.notices.filter { $0.position == position } }
    func deadlinesOnNextRung(by now: Instant, limit: Int) -> [DeadlineRow] {
        let waiting = dossiers.flatMap(\.sheet.onNextRung).filter { row in
            row.nextCrossing.map { $0.at <= now } ?? false
        }
        return Array(waiting.prefix(limit))
    }
    func rates(_ question: RateQuestion, at now: Instant, rules: RuleBook) -> BoardRates {
        let none = Percentiles([:])
        return BoardRates(
            departments: [], closedDays: none, allDays: none, withoutDueDate: 0,
            way: .init(exits: 0, toExit: none, toHelp: none), position: last)
    }
    func trend(
        of owner: BoardFilter.Owner?, in town: TownCode?, workingDays: Int, at now: Instant, calendar: WorkingCalendar
    ) -> BoardTrend { BoardTrend(days: [], position: last) }
    func deadlines(of caseID: CaseID) -> [DeadlineRow] {
        dossiers.first { $0.row.id == caseID }?.sheet.open ?? []
    }
    func caseRow(_ id: CaseID) -> CaseRow? { rows.first { $0.id == id } }
    func caseRow(numbered number: EntityNumber) -> CaseRow? { rows.first { $0.number == number } }
    func caseRow(receipt: ReceiptCode) -> CaseRow? { rows.first { $0.receipt == receipt } }

    /// The cases of everything taken in, folded anew each time.
    private var rows: [CaseRow] { dossiers.map(\.row) }

    private var dossiers: [CaseDossier] { folded.dossiers }

    private var folded: (dossiers: [CaseDossier], notices: [NoticeRow]) {
        var history = RuleBookHistory()
        var dossiers: [CaseDossier] = []
        var notices: [NoticeRow] = []
        for event in events {
            if (try? history.evolve(with: event)) == true {
                guard event.type == RuleBookEvent.Kind.calendarPublished.rawValue else { continue }
                var promises = MovedPromises(by: event, rules: history.current)
                for index in dossiers.indices {
                    let counted = dossiers[index].recount(by: history.current)
                    promises?.note(counted, of: dossiers[index].row)
                }
                notices += promises?.rows ?? []
                continue
            }
            guard let read = try? ReadEvent(event) else { continue }
            if let opened = CaseDossier(openedBy: read) { dossiers.append(opened) }
            for id in read.caseIDs {
                guard let index = dossiers.firstIndex(where: { $0.row.id == id }) else { continue }
                _ = dossiers[index].take(read, rules: history.current)
            }
        }
        return (dossiers, notices)
    }
    func caseRow(of referral: ReferralID) -> CaseRow? { nil }
    func cases(_ filter: CaseFilter, after: Position?, limit: Int) -> CasePage {
        let matching = rows.filter { row in filter.person.map(row.people.contains) ?? true }
        return CasePage(rows: Array(matching.prefix(limit)), next: nil, position: last)
    }
    func casesFallingDue(by now: Instant, after: Position, limit: Int) -> CasePage {
        let due = rows.filter { row in row.mayFallDueFrom.map { $0 <= now } ?? false && row.opened.position > after }
        return CasePage(rows: Array(due.prefix(limit)), next: nil, position: last)
    }
    func timeline(of caseID: CaseID, after: Position, limit: Int) -> [TimelineRow] { [] }
    func worklist(_ filter: WorklistFilter, at now: Instant, limit: Int) -> [WorklistRow] {
        let rows = dossiers.flatMap { dossier in
            dossier.row.referrals.flatMap { WorklistRow.rows(for: $0, in: dossier) }
        }
        return Array(
            rows.filter { row in
                guard filter.department == nil || row.department == filter.department else { return false }
                guard let limit = filter.undeliveredSince else { return row.isOpen || filter.includingClosed }
                return row.undeliveredSince.map { $0 <= limit } ?? false
            }.prefix(limit))
    }
    func meeting(_ id: MeetingID) -> MeetingRow? { nil }
    func meetings(_ filter: MeetingFilter, after: Position?, limit: Int) -> MeetingPage {
        MeetingPage(rows: [], next: nil, position: last)
    }
    func request(_ id: HelpRequestID) -> RequestRow? { nil }
    func openRequests(after: Position, limit: Int) -> [RequestRow] { [] }
}
