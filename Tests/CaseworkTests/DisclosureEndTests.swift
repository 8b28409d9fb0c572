import Casework
import EventSourcing
import HubTesting
import Testing
import WorkingCalendar

/// What a department may read ends with its referral (T06, T27; I-19).
@Suite struct DisclosureEndTests {
    private typealias Turn = ReferralTurnTests

    private func ended(_ referral: Referral) -> ReferralEvent.DisclosureEnded? { referral.endedDisclosures[Turn.lead] }

    @Test func `T27: with the result accepted, reading ends after the days of grace, and it ends once`() throws {
        let (closed, kinds) = try Turn.taking(Turn.command(.acceptCompletion, by: nil), Turn.after("completed"))
        #expect(kinds == [.completionAccepted, .disclosureEnded])
        #expect(ended(closed)?.reason == .closed)
        #expect(ended(closed)?.readableThrough == Turn.monday.advanced(by: Referral.graceDays))
    }

    @Test func `T07, T09, T22 and T24: what was returned, redirected or cancelled is read no longer at all`() throws {
        let rows: [(ReferralCommand, Referral, DisclosureEndReason)] = [
            (Turn.command(ReferralTests.approve, by: nil), Turn.after("returnRequested"), .returned),
            (Turn.redirect(), Turn.after("received"), .redirected),
            (Turn.command(.cancel(.duplicate, ofMinor: false), by: nil), Turn.after("dispatched"), .cancelled),
            (
                Turn.command(.confirmCancellation(hasWaited: false, ofMinor: false)),
                Turn.after("inProgress", Turn.cancellationAsked), .cancelled
            ),
        ]
        for (command, before, reason) in rows {
            let after = try Turn.taking(command, before).0
            #expect(ended(after)?.reason == reason)
            #expect(ended(after)?.readableThrough == nil, "\(reason) ends at once")
        }
    }

    @Test func `T28: what is taken up again is granted again, with the slice as it is now`() throws {
        let closed = try Turn.taking(Turn.command(.acceptCompletion, by: nil), Turn.after("completed")).0
        let (reopened, kinds) = try Turn.taking(
            Turn.command(.reopen(.appeal, limit: nil, isInWindow: false, SealedIndex()), by: nil, isSupervisor: true),
            closed)
        #expect(kinds == [.reopened, .disclosureGranted, .sliceReleased])
        #expect(ended(reopened) == nil && reopened.grants[Turn.lead] == ReferralTests.grant)
    }

    @Test func `T28: a referral closed before ends were recorded is reopened as ever`() throws {
        let kinds = try Turn.taking(
            Turn.command(.reopen(.appeal, limit: nil, isInWindow: false, SealedIndex()), by: nil, isSupervisor: true),
            Turn.after("closed")
        ).1
        #expect(kinds == [.reopened])
    }

    @Test func `I-19: one rule says who may read: until the end of the last day, and again from a new grant on`() throws
    {
        let noon = Instant(milliseconds: Turn.monday.startMilliseconds + 12 * 3_600_000)
        var disclosures = LiveDisclosures()
        func isLive(_ time: Int64) -> Bool {
            disclosures.isLive([Turn.ids.referral], for: Turn.lead, at: Instant(milliseconds: time))
        }
        func end(through day: CivilDay?) -> ReferralEvent {
            .disclosureEnded(
                .init(
                    referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, department: Turn.lead, reason: .closed,
                    readableThrough: day))
        }
        #expect(isLive(noon.milliseconds), "no end is known")
        disclosures.take(end(through: Turn.later), at: noon)
        #expect(isLive(Turn.later.endMilliseconds - 1) && !isLive(Turn.later.endMilliseconds))
        #expect(disclosures.isLive([Turn.ids.referral], for: Turn.helper, at: noon), "its own right is another")
        disclosures.take(
            .disclosureGranted(
                .init(
                    referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, department: Turn.lead,
                    groups: ReferralTests.grant, basis: "办法", purpose: "救助")), at: noon)
        #expect(isLive(Turn.later.endMilliseconds))
        disclosures.take(end(through: nil), at: noon)
        #expect(!isLive(noon.milliseconds) && isLive(noon.milliseconds - 1))
        #expect(disclosures.isLive([], for: Turn.lead, at: noon), "what is about no referral has no end")
    }
}
