import CaseDesk
import EventSourcing
import Foundation
import HubServer
import RuleBook
import Testing

/// The desk's routes: find, open, files, worklists of posts.
@Suite struct APIDeskTests {
    private static let key = [
        "Content-Type": "application/json", "Idempotency-Key": "01890a5d-ac96-774b-bcce-b302099a8057",
    ]

    @Test func `an identity number is asked for in the body, and a wrong one is told by field`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let body = Data(#"{"idNumber":"321181198603050021"}"#.utf8)
            let answer = try await hub.send("POST", "/v1/find", as: .station, headers: Self.key, body: body)
            #expect(answer.status == 422 && answer.json["field"] == .string("idNumber"))
            #expect(!answer.text.contains("321181"), "what was sent is not repeated")
            #expect(try await hub.get("/v1/find?idNumber=1", as: .station).status == 405)
            let number = Data(#"{"number":"DY23-00001"}"#.utf8)
            let found = try await hub.send("POST", "/v1/find", as: .station, headers: Self.key, body: number)
            #expect(found.status == 200 && found.text.contains("DY23-00001"))
            #expect(!hub.journal.messages.joined().contains("321181"))
        }
    }

    @Test func `the status of a case is asked in the body, and an answer names nobody`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let wrong = Data(#"{"idNumber":"321181198603050021"}"#.utf8)
            let refused = try await hub.send("POST", "/v1/status", as: .station, headers: Self.key, body: wrong)
            #expect(refused.status == 422 && !refused.text.contains("321181"))
            let nobody = Data(#"{"receipt":"7KQ3-M9TD"}"#.utf8)
            let answer = try await hub.send("POST", "/v1/status", as: .station, headers: Self.key, body: nobody)
            #expect(answer.status == 200 && answer.json["cases"] == .array([]))
            for role in [Role.village, .department, .auditor] {
                #expect(
                    try await hub.send("POST", "/v1/status", as: role, headers: Self.key, body: nobody).status == 403)
            }
        }
    }

    @Test func `opening without a command id, a purpose or a case of one's own is refused`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let body = Data(#"{"groups":["identity"],"purpose":"handling"}"#.utf8)
            let path = "/v1/cases/DY23-00001/reveal"
            let json = ["Content-Type": "application/json"]
            let unnamed = try await hub.send("POST", path, as: .station, headers: json, body: body)
            #expect(unnamed.status == 400 && unnamed.code == "missingIdempotencyKey")
            let aimless = try await hub.send(
                "POST", path, as: .station, headers: Self.key, body: Data(#"{"groups":["identity"]}"#.utf8))
            #expect(aimless.status == 400)
            let foreign = try await hub.send(
                "POST", "/v1/cases/DY23-00002/reveal", as: .station, headers: Self.key, body: body)
            #expect(foreign.status == 404)
            #expect(try await hub.send("POST", path, as: .operator, headers: Self.key, body: body).status == 403)
        }
    }

    @Test func `a village point finds nothing it neither took in nor was given`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for path in ["", "/timeline", "/attachments"] {
                #expect(try await hub.get("/v1/cases/DY23-00001\(path)", as: .village).status == 404, "\(path)")
            }
            #expect(try await hub.get("/v1/cases", as: .village).json["rows"] == .array([]))
        }
    }

    @Test func `a department sees a case only by an emergency access, and lists none`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            #expect(try await hub.get("/v1/cases/DY23-00001", as: .department).status == 404)
            #expect(try await hub.get("/v1/cases", as: .department).status == 403)
        }
    }

    @Test func `§4.6: what has not arrived is listed for operations, without a case or a name`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let answer = try await hub.get("/v1/undelivered?minutes=0", as: .operator)
            #expect(answer.status == 200 && answer.json["minutes"] == .integer(0), "\(answer.text)")
            #expect(answer.json["referrals"] != nil && !answer.text.contains("caseNumber"))
            #expect(try await hub.get("/v1/undelivered", as: .operator).json["minutes"] == .integer(15))
            let wrong = try await hub.get("/v1/undelivered?minutes=10081", as: .operator)
            #expect(wrong.status == 400 && wrong.json["field"] == .string("minutes"), "\(wrong.text)")
            #expect(try await hub.get("/v1/undelivered", as: .department).status == 403)
        }
    }

    @Test func `a worklist of a post and the list of emergency accesses answer`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let list = try await hub.get("/v1/posts/minzheng/desk/worklist", as: .dispatcher)
            #expect(list.status == 200 && list.json["rows"] == .array([]))
            #expect(try await hub.get("/v1/posts/m/desk/worklist", as: .dispatcher).status == 404)
            let accesses = try await hub.get("/v1/emergency-accesses", as: .operator)
            #expect(accesses.status == 200 && accesses.json["accesses"] == .array([]))
            #expect(try await hub.get("/v1/emergency-accesses", as: .station).status == 403)
        }
    }

    @Test func `sealed files and messages lie in folders of the hub for the owner alone`() throws {
        let folder = NSTemporaryDirectory() + "onedoor-desk-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let id = try #require(UniqueID("01890a5d-ac96-774b-bcce-b302099a8057"))
        let files = SealedFolder(folder + "/attachments")
        #expect(try files.sealed(id) == nil)
        try files.put(Data("sealed".utf8), as: id)
        #expect(try files.sealed(id) == Data("sealed".utf8))
        try MessageSpool(folder + "/spool/sms").send(OutgoingMessage(id: id, to: "13900000001", text: "…"))
        for path in ["attachments/57/\(id)", "spool/sms/\(id).json"] {
            let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")[.posixPermissions]
            #expect(mode as? Int == 0o600, "\(path)")
        }
        try files.remove(id)
        try files.remove(id)
        #expect(try files.sealed(id) == nil)
    }
}
