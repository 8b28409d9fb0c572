import CaseViews
import Casework
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import RuleBook
import Testing

@testable import CaseDesk

/// What the desk itself refuses, each brought about.
@Suite struct DeskRefusalTests {
    private func code(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? DeskError)?.code
        }
    }

    // MARK: Files

    private static let paper = Data("%PDF-1.7 病历".utf8)

    private func stored(_ bench: DeskBench) async throws -> (file: UniqueID, person: PersonReference, case: CaseID) {
        let person = try await bench.registerPerson()
        let (caseFile, _) = try await bench.openCase(of: person)
        let id = bench.newID()
        _ = try await AttachmentDesk(bench.desk).store(
            Self.paper, named: nil, of: person, in: caseFile, by: bench.principal(.station), id: id)
        return (id, person, caseFile)
    }

    @Test(arguments: [
        (Data(), "attachment.size"), (paper + Data(count: AttachmentDesk.largest), "attachment.size"),
        (Data("hello".utf8), "attachment.type"),
    ])
    func `a file is of a size and a kind the hub keeps`(content: Data, expected: String) async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (caseFile, _) = try await bench.openCase(of: person)
        let refusal = await code {
            _ = try await AttachmentDesk(bench.desk).store(
                content, named: nil, of: person, in: caseFile, by: bench.principal(.station), id: bench.newID())
        }
        #expect(refusal == expected)
    }

    @Test(arguments: [
        (AttachmentStoreError.full, "attachment.full", DeskError.Kind.full), (.none, "attachment.store", .unavailable),
        (.failed(5), "attachment.store", .unavailable),
    ])
    func `a store that fails says which way, and nothing is recorded`(
        failure: AttachmentStoreError, expected: String, kind: DeskError.Kind
    ) async throws {
        let bench = try await DeskBench()
        let person = try await bench.registerPerson()
        let (caseFile, _) = try await bench.openCase(of: person)
        let before = try await bench.position
        bench.attachments.fail(with: failure)
        let error = await #expect(throws: DeskError.self) {
            _ = try await AttachmentDesk(bench.desk).store(
                Self.paper, named: nil, of: person, in: caseFile, by: bench.principal(.station), id: bench.newID())
        }
        #expect(error?.code == expected && error?.kind == kind)
        #expect(try await bench.position == before)
    }

    @Test func `a file that is gone, altered or of somebody erased is told apart`() async throws {
        let bench = try await DeskBench()
        let (file, person, caseFile) = try await stored(bench)
        func open() async -> String? {
            await code {
                _ = try await AttachmentDesk(bench.desk).open(
                    file, of: person, in: caseFile, purpose: .handling, by: bench.principal(.dispatcher),
                    id: bench.newID())
            }
        }
        #expect(await open() == nil)
        let sealed = try #require(bench.attachments.stored[file])
        try bench.attachments.put(sealed.dropLast() + [sealed[sealed.count - 1] ^ 1], as: file)
        #expect(await open() == "attachment.damaged")
        try bench.attachments.remove(file)
        #expect(await open() == "attachment.missing")
        try bench.attachments.put(sealed, as: file)
        bench.keys.persons.erase(person)
        #expect(await open() == "attachment.erased")
    }

    // MARK: Stores that fail

    @Test func `views that cannot be read are told as that`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let refusal = await code {
            _ = try await bench.desk.viewed { () async throws(ViewStoreError) -> Int in throw .storage("disk") }
        }
        #expect(refusal == "views.unavailable")
    }

    @Test(arguments: [
        (EventLogError.Code.full, "log.full"), (.expired, "log.expired"), (.busy, "log.busy"),
        (.invalidAppend, "log.tooLarge"),
    ])
    func `a log that does not take an append says why`(failure: EventLogError.Code, expected: String) async throws {
        let bench = try await DeskBench(hasRules: false)
        bench.log.failAppends([failure])
        #expect(await bench.refusal(of: try bench.registration())?.code == expected)
    }

    @Test func `keys that cannot be used are told as that`() async throws {
        let bench = try await DeskBench()
        let receipt = try await bench.desk.perform(bench.registration())
        let event = try #require(try await bench.events(of: receipt).first)
        #expect(try await bench.desk.open(1, at: event.position) != nil)
        // As after a restore of another hub's key file.
        bench.keys.persons.add(try receipt.person())
        let refusal = await code { _ = try await bench.desk.open(1, at: event.position) }
        #expect(refusal == "keys.unavailable")
    }

    // MARK: Commands

    /// A command whose fields cannot be written, which only a mistake of ours can make.
    private struct Unwritable: HubCommand {
        static let name = "Unwritable"
        static let subjectKind = SubjectKind.none
        static let action = Action.registerPeople

        func boundary(_ context: CommandContext) -> EventQuery { .all }
        func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
            []
        }
        func encode(to encoder: any Encoder) throws {
            throw EncodingError.invalidValue(self, .init(codingPath: [], debugDescription: "cannot be written"))
        }
    }

    @Test func `what cannot be written becomes no half event`() async throws {
        let bench = try await DeskBench(hasRules: false)
        let refusal = await code {
            _ = try await bench.desk.record(
                Unwritable(), on: .none, by: bench.principal(.station), id: bench.newID(), bytes: Data())
        }
        #expect(refusal == "desk.encoding")
        #expect(try await bench.position == .start)
    }

    @Test func `an illegal transition names the commands that are allowed`() async throws {
        let bench = try await DeskBench()
        let (_, referral) = try await bench.dispatchReferral(of: try await bench.registerPerson())
        let refusal = await bench.refusal(
            of: try bench.request(StartHandling(), on: .referral(referral), by: bench.handler(of: DeskBench.jiaoyu)))
        #expect(refusal?.code == "referral.notAccepted")
        #expect(refusal?.allowed.contains("ReceiveReferral") == true)
        #expect(refusal?.allowed.contains("StartHandling") == false)
    }

    @Test func `a signed command that concerns nobody cannot keep its signed text`() async throws {
        let bench = try await DeskBench()
        let before = try await bench.position
        let plain = try bench.request(
            RegisterDepartmentKeys(
                keys: bench.publicKeys(
                    of: DeskBench.jiaoyu, .init(account: AccountID(bench.newID())))), by: bench.principal(.operator))
        let signed = CommandRequest(
            id: plain.id, type: plain.type, subject: plain.subject, body: plain.body, bytes: plain.bytes,
            principal: plain.principal, channel: "feed",
            signature: CommandSignature(
                metadata: .init(key: "", head: "", commitment: "", sig: ""), saltAndPayload: Data(count: 16)))
        #expect(await bench.refusal(of: signed)?.code == "command.noPerson")
        #expect(try await bench.position == before)
    }
}
