package import Casework
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// The read models, thrown away at will and rebuilt from the log: references only, no personal data.
///
/// Rows and position change in one transaction. Every answer is of one position of the log.
package protocol ViewStore: Sendable {
    /// How far the views have read the log.
    func position() async throws(ViewStoreError) -> Position

    /// One page of the board, ordered by due instant, then id.
    ///
    /// - Parameters:
    ///   - now: The civil time the lights are computed for.
    ///   - after: Key of the last row of the page before.
    ///   - limit: 1 through 500 rows.
    func board(_ filter: BoardFilter, at now: Instant, after: BoardKey?, limit: Int) async throws(ViewStoreError)
        -> BoardPage

    /// Open deadlines by department and state, and by town and state; every number is the length of the list behind it.
    ///
    /// - Parameters:
    ///   - filter: All of it but its states, which the answer tells beside one another.
    ///   - now: The civil time the lights are computed for.
    func counts(_ filter: BoardFilter, at now: Instant) async throws(ViewStoreError) -> BoardCounts

    /// The on-time rate of one clock and period, with percentiles and what stands beside it.
    ///
    /// - Parameter rules: For the age of what is still open.
    func rates(_ question: RateQuestion, at now: Instant, rules: RuleBook) async throws(ViewStoreError) -> BoardRates

    /// Opened, closed and overdue at the end of each day, today last.
    ///
    /// - Parameter workingDays: How many working days back, 1 through 250; the days off between them are told too.
    func trend(
        of owner: BoardFilter.Owner?, in town: TownCode?, workingDays: Int, at now: Instant, calendar: WorkingCalendar
    ) async throws(ViewStoreError) -> BoardTrend

    /// One deadline by its id.
    func deadline(_ id: DeadlineID) async throws(ViewStoreError) -> DeadlineRow?

    /// Deadlines with a rung of the ladder reached by then that nobody has recorded yet, the longest waiting first.
    ///
    /// - Parameter limit: 1 through 500 rows.
    func deadlinesOnNextRung(by now: Instant, limit: Int) async throws(ViewStoreError) -> [DeadlineRow]

    /// One page of the inboxes of these recipients together, newest first.
    ///
    /// - Parameters:
    ///   - before: The ``NoticePage/next`` of the page before.
    ///   - limit: 1 through 500 rows.
    func notices(
        for recipients: Set<NoticeRecipient>, onlyUnread: Bool, before: Position?, limit: Int
    ) async throws(ViewStoreError) -> NoticePage

    /// What one event left in inboxes, by recipient; nothing for most.
    func notices(leftBy position: Position) async throws(ViewStoreError) -> [NoticeRow]

    /// All deadlines of one case, open and closed, by start.
    func deadlines(of caseID: CaseID) async throws(ViewStoreError) -> [DeadlineRow]

    /// One case.
    func caseRow(_ id: CaseID) async throws(ViewStoreError) -> CaseRow?

    /// One case by its number, or by the number of one of its referrals, decisions or follow-ups.
    func caseRow(numbered number: EntityNumber) async throws(ViewStoreError) -> CaseRow?

    /// One case by the code of its receipt.
    func caseRow(receipt: ReceiptCode) async throws(ViewStoreError) -> CaseRow?

    /// The case a referral belongs to.
    func caseRow(of referral: ReferralID) async throws(ViewStoreError) -> CaseRow?

    /// One page of cases, newest first.
    ///
    /// - Parameter limit: 1 through 500 rows.
    func cases(_ filter: CaseFilter, after: Position?, limit: Int) async throws(ViewStoreError) -> CasePage

    /// Cases in which something may have fallen due by itself (``CaseRow/mayFallDueFrom``), oldest first.
    ///
    /// - Parameter limit: 1 through 500 rows.
    func casesFallingDue(by now: Instant, after: Position, limit: Int) async throws(ViewStoreError) -> CasePage

    /// The events of one case in words, oldest first.
    ///
    /// - Parameter limit: 1 through 500 rows.
    func timeline(of caseID: CaseID, after: Position, limit: Int) async throws(ViewStoreError) -> [TimelineRow]

    /// Referrals on the departments' desks: broken promises first (N-16), then by nearest due instant, then referral.
    ///
    /// - Parameters:
    ///   - now: Decides which promises are broken.
    ///   - limit: 1 through 500 rows.
    func worklist(_ filter: WorklistFilter, at now: Instant, limit: Int) async throws(ViewStoreError) -> [WorklistRow]

    /// One joint meeting with its whole agenda.
    func meeting(_ id: MeetingID) async throws(ViewStoreError) -> MeetingRow?

    /// One page of joint meetings, newest first.
    ///
    /// - Parameter limit: 1 through 500 rows.
    func meetings(_ filter: MeetingFilter, after: Position?, limit: Int) async throws(ViewStoreError) -> MeetingPage

    /// One help request.
    func request(_ id: HelpRequestID) async throws(ViewStoreError) -> RequestRow?

    /// Help requests that are not yet a case nor closed, oldest first; the key is the position that recorded the last.
    ///
    /// - Parameter limit: 1 through 500 rows.
    func openRequests(after: Position, limit: Int) async throws(ViewStoreError) -> [RequestRow]

    /// Where the newest sealed parts of these persons stand, so that an edge can decrypt the rows it shows.
    func sealedParts(of people: [PersonReference]) async throws(ViewStoreError) -> [SealedPartReference]

    /// Takes in the next events of the log, all or none.
    ///
    /// Events at or before ``position()`` are skipped; a gap is refused.
    func apply(_ events: [RecordedEvent]) async throws(ViewStoreError)
}

/// Why the views could not be read or written; none of it loses anything, since the log can rebuild them.
package enum ViewStoreError: Error, Hashable, Sendable {
    /// The views were built from another log, epoch or schema: rebuild them.
    case mustRebuild(String)
    /// The events offered do not follow the views' position.
    case gap(expected: Position, found: Position)
    /// An event cannot be read; the views stop before it.
    case unreadableEvent(Position, String)
    /// As many past boards are being made as may be at once: ask again in a moment.
    case busy
    /// The storage failed.
    case storage(String)
}
