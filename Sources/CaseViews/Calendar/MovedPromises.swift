package import EventSourcing
package import RuleBook
import WorkingCalendar

/// Promised dates that one newly published calendar moved, gathered by whoever has to tell the applicant
/// (`reference/deadlines.md` §5.8).
///
/// One notice an owner and calendar, however many dates moved. A rule published anew moves none: what runs keeps the
/// version it started under.
package struct MovedPromises: Sendable {
    /// So many dates are named in one notice; the report of the calendar has all of them.
    package static let most = 100

    private let event: RecordedEvent
    private let version: String
    private let rules: RuleBook
    private var inboxes: [NoticeRecipient: NoticeRow.MovedDates] = [:]

    /// Nothing gathered yet.
    ///
    /// - Parameters:
    ///   - event: The publication of the calendar.
    ///   - rules: The book with that calendar; nothing can move where it has none.
    package init?(by event: RecordedEvent, rules: RuleBook) {
        guard let version = rules.calendarDocument?.version else { return nil }
        self.event = event
        self.version = version
        self.rules = rules
    }

    /// Takes in deadlines that were counted anew with the calendar, in any order of cases.
    ///
    /// - Parameter caseRow: The case they belong to; nothing for those of a request.
    package mutating func note(_ counted: [DeadlineRow], of caseRow: CaseRow?) {
        for row in counted where row.isPromise && row.isOpen {
            guard case .moved(let move) = row.effect(ofPublished: version, by: rules) else { continue }
            let owner = LadderAudience(row, caseRow, rules).handler
            inboxes[owner, default: NoticeRow.MovedDates(calendar: version)].add(move)
        }
    }

    /// The notice of each owner, by recipient.
    package var rows: [NoticeRow] {
        inboxes.sorted { $0.key < $1.key }.map { recipient, dates in
            NoticeRow(
                recipient: recipient, position: event.position, kind: .calendar, deadline: nil,
                name: Label(
                    "日历 \(version) 改变了 \(dates.count) 个承诺日期，请告知申请人",
                    "calendar \(version) moved \(dates.count) promised dates; tell the applicants"),
                caseID: nil, caseNumber: nil, level: nil, supervision: nil, serial: nil, dates: dates, isUrgent: false,
                occurredAt: event.occurredAt, recordedAt: event.recordedAt, isRead: false)
        }
    }
}
