import Casework
import EventSourcing
import HubTesting
import RuleBook
import Testing

@Suite struct HelpRequestTests {
    private static func request(
        _ reporter: ReporterKind = .socialOrganisation, by department: DepartmentCode? = Fixture.jijinhui
    ) -> HelpRequestEvent.Recorded {
        .init(
            request: Fixture.id(1), number: EntityNumber("DY23-Q00001") ?? Fixture.number,
            channel: .socialOrganisation, reporter: reporter, reporterDepartment: department, town: Fixture.town)
    }

    private let recorded = CaseworkEvent.request(.recorded(request()))

    private func record(_ request: HelpRequestEvent.Recorded) -> HelpRequestCommand {
        .record(request, reporter: request.reporterDepartment.flatMap { Fixture.rules.department($0) }, sealed: [])
    }

    private func close(_ outcome: RequestOutcome, _ caseFile: CaseID? = nil) -> HelpRequestCommand {
        .close(outcome, caseFile: caseFile, sealed: [])
    }

    @Test func `the reporting body learns the reference and nothing else`() throws {
        let decided = try HelpRequest().decide(record(Self.request()))
        #expect(decided.map(\.disclosure.groups) == [[Fixture.jijinhui: [DisclosedGroup(.reference)]]])
        let shown = HubEvent.fieldGroups(of: .casework(.request(.recorded)))
        #expect(shown["subject"] == .identity)
    }

    @Test func `a body that reports is named, registered and no court`() {
        expect(HelpRequest.self, when: record(Self.request(by: nil)), refuses: .reporterMissing)
        expect(
            HelpRequest.self, when: .record(Self.request(), reporter: nil, sealed: []), refuses: .unknownReporter)
        expect(
            HelpRequest.self, when: record(Self.request(.department, by: Fixture.fayuan)), refuses: .judicialReporter)
    }

    @Test func `a request recorded once is not recorded as something else`() {
        expect(HelpRequest.self, given: [recorded], when: record(Self.request()), then: [])
        expect(
            HelpRequest.self, given: [recorded], when: record(Self.request(.neighbour, by: nil)),
            refuses: .alreadyRecorded)
    }

    @Test func `what closes a request is its event alone`() throws {
        let decided = try HelpRequest(replaying: [recorded]).decide(close(.notNeeded))
        #expect(decided.map(\.event.stored.kind.rawValue) == ["HelpRequestClosed"])
    }

    @Test func `a request ends once, by an application or without`() {
        let closed = CaseworkEvent.request(.closed(.init(request: Fixture.id(1), outcome: .notNeeded)))
        expect(HelpRequest.self, given: [recorded], when: close(.notNeeded), then: [closed])
        expect(HelpRequest.self, given: [recorded, closed], when: close(.notNeeded), then: [])
        expect(HelpRequest.self, given: [recorded, closed], when: close(.unreachable), refuses: .hasEnded)
        let applied = CaseworkEvent.caseFile(
            .applicationSubmitted(
                .init(
                    caseFile: Fixture.id(2), channel: .station, town: Fixture.town, applicant: Fixture.id(3),
                    locationProtected: false, request: Fixture.id(1))))
        expect(HelpRequest.self, given: [recorded, applied], when: close(.notNeeded), refuses: .hasEnded)
        expect(HelpRequest.self, given: [recorded], when: close(.joinedOpenCase), refuses: .caseMissing)
        expect(HelpRequest.self, when: close(.notNeeded), refuses: .unknown)
    }
}
