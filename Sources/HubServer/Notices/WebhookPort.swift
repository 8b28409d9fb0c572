import AsyncHTTPClient
package import CaseDesk
package import EventSourcing
import Foundation
import NIOCore
import NIOHTTP1
package import RuleBook

/// Sends notices to one web address, signed as Standard Webhooks has it; the receiver knows a repeat by `webhook-id`.
///
/// The body holds numbers, dates and codes. No redirect is followed, no answer's body is read, and an attempt lasts ten
/// seconds at most.
package struct WebhookPort: NoticePort {
    package let name: String
    private let target: WebhookTarget
    /// The newest first; during a change of secrets the old one signs as well.
    private let secrets: [WebhookSecret]
    /// Whom it is for; nothing means everybody.
    private let recipients: Set<NoticeRecipient>?

    package init(
        name: String, target: WebhookTarget, secrets: [WebhookSecret], recipients: Set<NoticeRecipient>? = nil
    ) {
        self.name = name
        self.target = target
        self.secrets = secrets
        self.recipients = recipients
    }

    package func accepts(_ recipient: NoticeRecipient) -> Bool { recipients?.contains(recipient) ?? true }

    /// What is sent: type, time and the notice.
    private struct Body: Encodable {
        let type: String
        let timestamp: Instant
        let data: Notice
    }

    package func deliver(_ notice: Notice, at now: Instant) async throws(NoticeError) {
        guard let body = try? EventJSON.encode(Body(type: "onedoor.notice", timestamp: notice.at, data: notice)) else {
            throw NoticeError("encoding")
        }
        let status = try await WebhookCall(request(body, id: "msg_\(notice.id)", now: now)).status()
        guard (200..<300).contains(status) else { throw NoticeError("status \(status)") }
    }

    private func request(_ body: Data, id: String, now: Instant) -> HTTPClientRequest {
        let seconds = now.milliseconds / 1000
        var request = HTTPClientRequest(url: target.url.absoluteString)
        request.method = .POST
        request.headers = [
            "Content-Type": "application/json", "User-Agent": "OneDoor", "webhook-id": id,
            "webhook-timestamp": "\(seconds)",
            "webhook-signature": secrets.map { $0.signature(id: id, seconds: seconds, body: body) }
                .joined(separator: " "),
        ]
        request.body = .bytes(ByteBuffer(bytes: body))
        return request
    }
}
