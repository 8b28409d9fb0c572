import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing
import WorkingCalendar

/// Any order of acts by anybody: refused or recorded, never a state that a replay does not give.
@Suite struct RandomHistoryTests {
    private static let departments = [ReferralTests.lead, ReferralTests.helper, Fixture.jijinhui, Fixture.jiaoyu]

    private static func act(_ generator: inout SeededGenerator, offer: Bool) -> ReferralCommand {
        let kind: ReferralKind = offer ? .offer : .referral
        let post = offer ? "jijinhui/care" : "fulian/rights"
        let acts: [ReferralCommand.Act] = [
            .draft(ReferralTests.drafted(kind)), .void(.solvedElsewhere),
            .dispatch(ReferralTests.dispatched(kind), grants: [:]), .receive(SealedIndex()),
            .accept(handlingPost: Fixture.post(post), nextPromise: Fixture.day("2023-08-30"), SealedIndex()),
            .decline(.waitlist), ReferralTests.askReturn, ReferralTests.approve, ReferralTests.refuse, .start,
            .report(.visited, nextPromise: nil, attachments: []), .submitCoResult(.assisted, attachments: []),
            offer ? .complete(.serviceGiven, award: nil, excused: [], attachments: []) : ReferralTests.complete,
            ReferralTests.fail, .acceptCompletion,
        ]
        let centre = Int.random(in: 0..<3, using: &generator) == 0
        // Half of the departments' acts are the lead's, so that histories get to their ends.
        let lead = Bool.random(using: &generator) ? (offer ? Fixture.jijinhui : ReferralTests.lead) : nil
        return ReferralCommand(
            acts.randomElement(using: &generator) ?? .start,
            by: centre ? nil : lead ?? departments.randomElement(using: &generator), on: ReferralTests.monday)
    }

    @Test func `replay equals the live state and nothing accepted twice gives events`() throws {
        var generator = SeededGenerator.printed()
        var endings: Set<Referral.Stage> = []
        for round in 0..<120 {
            var live = Referral()
            var history: [ReferralEvent] = []
            var isOver = false
            for _ in 0..<300 {
                let command = Self.act(&generator, offer: round % 3 == 0)
                guard let decided = try? live.decide(command) else { continue }
                #expect(!isOver || decided.isEmpty, "terminal states are final")
                for one in decided {
                    live.evolve(with: one.event)
                    history.append(one.event)
                    #expect(one.tags.contains(.referral(ReferralTests.referral)))
                    #expect(one.tags.contains(.caseFile(ReferralTests.caseFile)))
                }
                let again = try live.decide(command)
                #expect(again.isEmpty, "seed \(generator.seed): \(command.act) twice")
                isOver = live.stage.isTerminal
            }
            endings.insert(live.stage)
            let replayed = Referral(replaying: history)
            #expect(replayed.stage == live.stage)
            #expect(replayed.coHandling == live.coHandling)
            #expect(history.count { $0.stored.kind == .returnRequested } <= 1)
            #expect(history.count { $0.stored.kind == .accepted } <= 1)
        }
        #expect(endings.contains(.closed) && endings.contains(.returned) && endings.contains(.declined))
    }
}
