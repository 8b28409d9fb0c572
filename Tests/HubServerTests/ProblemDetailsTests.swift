import CaseDesk
import EventSourcing
import Foundation
import HTTPTypes
import HubServer
import HubTesting
import Hummingbird
import KeyStore
import Testing

@testable import HubAPI

/// What a problem document says, and problems a client cannot be made to cause over a whole connection.
@Suite struct ProblemDetailsTests {
    private func json(_ problem: ProblemDetails) throws -> JSONValue {
        try EventJSON.decode(JSONValue.self, from: problem.json(requestID: "r"))
    }

    @Test func `what is allowed instead is a member of its own, and absent where nothing is`() throws {
        let told = DeskError(
            .refused, code: "referral.notAccepted", chinese: "尚未受理。", english: "Not accepted yet.", remedy: "…",
            allowed: ["AcceptReferral", "RequestReturn"])
        #expect(try json(ProblemDetails(told))["allowed"] == ["AcceptReferral", "RequestReturn"])
        #expect(try json(.notFound)["allowed"] == nil)
    }

    @Test func `what the HTTP library does not take is the sender's, what it cannot do is not`() {
        #expect(ProblemDetails(clientError: .expectationFailed)?.code == "badRequest")
        #expect(ProblemDetails(clientError: .contentTooLarge)?.code == "bodyTooLarge")
        #expect(ProblemDetails(clientError: .serviceUnavailable) == nil)
    }

    @Test func `a body that breaks off is told as incomplete`() async throws {
        struct BrokenOff: Error {}
        try await APIFixture.serve { hub async throws in
            let (bytes, rest) = AsyncThrowingStream.makeStream(of: ByteBuffer.self)
            rest.yield(ByteBuffer(string: "{\"open\":"))
            rest.finish(throwing: BrokenOff())
            let request = Request(
                head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/v1/find"),
                body: RequestBody(asyncSequence: bytes))
            let error = await #expect(throws: ProblemDetails.self) {
                _ = try await HubAPI(desk: hub.desk, access: .api).collectBody(request)
            }
            #expect(error?.code == "bodyIncomplete" && error?.status == .badRequest)
        }
    }

    @Test func `an identity number that cannot be is told, and not repeated`() throws {
        let folder = NSTemporaryDirectory() + "onedoor-keys-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var generator = SeededGenerator(seed: 11)
        let keys = HubKeys(try KeyStore.create(in: folder, logID: generator.uniqueID()))
        let error = #expect(throws: DeskError.self) {
            _ = try keys.admitPerson(
                identity: ["name": "张小力", "idNumber": "321181198603050021"], proposed: generator.id())
        }
        #expect(error?.code == "person.idNumber" && error?.field == "sealed.identity.value.idNumber")
        #expect(error.map { "\($0)".contains("321181") } == false)
    }
}
