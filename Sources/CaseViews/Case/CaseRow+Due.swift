import Casework
import Deadlines
package import EventSourcing
import WorkingCalendar

extension CaseRow {
    /// From when on something of its referrals may fall due by itself; no earlier, though perhaps later.
    ///
    /// The views find the cases to look at by it. Two working days are never less than two days, so that it needs no
    /// calendar and no calendar moves it.
    package var mayFallDueFrom: Instant? {
        unsettled.flatMap { referral in
            promisesOwed(referral).compactMap(\.brokenFrom)
                + (silence(on: referral).map { [Self.earliestSilence($0)] } ?? [])
        }.min()
    }

    /// What of its referrals has fallen due by itself.
    func due(at now: Instant, calendar: WorkingCalendar?) -> [FallenDue] {
        unsettled.flatMap { referral -> [FallenDue] in
            let broken = promisesOwed(referral).compactMap { promise -> FallenDue? in
                guard let from = promise.brokenFrom, from <= now else { return nil }
                return FallenDue(
                    .promiseBreaks, .referral(referral.id), of: promise.department, happenedAt: from, begun: from,
                    run: "\(promise.due)+\(referral.brokenPromises)")
            }
            guard let asked = silence(on: referral), let calendar,
                let due = try? DeadlineEvaluation.evaluate(
                    terms: Referral.cancellationSilence, start: asked.occurredAt, calendar: calendar),
                !due.isProvisional, let dueAt = due.dueAt, dueAt <= now
            else { return broken }
            return broken + [
                FallenDue(
                    .cancellationStands, .referral(referral.id), of: referral.lead, happenedAt: dueAt,
                    begun: asked.occurredAt, run: "\(asked.position)")
            ]
        }
    }

    private var unsettled: [ReferralRow] {
        switch state {
        case .open, .exitProposed: referrals.filter { !$0.state.isTerminal }
        case .exited, .duplicate, .voided: []
        }
    }

    /// Promises nobody has settled; a voluntary body owes none (`RULINGS.md` §2).
    private func promisesOwed(_ referral: ReferralRow) -> [PromiseRow] {
        referral.isOffer ? [] : referral.promises.filter { $0.state == .open }
    }

    /// The request to stop that waits for the department; silence never ends a minor's item (`RULINGS.md` §3).
    private func silence(on referral: ReferralRow) -> EventReference? {
        guard referral.state == .cancellationRequested else { return nil }
        let own = items.filter { referral.items.contains($0.id) }
        let isOfMinor = own.isEmpty ? concernsMinor == true : own.contains { $0.concernsMinor == true }
        return isOfMinor ? nil : referral.cancellationAsked
    }

    private static func earliestSilence(_ asked: EventReference) -> Instant {
        asked.occurredAt.advanced(byMilliseconds: 2 * 86_400_000)
    }
}
