import Casework
import EventSourcing
import RuleBook

/// Who held each referral of a case from when on, as its events tell; the material of ``CaseDays``.
struct HolderLedger {
    /// From an instant on, until the next span of the same referral.
    struct Span {
        let from: Instant
        /// Nothing where the referral has ended.
        var holder: DayHolder?
    }

    /// The course of one referral.
    struct Course {
        let id: ReferralID
        /// Ascending in time; never empty.
        var spans: [Span]
        /// When a department last took it on (T04), and the position of that event.
        var accepted: (at: Instant, position: Position)?
        /// The referral whose event caused this one: a return, a redirect, a refusal.
        var cause: ReferralID?

        var begins: Instant { spans[0].from }

        /// Who held it; nothing before it was sent and after it ended.
        func holder(at instant: Instant) -> DayHolder? {
            spans.last { $0.from <= instant }?.holder ?? nil
        }
    }

    private(set) var courses: [Course] = []

    /// Takes in one event of the case, after the case's row has.
    mutating func take(_ event: ReadEvent, row: CaseRow) {
        for referral in row.referrals { follow(referral, event, in: row) }
    }

    private mutating func follow(_ referral: ReferralRow, _ event: ReadEvent, in row: CaseRow) {
        let holder = DayHolder(of: referral)
        guard let index = courses.firstIndex(where: { $0.id == referral.id }) else {
            guard let holder else { return }
            let cause = referral.predecessor ?? row.referrals.first { $0.successor == referral.id }?.id
            courses.append(
                Course(
                    id: referral.id, spans: [Span(from: event.recorded.occurredAt, holder: holder)], cause: cause))
            return
        }
        noteAcceptance(event, of: referral.id, at: index)
        guard let last = courses[index].spans.last, last.holder != holder else { return }
        if last.holder == .disputed {
            // The ruling gives the disputed days to the side whose position lost: approved → centre, else the department.
            let loser: DayHolder = referral.state == .returned ? .centre : .department(referral.lead)
            courses[index].spans[courses[index].spans.count - 1].holder = loser
        }
        // An act entered late cannot reach back behind what is known to have come before it.
        courses[index].spans.append(Span(from: max(last.from, event.recorded.occurredAt), holder: holder))
    }

    private mutating func noteAcceptance(_ event: ReadEvent, of id: ReferralID, at index: Int) {
        guard case .referral(.accepted(let accepted)) = event.event, accepted.referral == id else { return }
        courses[index].accepted = (event.recorded.occurredAt, event.recorded.position)
    }

    /// Who holds the case at an instant, along its path: the referral accepted last, before it the one whose event
    /// caused it, else the centre (`RULINGS.md` §3).
    func holder(at instant: Instant) -> DayHolder {
        var course = path
        var seen: Set<ReferralID> = []
        while let current = course, seen.insert(current.id).inserted {
            if instant >= current.begins { return current.holder(at: instant) ?? .centre }
            course = current.cause.flatMap { cause in courses.first { $0.id == cause } }
        }
        return .centre
    }

    private var path: Course? {
        courses.filter { $0.accepted != nil }.max { left, right in
            (left.accepted?.position ?? .start) < (right.accepted?.position ?? .start)
        }
    }
}
