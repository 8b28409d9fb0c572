import CaseDesk
import CaseViews
import Deadlines
import EventSourcing
import Foundation
import HTTPTypes
import HubServer
import HubTesting
import NIOConcurrencyHelpers
import RuleBook
import Testing
import WorkingCalendar

/// The ways notices leave the hub, against a real receiver and a real folder.
@Suite struct NoticePortTests {
    private static let secretText = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private static func notice() throws -> Notice {
        var box = NoticeOutbox(after: .start)
        let row = try FixedViews.deadline(
            "referral.handle", of: .caseFile(FixedViews.caseID), limit: "{\"workingDays\":10}", due: "2023-09-12")
        let day = CivilDay(containing: APIFixture.now.milliseconds)
        let recipient = try #require(NoticeRecipient("dept:jiaoyu"))
        let digest = box.digest(
            for: recipient, on: day, at: APIFixture.now, lines: [Notice.Line(row, .overdue1)])
        return try #require(digest)
    }

    @Test func `a signature is the one Standard Webhooks publishes`() throws {
        let secret = try #require(WebhookSecret(Self.secretText))
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", seconds: 1_614_265_330, body: Data("{\"test\": 2432232314}".utf8))
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        for wrong in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_AAAA", "whsec_%%%"] {
            #expect(WebhookSecret(wrong) == nil, "\(wrong)")
        }
    }

    @Test func `a webhook carries id, time and a signature of each secret, and nothing of a person`() async throws {
        let notice = try Self.notice()
        let secret = try #require(WebhookSecret(Self.secretText))
        try await LocalReceiver.answering(.noContent) { base, got in
            let port = WebhookPort(
                name: "gateway", target: try WebhookTarget("\(base)/hook", allowed: [base]), secrets: [secret, secret])
            try await port.deliver(notice, at: APIFixture.now)
            try await port.deliver(notice, at: APIFixture.now.advanced(byMilliseconds: 60_000))
            let received = got.withLockedValue { $0 }
            #expect(received.count == 2)
            #expect(received.map { $0.headers["webhook-id"] } == Array(repeating: "msg_\(notice.id)", count: 2))
            #expect(received.first?.body == received.last?.body, "the same message, signed at another time")
            for (one, seconds) in zip(received, [1_693_965_600, 1_693_965_660] as [Int64]) {
                #expect(one.headers["webhook-timestamp"] == "\(seconds)")
                let signature = secret.signature(id: "msg_\(notice.id)", seconds: seconds, body: one.body)
                #expect(one.headers["webhook-signature"] == "\(signature) \(signature)")
                let told = try EventJSON.decode(JSONValue.self, from: one.body)
                #expect(told["type"]?.text == "onedoor.notice")
                let text = String(decoding: one.body, as: UTF8.self)
                #expect(text.contains("DY23-") && !text.contains("张"))
            }
        }
    }

    @Test func `no redirect is followed, and every answer but a success is a failure`() async throws {
        let notice = try Self.notice()
        let secret = try #require(WebhookSecret(Self.secretText))
        for status in [HTTPResponse.Status.found, .temporaryRedirect, .gone, .internalServerError] {
            try await LocalReceiver.answering(status) { base, got in
                let port = WebhookPort(
                    name: "gateway", target: try WebhookTarget("\(base)/hook", allowed: [base]), secrets: [secret])
                await #expect(throws: NoticeError("status \(status.code)")) {
                    try await port.deliver(notice, at: APIFixture.now)
                }
                #expect(got.withLockedValue { $0.count } == 1)
            }
        }
    }

    @Test func `an attempt that is cancelled as it is answered ends`() async throws {
        let notice = try Self.notice()
        let secret = try #require(WebhookSecret(Self.secretText))
        try await LocalReceiver.answering(.noContent) { base, _ in
            let port = WebhookPort(
                name: "gateway", target: try WebhookTarget("\(base)/hook", allowed: [base]), secrets: [secret])
            try await LocalReceiver.cancelledInFlight(rounds: 200) {
                try await port.deliver(notice, at: APIFixture.now)
            }
        }
    }

    @Test(arguments: [
        ("https://other.example/hook", WebhookTarget.Refusal.notAllowed),
        ("https://gateway.example:8443/hook", .notAllowed), ("http://gateway.example/hook", .notSecure),
        ("http://10.0.0.7/hook", .notSecure), ("http://127.1/hook", .notSecure),
        ("http://127.0.0.1:9000/hook", .notAllowed), ("https://me:pw@gateway.example/hook", .withCredentials),
        ("https://gateway.example/hook#x", .withCredentials), ("ftp://gateway.example/hook", .notAnAddress),
        ("/hook", .notAnAddress), ("https://gateway.example.evil.example/", .notAllowed),
    ])
    func `an address goes nowhere that is not on the list`(address: String, refusal: WebhookTarget.Refusal) {
        #expect(throws: refusal) { try WebhookTarget(address, allowed: ["https://gateway.example"]) }
        #expect(throws: Never.self) {
            try WebhookTarget("https://GATEWAY.example:443/hook", allowed: ["https://gateway.example"])
        }
    }

    @Test func `mail lies whole in new, once for each notice, and reads as RFC 5322`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-mail-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let notice = try Self.notice()
        let spool = MailSpool(
            path: folder.path, from: "hub@centre.example", addresses: [notice.recipient: "jiaoyu@county.example"])
        #expect(spool.accepts(notice.recipient) && !spool.accepts(.role(.dispatcher)))
        try await spool.deliver(notice, at: APIFixture.now)
        try await spool.deliver(notice, at: APIFixture.now.advanced(byMilliseconds: 9_000_000))
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "new").path)
        #expect(files.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: "tmp").path).isEmpty)
        let file = folder.appending(path: "new").appending(path: try #require(files.first))
        let text = try String(contentsOf: file, encoding: .utf8)
        let parts = text.components(separatedBy: "\r\n\r\n")
        #expect(parts.count == 2 && text.utf8.allSatisfy { $0 < 0x80 })
        let headers = try #require(parts.first).components(separatedBy: "\r\n")
        #expect(headers.contains("To: jiaoyu@county.example"))
        #expect(headers.contains("Date: Wed, 06 Sep 2023 10:00:00 +0800"))
        #expect(headers.contains("Message-ID: <\(notice.id)@onedoor.invalid>"))
        #expect(headers.allSatisfy { $0.utf8.count <= 998 } && headers.contains { $0.hasPrefix("Subject: =?UTF-8?B?") })
        let encoded = try #require(parts.last)
        let body = try #require(Data(base64Encoded: encoded, options: .ignoreUnknownCharacters))
        let said = String(decoding: body, as: UTF8.self)
        #expect(said.contains("超期催办") && said.contains("2023-09-12") && said.contains("DY23-"))
    }

    @Test func `what a channel keeps comes back whole, and what cannot be read is never taken for nothing`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-notices-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = NoticeStateFile(folder: folder.path, channel: "gateway")
        #expect(try file.load() == nil)
        var box = NoticeOutbox(after: Position(7))
        box.read(through: Position(9), telling: [.role(.dispatcher)])
        try file.save(box)
        #expect(try file.load() == box)
        try Data("{".utf8).write(to: folder.appending(path: "gateway.json"))
        #expect(throws: NoticeError.self) { try file.load() }
    }

    @Test(arguments: [
        (#"{"webhooks":[{"name":"a","url":"https://x.example/","secrets":["SECRET"]}]}"#, "webhooks[0].url"),
        (
            #"{"allow":["https://x.example"],"webhooks":[{"name":"A b","url":"https://x.example/","secrets":["SECRET"]}]}"#,
            "webhooks[0].name"
        ),
        (
            #"{"allow":["https://x.example"],"webhooks":[{"name":"a","url":"https://x.example/","secrets":["/nowhere"]}]}"#,
            "webhooks[0].secrets[0]"
        ),
        (
            #"{"allow":["https://x.example"],"webhooks":[{"name":"a","url":"https://x.example/","secrets":[]}]}"#,
            "webhooks[0].secrets"
        ),
        (#"{"mail":{"folder":"spool","from":"a@b.example","addresses":{}}}"#, "mail.folder"),
        (#"{"mail":{"folder":"/spool","from":"a@b.example\r\nBcc: c@d.example","addresses":{}}}"#, "mail.from"),
        (
            #"{"mail":{"folder":"/spool","from":"a@b.example","addresses":{"jiaoyu":"c@d.example"}}}"#,
            "mail.addresses.jiaoyu"
        ),
        (#"{"webhook":[]}"#, "webhook"),
    ])
    func `a settings file that is wrong is refused by field`(text: String, field: String) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "onedoor-settings-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appending(path: "secret").path
        try Data("\(Self.secretText)\n".utf8).write(to: URL(filePath: secret))
        let file = folder.appending(path: "notices.json").path
        try Data(text.replacing("SECRET", with: secret).utf8).write(to: URL(filePath: file))
        do throws(CommandFailure) {
            _ = try NoticeSettings(file: file)
            Issue.record("it was taken")
        } catch {
            #expect(error.field == "\(file): \(field)" && !error.remedy.isEmpty)
        }
        let right = """
            {"allow":["https://x.example"],"webhooks":[{"name":"a","url":"https://x.example/","secrets":["\(secret)"]}],
            "mail":{"folder":"/spool","from":"a@b.example","addresses":{"dept:jiaoyu":"c@d.example"}}}
            """
        try Data(right.utf8).write(to: URL(filePath: file))
        #expect(try NoticeSettings(file: file).ports.map(\.name) == ["a", "mail"])
    }
}
