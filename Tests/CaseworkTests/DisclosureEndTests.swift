import Casework
import Deadlines
import EventSourcing
import HubTesting
import Testing
import WorkingCalendar

/// What a department may read ends with its referral (T06, T27; I-19).
@Suite struct DisclosureEndTests {
    private typealias Turn = ReferralTurnTests

    private func ended(_ referral: Referral) -> ReferralEvent.DisclosureEnded? { referral.endedDisclosures[Turn.lead] }

    private static let grant = CaseworkEvent.referral(
        .disclosureGranted(
            .init(
                referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, department: Turn.lead,
                groups: ReferralTests.grant, basis: "办法", purpose: "救助")))

    @Test func `I-19: in a log of before ends were said, the end of the referral ends the reading`() {
        let noon = Instant(milliseconds: Turn.monday.startMilliseconds + 12 * 3_600_000)
        let last = Turn.monday.advanced(by: Referral.graceDays).endMilliseconds
        func end(_ events: [CaseworkEvent]) -> Int64? {
            var disclosures = LiveDisclosures()
            for event in [Self.grant] + events { disclosures.take(event, at: noon) }
            return disclosures.end(of: Turn.ids.referral, for: Turn.lead)?.milliseconds
        }
        let closed = CaseworkEvent.referral(
            .completionAccepted(
                .init(
                    referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, lead: Turn.lead, result: .completed)))
        let reopened = CaseworkEvent.referral(
            .reopened(
                .init(
                    referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, department: Turn.lead, kind: .referral,
                    reason: .error, cycle: 2, limit: .workingDays(5))))
        let followUp = FollowUpEvent.Opened(
            caseFile: Turn.ids.caseFile, followUp: Fixture.id(5), number: Fixture.number.followUp(1), kind: .court,
            department: Turn.lead, referral: Turn.ids.referral)
        let concluded = FollowUpEvent.Concluded(
            caseFile: Turn.ids.caseFile, followUp: Fixture.id(5), outcome: .achieved, means: .inPerson, attachments: [])
        #expect(end([]) == nil)
        #expect(end([closed]) == last, "T27: the days of grace")
        #expect(end([closed, reopened]) == nil, "T28: taken up again")
        #expect(end([closed, .followUp(.opened(followUp))]) == nil, "it reports on what follows")
        #expect(end([closed, .followUp(.opened(followUp)), .followUp(.concluded(concluded))]) == last)
        let declined = CaseworkEvent.referral(
            .declined(
                .init(
                    referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, department: Turn.lead,
                    reason: .noCapacity)))
        #expect(end([declined]) == noon.milliseconds, "at once")
    }

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

    @Test func `T28: a referral closed before ends were recorded is granted anew like any other`() throws {
        let kinds = try Turn.taking(
            Turn.command(.reopen(.appeal, limit: nil, isInWindow: false, SealedIndex()), by: nil, isSupervisor: true),
            Turn.after("closed")
        ).1
        #expect(kinds == [.reopened, .disclosureGranted, .sliceReleased])
    }

    @Test func `I-19: one rule says who may read: until the end of the last day, and again from a new grant on`() throws
    {
        let noon = Instant(milliseconds: Turn.monday.startMilliseconds + 12 * 3_600_000)
        var disclosures = LiveDisclosures()
        func isLive(_ time: Int64) -> Bool {
            disclosures.isLive([Turn.ids.referral], for: Turn.lead, at: Instant(milliseconds: time))
        }
        func end(through day: CivilDay?) -> CaseworkEvent {
            .referral(
                .disclosureEnded(
                    .init(
                        referral: Turn.ids.referral, caseFile: Turn.ids.caseFile, department: Turn.lead,
                        reason: .closed, readableThrough: day)))
        }
        #expect(isLive(noon.milliseconds), "no end is known")
        disclosures.take(end(through: Turn.later), at: noon)
        #expect(isLive(Turn.later.endMilliseconds - 1) && !isLive(Turn.later.endMilliseconds))
        #expect(disclosures.isLive([Turn.ids.referral], for: Turn.helper, at: noon), "its own right is another")
        disclosures.take(Self.grant, at: noon)
        #expect(isLive(Turn.later.endMilliseconds))
        disclosures.take(end(through: nil), at: noon)
        #expect(!isLive(noon.milliseconds) && isLive(noon.milliseconds - 1))
        #expect(disclosures.isLive([], for: Turn.lead, at: noon), "what is about no referral has no end")
    }
}
