import Casework
import EventSourcing
import HubTesting
import Testing
import WorkingCalendar

/// Every hand-over carries a promise: what, by whom, by when (N-16).
@Suite struct ReferralPromiseTests {
    @Test func `T04 and T12: every hand-over carries a promise, or one that still stands`() throws {
        let report = ReferralCommand.Act.report(.visited, nextPromise: nil, attachments: [])
        #expect(throws: Never.self) {
            try ReferralTurnTests.after("inProgress").decide(ReferralTurnTests.command(report))
        }
        let tooLate = Fixture.day("2023-08-29")
        #expect(throws: ReferralRefusal.promiseMissing) {
            try ReferralTurnTests.after("inProgress").decide(ReferralTurnTests.command(report, on: tooLate))
        }
        let assign = ReferralCommand.Act.assign(Fixture.post("fulian/head"), nextPromise: nil)
        #expect(throws: ReferralRefusal.promiseMissing) {
            try ReferralTurnTests.after("inProgress").decide(ReferralTurnTests.command(assign, on: tooLate))
        }
        #expect(
            try ReferralTurnTests.taking(ReferralTurnTests.command(assign), ReferralTurnTests.after("inProgress")).1
                == [.handlerAssigned])
    }

    @Test func `T12: a promise is made, and kept in time`() throws {
        let due = Fixture.day("2023-08-28")
        #expect(throws: ReferralRefusal.promiseStands, "it is not moved silently") {
            try ReferralTurnTests.after("inProgress").decide(
                ReferralTurnTests.command(.makePromise(.visit, by: ReferralTurnTests.later)))
        }
        let (kept, kinds) = try ReferralTurnTests.taking(
            ReferralTurnTests.command(.keepPromise, on: due), ReferralTurnTests.after("inProgress"))
        #expect(kinds == [.promiseKept])
        #expect(throws: ReferralRefusal.promisePassed) {
            try ReferralTurnTests.after("inProgress").decide(ReferralTurnTests.command(.keepPromise, on: due.next))
        }
        let (promised, made) = try ReferralTurnTests.taking(
            ReferralTurnTests.command(.makePromise(.visit, by: ReferralTurnTests.later)), kept)
        #expect(made == [.promiseMade] && promised.promises[ReferralTurnTests.lead]?.due == ReferralTurnTests.later)
        #expect(throws: ReferralRefusal.promiseInThePast) {
            try kept.decide(ReferralTurnTests.command(.makePromise(.visit, by: Fixture.day("2023-08-20"))))
        }
    }

    @Test func `T12: a broken promise is said by its department with a new one, or by the centre once it is late`()
        throws
    {
        let due = Fixture.day("2023-08-28")
        let working = ReferralTurnTests.after("inProgress")
        #expect(throws: ReferralRefusal.promiseMissing) {
            try working.decide(ReferralTurnTests.command(.breakPromise(of: nil, nextPromise: nil)))
        }
        let (broken, kinds) = try ReferralTurnTests.taking(
            ReferralTurnTests.command(.breakPromise(of: nil, nextPromise: ReferralTurnTests.later)), working)
        #expect(
            kinds == [.promiseBroken, .promiseMade]
                && broken.promises[ReferralTurnTests.lead]?.due == ReferralTurnTests.later)
        #expect(throws: ReferralRefusal.promiseNotDue) {
            try working.decide(ReferralTurnTests.command(.breakPromise(of: nil, nextPromise: nil), by: nil, on: due))
        }
        let (found, byCentre) = try ReferralTurnTests.taking(
            ReferralTurnTests.command(.breakPromise(of: nil, nextPromise: nil), by: nil, on: due.next), working)
        #expect(byCentre == [.promiseBroken] && found.promises[ReferralTurnTests.lead]?.state == .broken)
        #expect(throws: ReferralRefusal.noPromise) {
            try ReferralTurnTests.after("received").decide(ReferralTurnTests.command(.keepPromise))
        }
    }
}
