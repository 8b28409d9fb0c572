import Crypto
package import FoundationEssentials

/// A secret shared with the receiver of a webhook, written `whsec_` and base64 (Standard Webhooks).
package struct WebhookSecret: Sendable {
    private let key: SymmetricKey

    /// - Returns: Nothing unless it is `whsec_` and the base64 of 24 to 64 bytes.
    package init?(_ text: String) {
        guard text.hasPrefix("whsec_"), let bytes = Data(base64Encoded: String(text.dropFirst(6))),
            (24...64).contains(bytes.count)
        else { return nil }
        key = SymmetricKey(data: bytes)
    }

    /// `v1,` and the base64 of HMAC-SHA-256 over `id.seconds.body`.
    package func signature(id: String, seconds: Int64, body: Data) -> String {
        var signed = Data("\(id).\(seconds).".utf8)
        signed.append(body)
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: key)
        return "v1,\(Data(code).base64EncodedString())"
    }
}
