package import Casework
package import Deadlines
package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// One run of one deadline: the row of the board, references and codes only.
package struct DeadlineRow: Codable, Hashable, Sendable {
    /// A stretch in which the deadline stood still.
    package struct Pause: Codable, Hashable, Sendable {
        package let from: Instant
        /// Nothing while it lasts.
        package var to: Instant?
        package let reason: DeadlineRule.PauseReason
        /// When the applicant was told; nothing where nobody recorded it.
        package let noticeGivenAt: Instant?

        /// The civil day it began on, which still counted.
        package var startDay: CivilDay { CivilDay(containing: from.milliseconds) }

        package init(
            from: Instant, to: Instant? = nil, reason: DeadlineRule.PauseReason, noticeGivenAt: Instant? = nil
        ) {
            self.noticeGivenAt = noticeGivenAt
            self.from = from
            self.to = to
            self.reason = reason
        }
    }

    /// One extension granted.
    package struct Extension: Codable, Hashable, Sendable {
        package let granted: DeadlineExtension
        package let at: Instant
        /// The clause it rests on.
        package let basis: String

        package init(granted: DeadlineExtension, at: Instant, basis: String) {
            self.granted = granted
            self.at = at
            self.basis = basis
        }
    }

    /// How it ended: what was asked for happened, or there was nothing left to ask for.
    package enum Ending: Codable, Hashable, Sendable {
        case stopped(EventReference)
        /// Withdrawn, returned or out of scope: leaves the rates.
        case cancelled(EventReference)
    }

    package let id: DeadlineID
    /// The rule in force when it started; later versions do not touch it.
    package let ruleVersion: Int
    package let label: Label
    package let caseID: CaseID?
    package var caseNumber: EntityNumber?
    /// Where the case belongs, wherever its referrals go: who may see the case may see it here.
    package var town: TownCode?
    /// The number of what it is about, where that has one: a referral, a meeting, a request.
    package var subjectNumber: EntityNumber?
    /// What is asked for, where it is about one item.
    package var policyItem: PolicyItemCode?
    /// The post that has it: of the referral, else of the case.
    package var handler: PostCode?
    /// The door the case came through.
    package var channel: RequestChannel?
    /// Whether an emergency of its case waits for relief.
    package var isUrgent: Bool?
    /// Whether the meeting office has to do with its case (``CaseRow/isBeforeMeeting``).
    package var isBeforeMeeting: Bool?
    /// Whether it must be done by then, or must not be done before.
    package let bound: DeadlineRule.Bound
    /// Whose duty it is, as the rule says.
    package let duty: DeadlineRule.Owner
    /// The department that has to act; nothing for the centre, its offices and the applicant.
    package var owner: DepartmentCode?
    package let started: EventReference
    /// The length and how days are counted.
    package let terms: DeadlineTerms
    /// Given to the citizen, not only among offices.
    package let isPromise: Bool
    package var pauses: [Pause]
    package var extensions: [Extension]
    package var ending: Ending?
    /// Last day that counts; nothing for hour limits and while paused.
    package var dueDay: CivilDay?
    /// First instant at which it is too late; nothing while paused.
    package var dueAt: Instant?
    /// First instant of due soon; nothing while paused.
    package var warnAt: Instant?
    /// Past the published calendar: the date may still move.
    package var isProvisional: Bool
    /// The date the law gives, where a calendar published too late moved it before ``dueDay``.
    package var legalDueDay: CivilDay?
    /// Whether what met it was recorded so late that it is listed as a late record; nothing while it is open.
    ///
    /// It counts by when it happened all the same (`reference/deadlines.md` §5.7).
    package internal(set) var isLateRecord: Bool?
    /// Number of the supervision (督办) it stands under, within its case; nothing where it was never so late.
    package internal(set) var supervision: Int?
    /// The rungs of the ladder it has crossed, ascending.
    package internal(set) var crossed: [LadderCrossing] = []
    /// The rung it reaches next as things stand, or has reached without anybody having recorded it.
    package internal(set) var nextCrossing: LadderCrossing?

    package var limit: DeadlineLimit { terms.limit }

    /// The pause that holds it up now.
    package var openPause: Pause? { isOpen ? pauses.last { $0.to == nil } : nil }

    /// Whether it stands still and nobody recorded that the applicant was told (`reference/deadlines.md` §2.4).
    package var isIrregular: Bool { openPause.map { $0.noticeGivenAt == nil } ?? false }

    /// Working days after the day of what was done within which it is entered in time.
    package static let daysToRecord = 2

    /// The last position that can have changed it; nothing while it is open.
    var endedAt: Position? {
        switch ending {
        case .stopped(let event), .cancelled(let event): event.position
        case nil: nil
        }
    }

    /// When it is open at all.
    package var isOpen: Bool { ending == nil }

    /// Light and word at an instant.
    ///
    /// The row tells what is known now; for what was known then, ask ``CaseReplay``.
    package func state(at instant: Instant) -> DeadlineState {
        switch ending {
        case .cancelled: return .cancelled
        case .stopped(let stop):
            guard let dueAt else { return .met }
            return stop.occurredAt < dueAt ? .met : .metLate
        case nil:
            if bound == .floor { return dueAt.map { instant >= $0 } ?? false ? .free : .waiting }
            guard let dueAt else { return pauses.contains { $0.to == nil } ? .paused : .onTime }
            if instant >= dueAt { return .overdue }
            guard let warnAt else { return .onTime }
            return instant >= warnAt ? .dueSoon : .onTime
        }
    }
}
