import CaseDesk
import Casework
import EventSourcing
import Foundation
import HubAPI
import HubServer
import RuleBook
import Testing

@Suite struct APICommandTests {
    private static let body = """
        {"open":{"department":{"code":"qiaolian","version":1,"kind":"massOrganisation",
        "name":{"zh":"侨联","en":"Returned overseas Chinese"},
        "posts":[]}}}
        """
    private static let command = "RegisterDepartment"

    @Test func `a command is carried out once, whoever asks again`() async throws {
        try await APIFixture.serve { hub async throws in
            let before = try await hub.desk.log.head().position
            let first = try await hub.command(Self.command, Self.body, as: .operator)
            #expect(first.status == 200 || first.status == 201, "\(first.text)")
            let position = try await hub.desk.log.head().position
            #expect(position == before.next)
            #expect(first["onedoor-position"] == position.description)
            let again = try await hub.command(Self.command, Self.body, as: .operator)
            #expect(again.status == first.status)
            #expect(again.json["repeated"] == .bool(true))
            #expect(try await hub.desk.log.head().position == position)
            let departments = try await hub.get("/v1/departments", as: .operator)
            #expect(departments.text.contains("qiaolian"))
        }
    }

    @Test func `the same id with another body is refused and changes nothing`() async throws {
        try await APIFixture.serve { hub async throws in
            _ = try await hub.command(Self.command, Self.body, as: .operator)
            let head = try await hub.desk.log.head().position
            let other = try await hub.command(
                Self.command, Self.body.replacingOccurrences(of: "侨联", with: "工会"), as: .operator)
            #expect(other.status == 422 && other.code == "command.otherBody")
            #expect(other.json["field"] == .string("Idempotency-Key"))
            #expect(try await hub.desk.log.head().position == head)
        }
    }

    @Test(
        arguments: [
            ("", "body.malformedJSON"), ("{", "body.malformedJSON"), ("[]", nil),
            ("{\"open\":{},\"colour\":1}", "unknownField"),
            ("{}", "missingField"), ("{\"open\":{},\"occurredAt\":\"2023-02-30T00:00:00Z\"}", "invalidValue"),
            ("{\"open\":{},\"occurredAt\":5}", "wrongType"), ("{\"open\":{\"amount\":1.5}}", nil),
            ("{\"open\":{},\"sealed\":[{\"group\":\"secret\",\"value\":1}]}", "invalidValue"),
        ] as [(String, String?)])
    func `a body that does not read is refused with its field and a remedy`(body: String, code: String?) async throws {
        try await APIFixture.serve { hub async throws in
            let head = try await hub.desk.log.head().position
            let answer = try await hub.command(Self.command, body, as: .operator)
            #expect(answer.status == 400, "\(answer.text)")
            if let code { #expect(answer.code?.hasSuffix(code) == true, "\(answer.text)") }
            #expect(answer.json["remedy"]?.text?.isEmpty == false)
            #expect(try await hub.desk.log.head().position == head)
        }
    }

    @Test func `a time to come is refused`() async throws {
        try await APIFixture.serve { hub async throws in
            let body = Self.body.replacingOccurrences(
                of: "{\"open\"", with: "{\"occurredAt\":\"2023-09-07T00:00:00Z\",\"open\"")
            let answer = try await hub.command(Self.command, body, as: .operator)
            #expect(answer.status == 422 && answer.json["field"] == .string("occurredAt"))
        }
    }

    @Test func `every command needs a UUID of its own`() async throws {
        try await APIFixture.serve { hub async throws in
            for key in ["", "42", "01890a5d-ac96-774b-bcce-b302099a805"] {
                let answer = try await hub.command(
                    Self.command, Self.body, as: .operator, headers: ["Idempotency-Key": key])
                #expect(answer.status == 400 && answer.json["field"] == .string("Idempotency-Key"), "\(key)")
            }
            let none = try await hub.send(
                "POST", "/v1/commands/\(Self.command)", as: .operator, headers: ["Content-Type": "application/json"],
                body: Data(Self.body.utf8))
            #expect(none.code == "missingIdempotencyKey")
        }
    }

    @Test func `a body over 1 MiB is refused, one of 1 MiB is read`() async throws {
        try await APIFixture.serve { hub async throws in
            for (size, status, code) in [
                ((1 << 20) + 1, 413, "bodyTooLarge"), (1 << 20, 400, "body.malformedJSON"),
            ] {
                let body = String(repeating: " ", count: size)
                let answer = try await hub.command(Self.command, body, as: .operator)
                #expect(answer.status == status && answer.code == code)
            }
        }
    }

    @Test func `only JSON is read`() async throws {
        try await APIFixture.serve { hub async throws in
            for type in ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"] {
                let answer = try await hub.command(
                    Self.command, Self.body, as: .operator, headers: ["Content-Type": type])
                #expect(answer.status == 415 && answer.code == "unsupportedMediaType", "\(type)")
            }
        }
    }

    @Test func `unknown commands, unknown kinds and malformed ids are told apart`() async throws {
        try await APIFixture.serve { hub async throws in
            let unknown = try await hub.command("DeleteEverything", "{\"open\":{}}")
            #expect(unknown.status == 404 && unknown.code == "command.unknown")
            for subject in ["planet/\(FixedViews.caseID)", "case/42", "case/DY23-00001"] {
                let answer = try await hub.command("\(Self.command)/\(subject)", Self.body, as: .operator)
                #expect(answer.status == 400 && answer.json["field"] == .string("subject"), "\(subject)")
            }
        }
    }

    @Test func `a role that a command does not name may not send it`() async throws {
        try await APIFixture.serve { hub async throws in
            let type = try #require(CommandBook.type(named: Self.command))
            for role in Role.allCases where !type.roles.contains(role) {
                #expect(try await hub.command(Self.command, Self.body, as: role).status == 403, "\(role)")
            }
        }
    }

    @Test func `the command table names every command with who may send it`() async throws {
        try await APIFixture.serve { hub async throws in
            let answer = try await hub.get("/v1/commands", as: .auditor)
            guard case .array(let entries) = answer.json["commands"] else {
                Issue.record("no commands: \(answer.text)")
                return
            }
            #expect(entries.compactMap { $0["name"]?.text } == CommandBook.names)
            for entry in entries { #expect(entry["roles"] != .array([]), "\(entry)") }
        }
    }
}
