package import HTTPTypes

/// The header fields of our own, and those the HTTP library does not name.
package enum HeaderNames {
    package static let requestID = name("X-Request-Id")
    package static let position = name("OneDoor-Position")
    package static let minPosition = name("OneDoor-Min-Position")
    package static let demo = name("OneDoor-Demo")
    package static let idempotencyKey = name("Idempotency-Key")
    package static let contentTypeOptions = name("X-Content-Type-Options")
    package static let frameOptions = name("X-Frame-Options")
    package static let referrerPolicy = name("Referrer-Policy")
    package static let openerPolicy = name("Cross-Origin-Opener-Policy")
    package static let resourcePolicy = name("Cross-Origin-Resource-Policy")
    package static let permissionsPolicy = name("Permissions-Policy")

    private static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}
