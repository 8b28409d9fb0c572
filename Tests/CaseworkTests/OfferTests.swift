import Casework
import EventSourcing
import HubTesting
import Testing

@Suite struct OfferTests {
    private let sent: [ReferralEvent] = [
        .drafted(ReferralTests.drafted(.offer)), .dispatched(ReferralTests.dispatched(.offer)),
        .disclosureGranted(
            .init(
                referral: ReferralTests.referral, caseFile: ReferralTests.caseFile, department: Fixture.jijinhui,
                groups: [DisclosedGroup(.alias, of: ReferralTests.woman)], basis: "慈善法", purpose: "陪伴")),
    ]
    private let accept = ReferralCommand.Act.accept(
        handlingPost: Fixture.post("jijinhui/care"), nextPromise: nil, SealedIndex())

    private func command(_ act: ReferralCommand.Act) -> ReferralCommand {
        ReferralCommand(act, by: Fixture.jijinhui, on: ReferralTests.monday)
    }

    @Test func `an offer is accepted straight from dispatched, and only then the slice is released`() throws {
        let decided = try Referral(replaying: sent).decide(command(accept))
        #expect(decided.map(\.event.stored.kind) == [.accepted, .sliceReleased])
        #expect(decided.allSatisfy { $0.disclosure.audience == [Fixture.jijinhui] })
    }

    @Test func `T06: a decline, and with it the right to read what never was released, is all that is decided`() throws
    {
        let decided = try Referral(replaying: sent).decide(command(.decline(.noCapacity)))
        #expect(decided.map(\.event.stored.kind.rawValue) == ["ReferralDeclined", "DisclosureEnded"])
    }

    @Test func `a voluntary body may decline, once and for all`() {
        let declined = ReferralEvent.declined(
            .init(
                referral: ReferralTests.referral, caseFile: ReferralTests.caseFile, department: Fixture.jijinhui,
                reason: .noCapacity))
        let ended = ReferralEvent.disclosureEnded(
            .init(
                referral: ReferralTests.referral, caseFile: ReferralTests.caseFile, department: Fixture.jijinhui,
                reason: .declined))
        expect(Referral.self, given: sent, when: command(.decline(.noCapacity)), then: [declined, ended])
        expect(Referral.self, given: sent + [declined], when: command(.decline(.noCapacity)), then: [])
        expect(Referral.self, given: sent + [declined], when: command(accept), refuses: .hasEnded)
    }

    @Test func `an offer is neither received nor returned`() {
        expect(Referral.self, given: sent, when: command(.receive(SealedIndex())), refuses: .offerIsAnswered)
        expect(
            Referral.self, given: sent, when: command(ReferralTests.askReturn), refuses: .offerCannotBeReturned)
    }

    @Test func `what was accepted cannot be declined any more`() {
        let taken = ReferralEvent.accepted(
            .init(
                referral: ReferralTests.referral, caseFile: ReferralTests.caseFile, department: Fixture.jijinhui,
                handlingPost: Fixture.post("jijinhui/care")))
        expect(Referral.self, given: sent + [taken], when: command(.decline(.noCapacity)), refuses: .alreadyAccepted)
    }
}
