import EventSourcing
import Foundation
import HTTPTypes
import HubServer
import NIOConcurrencyHelpers
import Testing

/// The client of the command line, against a real server that is no hub.
@Suite struct HubClientTests {
    @Test func `a request that is cancelled as it is answered ends`() async throws {
        try await LocalReceiver.answering(.ok) { base, _ in
            let client = HubClient(base: base, token: "t")
            try await LocalReceiver.cancelledInFlight(rounds: 200) {
                _ = try await client.send("POST", "/hook", headers: [:], body: Data("{}".utf8))
            }
        }
    }

    @Test func `a redirect is told and not followed, so that the token goes nowhere else`() async throws {
        try await LocalReceiver.answering(.temporaryRedirect) { base, got in
            let client = HubClient(base: base, token: "t")
            let answer = try await client.send("POST", "/hook", headers: [:], body: Data("{}".utf8))
            #expect(answer.status == 307 && answer.headers["location"] == "/elsewhere")
            #expect(got.withLockedValue { $0.map { $0.headers["authorization"] } } == ["Bearer t"])
        }
    }

    @Test(arguments: ["", "127.0.0.1:8080", "ftp://127.0.0.1", "http://", "/v1", "http:// x"])
    func `an address that is none is refused before anything is sent`(base: String) async throws {
        let client = HubClient(base: base, token: "t")
        await #expect {
            _ = try await client.send("GET", "/v1/log/head", headers: [:], body: nil)
        } throws: {
            ($0 as? CommandFailure)?.code == "hub.address"
        }
    }

    @Test func `a port where nobody listens is exit 69 with what to do`() async throws {
        // Port 1 of the loopback belongs to nobody; only root could listen there.
        let client = HubClient(base: "http://127.0.0.1:1", token: "t")
        await #expect {
            _ = try await client.get("/v1/log/head")
        } throws: {
            let failure = $0 as? CommandFailure
            return failure?.code == "hub.unreachable" && failure?.remedy.isEmpty == false
        }
    }
}
