import HTTPTypes
import Hummingbird

/// What every answer carries, whatever its status (OWASP ASVS 5.0, 3.4).
enum SecurityHeaders {
    /// No script at all, style and forms from here only, in nobody's frame.
    static let contentSecurityPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "object-src 'none'; frame-ancestors 'none'"

    /// Completes the headers of an answer; a handler's own `Cache-Control` stays.
    static func complete(_ headers: inout HTTPFields, isSecure: Bool) {
        headers[.contentSecurityPolicy] = contentSecurityPolicy
        headers[HeaderNames.contentTypeOptions] = "nosniff"
        headers[HeaderNames.frameOptions] = "DENY"
        headers[HeaderNames.referrerPolicy] = "no-referrer"
        headers[HeaderNames.openerPolicy] = "same-origin"
        headers[HeaderNames.resourcePolicy] = "same-origin"
        headers[HeaderNames.permissionsPolicy] = "camera=(), geolocation=(), microphone=()"
        if isSecure { headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }
}
