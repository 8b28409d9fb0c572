import Casework
import Deadlines
import EventSourcing
import HubTesting
import Testing

/// The delivered flag (`reference/product.md` §4.6, the row without a number).
@Suite struct ReferralDeliveryTests {
    private typealias Turn = ReferralTurnTests

    @Test func `T01: each department's own system says once that the referral arrived, and no state moves`() throws {
        let sent = Turn.after("dispatched")
        let (byLead, kinds) = try Turn.taking(Turn.command(.deliver), sent)
        #expect(kinds == [.delivered])
        #expect(byLead.stage == sent.stage && byLead.promises == sent.promises)
        let (both, helpers) = try Turn.taking(Turn.command(.deliver, by: Turn.helper), byLead)
        #expect(helpers == [.delivered], "a co-handler's system is another one")
        #expect(both.stage == .dispatched)
        #expect(throws: Never.self, "receipt stays to be signed") {
            try both.decide(Turn.command(.receive(SealedIndex())))
        }
    }

    @Test func `T26: a rework arrives anew, once in its own cycle`() throws {
        let (once, _) = try Turn.taking(Turn.command(.deliver), Turn.after("completed"))
        let (again, _) = try Turn.taking(
            Turn.command(.rework(.incomplete, limit: .workingDays(5)), by: nil), once)
        let decided = try again.decide(Turn.command(.deliver))
        guard case .delivered(let delivered)? = decided.first?.event else {
            Issue.record("nothing was delivered")
            return
        }
        #expect(delivered.cycle == 2 && delivered.department == Turn.lead)
        #expect(decided.first?.disclosure.groups == [Turn.lead: [DisclosedGroup(.reference)]])
    }

    @Test func `a delivery to nobody, of a draft, or said by the centre or another department is refused`() throws {
        #expect(throws: ReferralRefusal.unknown) { try Turn.after("none").decide(Turn.command(.deliver)) }
        #expect(throws: ReferralRefusal.notDispatched) { try Turn.after("drafted").decide(Turn.command(.deliver)) }
        #expect(throws: ReferralRefusal.notDispatched) { try Turn.after("voided").decide(Turn.command(.deliver)) }
        for other in [nil, Fixture.minzheng] {
            #expect(throws: ReferralRefusal.addressedElsewhere) {
                try Turn.after("dispatched").decide(Turn.command(.deliver, by: other))
            }
        }
    }

    @Test func `T01: the flag is taken in every state after dispatch, moves none, and what has ended needs none`()
        throws
    {
        let refused: [String: ReferralRefusal] = [
            "none": .unknown, "drafted": .notDispatched, "voided": .notDispatched,
        ]
        let over: Set<String> = ["returned", "closed"]
        for (stage, history) in ReferralTests.histories {
            let before = Referral(replaying: history)
            if let refusal = refused[stage] {
                #expect(throws: refusal, "\(stage)") { try before.decide(Turn.command(.deliver)) }
            } else {
                let (after, kinds) = try Turn.taking(Turn.command(.deliver), before)
                #expect(kinds == (over.contains(stage) ? [] : [.delivered]), "\(stage)")
                #expect(after.stage == before.stage, "\(stage)")
            }
        }
    }
}
