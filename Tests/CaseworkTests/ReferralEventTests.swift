import Casework
import EventSourcing
import HubTesting
import Testing
import WorkingCalendar

/// Each act upon a referral decides the event that is named for it, first of whatever goes with it.
@Suite struct ReferralEventTests {
    private static let promise = Fixture.day("2023-08-30")

    private static func act(_ name: String) -> ReferralCommand? {
        func by(_ department: DepartmentCode?, _ act: ReferralCommand.Act) -> ReferralCommand {
            ReferralCommand(act, by: department, isSupervisor: department == nil, on: ReferralTests.monday)
        }
        let lead = ReferralTests.lead
        return switch name {
        case "void": by(nil, .void(.enteredInError))
        case "receive": by(lead, .receive(SealedIndex()))
        case "requestReturn": by(lead, ReferralTests.askReturn)
        case "approveReturn": by(nil, ReferralTests.approve)
        case "start": by(lead, .start)
        case "report": by(lead, .report(.visited, nextPromise: promise, attachments: []))
        case "assign": by(lead, .assign(Fixture.post("fulian/head"), nextPromise: promise))
        case "fail": by(lead, ReferralTests.fail)
        case "acceptCompletion": by(nil, .acceptCompletion)
        case "reopen": by(nil, .reopen(.appeal, limit: nil, isInWindow: true, SealedIndex()))
        case "requestTermination": by(lead, .requestTermination(.legalObstacle))
        case "approveTermination": by(nil, .approveTermination(clause: "办法", told: .post))
        case "refuseTermination": by(nil, .refuseTermination(clause: "办法"))
        case "requestCancellation": by(nil, .requestCancellation(.solvedElsewhere, ofMinor: false))
        case "withdrawCancellation": by(nil, .withdrawCancellation)
        default: nil
        }
    }

    @Test(arguments: [
        ("drafted", "void", "ReferralVoided"), ("dispatched", "receive", "ReferralReceived"),
        ("dispatched", "requestReturn", "ReturnRequested"), ("returnRequested", "approveReturn", "ReturnApproved"),
        ("accepted", "start", "HandlingStarted"), ("inProgress", "report", "ProgressReported"),
        ("inProgress", "assign", "HandlerAssigned"), ("inProgress", "fail", "ReferralFailed"),
        ("completed", "acceptCompletion", "CompletionAcceptedByCentre"), ("closed", "reopen", "ReferralReopened"),
        ("inProgress", "requestTermination", "TerminationRequested"),
        ("inProgress", "requestCancellation", "CancellationRequested"),
    ])
    func `an act decides its event`(stage: String, name: String, type: String) throws {
        let command = try #require(Self.act(name))
        let decided = try Referral(replaying: ReferralTests.history(stage)).decide(command)
        #expect(decided.first?.event.stored.kind.rawValue == type)
    }

    @Test(arguments: [
        ("approveTermination", "TerminationApproved"), ("refuseTermination", "TerminationRefused"),
    ])
    func `T20, T21: the centre rules on a request to end`(name: String, type: String) throws {
        let command = try #require(Self.act(name))
        let asked = ReferralTurnTests.after("inProgress", ReferralTurnTests.terminationAsked)
        #expect(try asked.decide(command).map(\.event.stored.kind.rawValue) == [type])
    }

    @Test func `T29: a request to stop is taken back by its own event`() throws {
        let asked = ReferralTurnTests.after("inProgress", ReferralTurnTests.cancellationAsked)
        let command = try #require(Self.act("withdrawCancellation"))
        #expect(try asked.decide(command).map(\.event.stored.kind.rawValue) == ["CancellationWithdrawn"])
    }
}
