import CaseDesk
import EventSourcing
import Foundation
import HubServer
import NIOConcurrencyHelpers
import RuleBook
import Testing

@testable import HubConsole

@Suite struct ConsoleSignInTests {
    private func post(
        _ hub: APIFixture, _ path: String, _ body: String = "", headers: [String: String] = [:]
    ) async throws -> APIFixture.Answer {
        var all = ["Content-Type": "application/x-www-form-urlencoded"]
        all.merge(headers) { $1 }
        return try await hub.send("POST", path, headers: all, body: Data(body.utf8))
    }

    @Test func `who is not signed in is sent to sign in`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            for path in ["/board", "/cases/DY23-00001"] {
                let answer = try await hub.get(path)
                #expect(answer.status == 303 && answer["location"] == "/login?lang=zh", "\(path)")
                let forged = try await hub.get(
                    path, headers: ["Cookie": "onedoor=\(String(repeating: "0", count: 64))"])
                #expect(forged.status == 303)
            }
            #expect(try await hub.get("/")["location"] == "/board")
        }
    }

    @Test func `a known token opens a session that scripts and other sites cannot use`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let answer = try await post(hub, "/login", "token=\(FixedKeys.token(for: .dispatcher))%20")
            #expect(answer.status == 303 && answer["location"] == "/board?lang=zh")
            let cookie = try #require(answer["set-cookie"])
            for part in ["HttpOnly", "SameSite=Strict", "Path=/"] { #expect(cookie.contains(part)) }
            #expect(!cookie.contains("od1_") && !cookie.contains("Secure"))
            let board = try await hub.get("/board", headers: ["Cookie": hub.cookie(for: .dispatcher)])
            #expect(board.status == 200 && board.text.contains("调度员"))
            #expect(board["cache-control"] == "no-store")
        }
        try await APIFixture.serve(isSecure: true) { hub async throws in
            let cookie = try await post(hub, "/login", "token=\(FixedKeys.token(for: .dispatcher))")["set-cookie"]
            #expect(cookie?.hasPrefix("__Host-onedoor=") == true && cookie?.contains("; Secure") == true)
        }
    }

    @Test(arguments: ["token=od1_unknown", "token=", "token=%00"])
    func `an unknown token opens nothing and is not repeated`(form: String) async throws {
        try await APIFixture.serve { hub async throws in
            let answer = try await post(hub, "/login", form)
            #expect(answer.status == 403 && answer["set-cookie"] == nil)
            #expect(answer.text.contains("令牌无效") && !answer.text.contains("od1_unknown"))
        }
    }

    @Test(arguments: ["", "other=1", "token=%zz", "token=" + String(repeating: "a", count: 5000)])
    func `a form that cannot be read is refused`(form: String) async throws {
        try await APIFixture.serve { hub async throws in
            #expect(try await post(hub, "/login", form).status == 400)
        }
    }

    @Test func `a form from another site is refused`() async throws {
        try await APIFixture.serve { hub async throws in
            let form = "token=\(FixedKeys.token(for: .dispatcher))"
            for headers in [
                ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Origin": "https://evil.example"],
            ] {
                #expect(try await post(hub, "/login", form, headers: headers).status == 403, "\(headers)")
                #expect(try await post(hub, "/logout", headers: headers).status == 403, "\(headers)")
            }
            for headers in [["Sec-Fetch-Site": "same-origin"], ["Origin": hub.base]] {
                #expect(try await post(hub, "/login", form, headers: headers).status == 303, "\(headers)")
            }
        }
    }

    @Test func `signing out ends the session at once`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let cookie = try await hub.cookie(for: .dispatcher)
            #expect(try await hub.get("/board", headers: ["Cookie": cookie]).status == 200)
            let answer = try await post(hub, "/logout", headers: ["Cookie": cookie])
            #expect(answer.status == 303 && answer["clear-site-data"] != nil)
            #expect(answer["set-cookie"]?.contains("Max-Age=0") == true)
            #expect(try await hub.get("/board", headers: ["Cookie": cookie]).status == 303)
        }
    }

    @Test(arguments: [Role.department, .departmentHead, .voluntary, .operator])
    func `who may not read cases is told so, and sees none`(role: Role) async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let cookie = try await hub.cookie(for: role)
            for path in ["/board", "/cases/DY23-00001"] {
                let answer = try await hub.get(path, headers: ["Cookie": cookie])
                #expect(answer.status == 403, "\(path)")
                for content in ["张*", "<table", "huangtang"] { #expect(!answer.text.contains(content), "\(path)") }
            }
        }
    }

    @Test func `a station's pages end at its town`() async throws {
        try await APIFixture.serve(views: .sample()) { hub async throws in
            let cookie = try await hub.cookie(for: .station)
            #expect(try await hub.get("/cases/DY23-00001", headers: ["Cookie": cookie]).status == 200)
            #expect(try await hub.get("/cases/DY23-00002", headers: ["Cookie": cookie]).status == 404)
            #expect(try await hub.get("/board", headers: ["Cookie": cookie]).text.contains("DY23-00002") == false)
        }
    }

    @Test func `a link signs in to a demo and to nothing else`() async throws {
        for isDemo in [true, false] {
            try await APIFixture.serve(isDemo: isDemo) { hub async throws in
                let answer = try await hub.get("/login?token=\(FixedKeys.token(for: .dispatcher))")
                #expect(answer.status == (isDemo ? 303 : 200))
                #expect((answer["set-cookie"] != nil) == isDemo)
            }
        }
    }

    @Test func `sessions end when idle, in any case after twelve hours, and the oldest makes room`() {
        let now = NIOLockedValueBox(ContinuousClock.now)
        let store = SessionStore(capacity: 2, now: { now.withLockedValue { $0 } })
        let first = store.open(token: "a")
        #expect(first.count == 64 && first != store.open(token: "a"))
        now.withLockedValue { $0 += .seconds(60) }
        #expect(store.token(of: first) == "a")
        let third = store.open(token: "c")
        #expect(store.count == 2 && store.token(of: first) == "a" && store.token(of: third) == "c")
        now.withLockedValue { $0 += SessionStore.idleLimit }
        #expect(store.token(of: first) == nil)
        let long = store.open(token: "d")
        for _ in 0..<24 {
            #expect(store.token(of: long) == "d")
            now.withLockedValue { $0 += SessionStore.idleLimit - .seconds(1) }
        }
        now.withLockedValue { $0 += .seconds(24) }
        #expect(store.token(of: long) == nil)
        #expect(store.token(of: "nobody") == nil)
    }

    @Test(arguments: ["a b&c=d/é张", "", "100% sure+plus"])
    func `what is put into an address comes out of it`(text: String) {
        #expect(PercentCoding.decoded(PercentCoding.encoded(text)) == text)
    }

    @Test(arguments: ["%", "%a", "%zz", "%ff"])
    func `a broken escape is no text`(text: String) {
        #expect(PercentCoding.decoded(text) == nil)
    }
}
