import Casework
import Deadlines
import EventSourcing
import HubTesting
import Testing
import WorkingCalendar

/// Random walks against the state diagram of `reference/product.md` §4.6, written out here a second time.
@Suite struct ReferralModelTests {
    /// The diagram as a person reads it: from, act, to.
    ///
    /// Guards that need more than the state are in ``Memory``.
    private static let diagram: [(String, String, String)] = [
        ("drafted", "dispatch", "dispatched"), ("drafted", "void", "voided"),
        ("dispatched", "receive", "received"), ("received", "accept", "accepted"),
        ("dispatched", "requestReturn", "returnRequested"), ("received", "requestReturn", "returnRequested"),
        ("accepted", "requestLateReturn", "returnRequested"),
        ("returnRequested", "approveReturn", "returned"), ("returnRequested", "refuseReturn", "back"),
        ("dispatched", "redirect", "redirected"), ("received", "redirect", "redirected"),
        ("inProgress", "requestRedirect", "inProgress"), ("inProgress", "redirect", "redirected"),
        ("accepted", "start", "inProgress"), ("inProgress", "report", "inProgress"),
        ("inProgress", "hold", "onHold"), ("onHold", "resume", "inProgress"),
        ("inProgress", "complete", "completed"), ("cancellationRequested", "complete", "completed"),
        ("inProgress", "fail", "failed"), ("onHold", "fail", "failed"),
        ("inProgress", "requestTermination", "terminationRequested"),
        ("terminationRequested", "approveTermination", "failed"),
        ("terminationRequested", "refuseTermination", "inProgress"),
        ("dispatched", "cancel", "cancelled"), ("received", "requestCancellation", "cancellationRequested"),
        ("accepted", "requestCancellation", "cancellationRequested"),
        ("inProgress", "requestCancellation", "cancellationRequested"),
        ("onHold", "requestCancellation", "cancellationRequested"),
        ("cancellationRequested", "confirmCancellation", "cancelled"),
        ("cancellationRequested", "withdrawCancellation", "back"),
        ("completed", "rework", "inProgress"), ("completed", "acceptCompletion", "closed"),
        ("failed", "acceptCompletion", "closed"), ("closed", "reopen", "inProgress"),
    ]

    private static let day = ReferralTests.monday
    private static let promise = Fixture.day("2023-08-30")

    /// The acts by the diagram's words, each so that only state and memory can refuse it.
    private static let acts: [(name: String, command: ReferralCommand)] = {
        func by(_ department: DepartmentCode?, _ act: ReferralCommand.Act) -> ReferralCommand {
            ReferralCommand(act, by: department, isSupervisor: department == nil, on: day)
        }
        let lead = ReferralTests.lead
        return [
            ("dispatch", by(nil, .dispatch(ReferralTests.dispatched(), grants: [:]))),
            ("void", by(nil, .void(.solvedElsewhere))), ("receive", by(lead, .receive(SealedIndex()))),
            ("accept", by(lead, ReferralTests.accept)), ("requestReturn", by(lead, ReferralTests.askReturn)),
            (
                "requestLateReturn",
                by(
                    lead,
                    .requestReturn(
                        .wrongArea, clause: "三定方案", proposed: nil, newFact: .personMoved, isLapsed: true, byHead: true))
            ),
            ("approveReturn", by(nil, ReferralTests.approve)), ("refuseReturn", by(nil, ReferralTests.refuse)),
            (
                "redirect",
                by(nil, .redirect(.otherArea, clause: "三定方案", successor: Fixture.id(7), round: 2, isResolved: false))
            ),
            ("requestRedirect", by(lead, .requestRedirect(.personMoved, proposed: nil))),
            ("start", by(lead, .start)), ("report", by(lead, .report(.visited, nextPromise: promise, attachments: []))),
            ("hold", by(lead, .hold(.awaitingThirdParty, reviewOn: promise, byHead: true))),
            ("resume", by(lead, .resume(nextPromise: promise))), ("complete", by(lead, ReferralTests.complete)),
            ("fail", by(lead, ReferralTests.fail)), ("requestTermination", by(lead, .requestTermination(.movedAway))),
            ("approveTermination", by(nil, .approveTermination(clause: "办法", told: .post))),
            ("refuseTermination", by(nil, .refuseTermination(clause: "办法"))),
            ("cancel", by(nil, .cancel(.duplicate, ofMinor: false))),
            ("requestCancellation", by(nil, .requestCancellation(.duplicate, ofMinor: false))),
            ("confirmCancellation", by(lead, .confirmCancellation(hasWaited: false, ofMinor: false))),
            ("withdrawCancellation", by(nil, .withdrawCancellation)),
            ("rework", by(nil, .rework(.incomplete, limit: .workingDays(5)))),
            ("acceptCompletion", by(nil, .acceptCompletion)),
            ("reopen", by(nil, .reopen(.appeal, limit: nil, isInWindow: false, SealedIndex()))),
        ]
    }()

    /// What the guards remember beside the state.
    private struct Memory {
        var state = "drafted"
        var before = "dispatched"
        var hasReturned = false
        var isRedirectAsked = false

        /// Where an act leads; nothing when the diagram or a guard forbids it.
        func target(of act: String) -> String? {
            guard let edge = ReferralModelTests.diagram.first(where: { $0.0 == state && $0.1 == act }) else {
                return nil
            }
            switch act {
            case "requestReturn", "requestLateReturn": if hasReturned { return nil }
            case "redirect": if state == "inProgress", !isRedirectAsked { return nil }
            default: break
            }
            return edge.2 == "back" ? before : edge.2
        }

        mutating func take(_ act: String, to target: String) {
            switch act {
            case "requestReturn", "requestLateReturn":
                hasReturned = true
                before = state
            case "requestCancellation": before = state
            case "requestRedirect": isRedirectAsked = true
            case "rework", "reopen":
                hasReturned = false
                isRedirectAsked = false
            default: break
            }
            state = target
        }
    }

    @Test func `T01 to T29: a random walk goes exactly where the diagram goes`() throws {
        var generator = SeededGenerator.printed()
        var walked: Set<String> = []
        for _ in 0..<400 {
            var live = Referral(replaying: [.drafted(ReferralTests.drafted())])
            var history: [ReferralEvent] = [.drafted(ReferralTests.drafted())]
            var model = Memory()
            for _ in 0..<120 {
                // Half of the acts are possible ones, and ends are taken rarely, so that walks are long.
                let possible = Self.acts.filter { model.target(of: $0.name) != nil }
                let choice = Bool.random(using: &generator) && !possible.isEmpty ? possible : Self.acts
                let (name, command) = try #require(choice.randomElement(using: &generator))
                let target = model.target(of: name)
                let isEnd = ["voided", "cancelled", "redirected", "returned"].contains(target)
                if isEnd, Int.random(in: 0..<12, using: &generator) > 0 { continue }
                let decided = try? live.decide(command)
                guard let target else {
                    #expect(decided?.isEmpty != false, "seed \(generator.seed): \(name) in \(model.state)")
                    continue
                }
                let events = try #require(decided, "seed \(generator.seed): \(name) in \(model.state) is refused")
                for one in events {
                    live.evolve(with: one.event)
                    history.append(one.event)
                }
                walked.insert("\(model.state) \(name)")
                model.take(name, to: target)
                #expect(
                    live.stage.state?.rawValue == model.state, "seed \(generator.seed): \(name) leads to \(model.state)"
                )
            }
            let replayed = Referral(replaying: history)
            #expect(replayed.stage == live.stage && replayed.cycle == live.cycle)
            #expect(replayed.promises == live.promises)
        }
        let edges = Set(Self.diagram.map { "\($0.0) \($0.1)" })
        #expect(walked == edges, "every edge is walked: \(edges.subtracting(walked).sorted())")
    }

    @Test func `the table that explains refusals is the diagram`() {
        let words: [ReferralTransition: [String]] = [
            .redirectAsked: ["requestRedirect", "redirect"], .goOn: ["report"], .failFromHold: ["fail"],
            .overtakeCancellation: ["complete"], .decline: [],
        ]
        func names(_ transition: ReferralTransition) -> [String] { words[transition] ?? ["\(transition)"] }
        var table: Set<String> = []
        for transition in ReferralTransition.allCases {
            for state in ReferralState.allCases where transition.isPossible(in: state, offer: false) {
                for name in names(transition) { table.insert("\(state.rawValue) \(name)") }
            }
        }
        #expect(table == Set(Self.diagram.map { "\($0.0) \($0.1)" }))
    }
}
