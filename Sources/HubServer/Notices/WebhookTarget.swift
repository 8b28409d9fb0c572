package import Foundation

/// Where a webhook may go: an address that the operator wrote down twice, once as target and once as allowed.
///
/// Only https; plain http to this machine's own loopback alone. Nothing in it can be set by anybody who sends the hub a
/// request, and no redirect is followed.
package struct WebhookTarget: Hashable, Sendable {
    /// What is wrong with an address.
    package enum Refusal: String, Error, CaseIterable, Sendable {
        case notAnAddress, notSecure, withCredentials, notAllowed

        /// What to do about it, in both languages.
        package var remedy: String {
            switch self {
            case .notAnAddress: "写完整地址，如 https://主机/路径 / give a whole address such as https://host/path"
            case .notSecure: "须用 https，仅本机回环可用 http / use https; http is for this machine's loopback alone"
            case .withCredentials: "地址不得带用户名或片段 / leave user name and fragment out of the address"
            case .notAllowed: "将其来源列入 allow / list its origin under allow"
            }
        }
    }

    package let url: URL

    /// Reads an address and asks the list; without a list nothing is allowed.
    ///
    /// - Parameter allowed: Origins, `https://host` or `https://host:8443`.
    package init(_ text: String, allowed: [String]) throws(Refusal) {
        guard text.utf8.count <= 2000, let url = URL(string: text), let scheme = url.scheme?.lowercased(),
            let host = url.host()?.lowercased(), !host.isEmpty, ["https", "http"].contains(scheme)
        else { throw .notAnAddress }
        guard url.user() == nil, url.password() == nil, url.fragment() == nil else { throw .withCredentials }
        let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        let isLoopback = bare == "localhost" || bare == "::1" || Self.isLoopback(bare)
        guard scheme == "https" || isLoopback else { throw .notSecure }
        let origin = Self.origin(scheme, host, url.port)
        guard allowed.contains(where: { Self.origin(of: $0) == origin }) else { throw .notAllowed }
        self.url = url
    }

    private static func origin(of text: String) -> String? {
        guard let url = URL(string: text), let scheme = url.scheme?.lowercased(), let host = url.host()?.lowercased()
        else { return nil }
        return origin(scheme, host, url.port)
    }

    private static func origin(_ scheme: String, _ host: String, _ port: Int?) -> String {
        "\(scheme)://\(host):\(port ?? (scheme == "https" ? 443 : 80))"
    }

    /// 127.0.0.0/8, written out: 127.1 and 0x7f000001 are not taken for it.
    private static func isLoopback(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt8($0) }
        return parts.count == 4 && parts.first == 127 && parts.allSatisfy { $0 != nil }
    }
}
