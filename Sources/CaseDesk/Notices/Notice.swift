package import CaseViews
import Casework
package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// One message to one recipient about deadlines: numbers, dates and codes, and nothing of any person.
package struct Notice: Codable, Hashable, Sendable {
    /// Why it is sent.
    package enum Kind: String, CaseIterable, Codable, Sendable {
        /// Everything of one morning.
        case digest
        /// An emergency, at once.
        case urgent
        /// Somebody reminded by hand: at once in office hours, else with the next digest.
        case reminder
    }

    /// One deadline it speaks of.
    package struct Line: Codable, Hashable, Sendable {
        package let deadline: DeadlineID
        package let name: Label
        /// What happened: due soon, due today, late; nothing for a reminder by hand.
        package let level: LadderLevel?
        package let word: Label
        /// The case's number and that of the referral or meeting in it, where they have one.
        package let caseNumber: EntityNumber?
        package let subjectNumber: EntityNumber?
        /// Last day that counts; nothing for limits in hours.
        package let dueDay: CivilDay?
        package let dueAt: Instant?
        /// The day may still move (暂定).
        package let isProvisional: Bool

        /// - Parameter level: The rung that is told; nothing for a reminder by hand.
        package init(_ row: DeadlineRow, _ level: LadderLevel?) {
            deadline = row.id
            name = row.label
            self.level = level
            if let number = row.supervision, level == .overdue3 {
                word = Label("超期督办（第 \(number) 号）", "late by three working days, supervision no. \(number)")
            } else {
                word = level?.label ?? Label("催办", "reminder")
            }
            caseNumber = row.caseNumber
            subjectNumber = row.subjectNumber
            dueDay = row.dueDay
            dueAt = row.dueAt
            isProvisional = row.isProvisional
        }

        /// A promised date that a calendar moved.
        package init(_ move: DueMove) {
            deadline = move.deadline
            name = move.label
            level = nil
            word = Label(
                "日期变动（原 \(move.before)），请告知申请人", "moved from \(move.before); tell the applicant")
            caseNumber = move.caseNumber
            subjectNumber = move.subjectNumber
            dueDay = move.after
            dueAt = Instant(milliseconds: move.after.endMilliseconds)
            isProvisional = move.isProvisional
        }
    }

    /// The same however often it is sent.
    package let id: UniqueID
    package let recipient: NoticeRecipient
    package let kind: Kind
    /// When it was put together.
    package let at: Instant
    /// Most pressing first.
    package let lines: [Line]
    /// Moved dates beyond those named, which the report of the calendar has; nothing where all are named.
    package let unlisted: Int?

    package init(
        id: UniqueID, recipient: NoticeRecipient, kind: Kind, at: Instant, lines: [Line], unlisted: Int? = nil
    ) {
        self.unlisted = unlisted
        self.id = id
        self.recipient = recipient
        self.kind = kind
        self.at = at
        self.lines = lines
    }
}

/// A way notices leave the hub: a webhook, a folder of mail.
package protocol NoticePort: Sendable {
    /// Name of the channel: 1 to 32 of a–z, 0–9 and hyphen; its state is kept under it.
    var name: String { get }

    /// Whether anything for this recipient goes this way.
    func accepts(_ recipient: NoticeRecipient) -> Bool

    /// Hands over one notice; whoever gets it twice knows it by its id.
    ///
    /// - Throws: ``NoticeError`` when it was not taken; the same notice comes again later.
    func deliver(_ notice: Notice, at now: Instant) async throws(NoticeError)
}

/// A notice was not taken; the reason is for the operator's log and holds no address and no content.
package struct NoticeError: Error, Hashable, Sendable {
    package let reason: String

    package init(_ reason: String) {
        self.reason = reason
    }
}

/// Keeps what one channel still has to deliver, so that neither a restart nor a crash loses it.
package protocol NoticeStatePort: Sendable {
    /// What was kept last; nothing for a channel that has never run.
    ///
    /// - Throws: ``NoticeError`` when there is something that cannot be read; it is never taken for nothing.
    func load() throws(NoticeError) -> NoticeOutbox?

    /// Keeps it, whole or not at all, before it returns.
    func save(_ outbox: NoticeOutbox) throws(NoticeError)
}
