import CaseDesk
package import EventSourcing
package import HTTPTypes

/// Why a request was not answered as asked: the content of an `application/problem+json` answer (RFC 9457).
///
/// Texts never repeat what was sent, which may be personal.
package struct ProblemDetails: Error, Hashable, Sendable {
    package let status: HTTPResponse.Status
    /// Stable name of the kind of problem, `referral.notDispatched`.
    package let code: String
    package let chinese: String
    package let english: String
    /// Path of the offending field of the body, header or query; nothing when the problem is about none.
    package let field: String?
    /// What to do about it.
    package let remedy: String?
    /// The commands that the sender may give instead, where one came at the wrong time.
    package let allowedCommands: [String]
    /// The methods of a path, for 405.
    package let allowedMethods: [HTTPRequest.Method]
    /// When to try again, for 503.
    package let retryAfterSeconds: Int?

    package init(
        _ status: HTTPResponse.Status, code: String, chinese: String, english: String, field: String? = nil,
        remedy: String? = nil, allowedCommands: [String] = [], allowedMethods: [HTTPRequest.Method] = [],
        retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.chinese = chinese
        self.english = english
        self.field = field
        self.remedy = remedy
        self.allowedCommands = allowedCommands
        self.allowedMethods = allowedMethods
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// What the status means, in both languages.
    package var title: (chinese: String, english: String) {
        switch status {
        case .badRequest: ("请求有误", "Bad request")
        case .unauthorized: ("需要登录", "Not signed in")
        case .forbidden: ("无权进行此操作", "Not permitted")
        case .notFound: ("未找到", "Not found")
        case .methodNotAllowed: ("不支持这种请求方法", "Method not allowed")
        case .conflict: ("与现状冲突", "Conflict")
        case .contentTooLarge: ("内容过大", "Content too large")
        case .unsupportedMediaType: ("内容类型不支持", "Unsupported media type")
        case .unprocessableContent: ("不符合办理规则", "Refused by a rule")
        case .serviceUnavailable: ("暂时无法处理", "Try again later")
        case .init(code: 507): ("存储空间不足", "Out of storage")
        default: ("内部错误", "Internal error")
        }
    }
}

extension ProblemDetails {
    /// Nothing is at this address, or nothing the caller may know of.
    package static let notFound = ProblemDetails(APIRefusal.notFound)

    /// The program failed; the request id leads to the log.
    package static let internalError = ProblemDetails(APIRefusal.internalError)

    /// No valid token came with the request.
    package static let unauthorized = ProblemDetails(APIRefusal.unauthorized)

    /// The caller is known but may not do this.
    package static let forbidden = ProblemDetails(APIRefusal.forbidden)

    /// The body is over 1 MiB.
    package static let bodyTooLarge = ProblemDetails(APIRefusal.bodyTooLarge)

    /// What the HTTP library did not take; nothing where the sender is not at fault.
    init?(clientError status: HTTPResponse.Status) {
        guard status.kind == .clientError else { return nil }
        self = status == .contentTooLarge ? .bodyTooLarge : ProblemDetails(APIRefusal.badRequest)
    }

    /// A path that exists does not have this method.
    package static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Self {
        ProblemDetails(APIRefusal.methodNotAllowed, allowed: allowed)
    }

    /// A header or query parameter is not of its form.
    package static func invalidParameter(_ field: String, mustBe form: String) -> Self {
        ProblemDetails(APIRefusal.invalidParameter, field: field, remedy: "须为 / must be \(form)")
    }

    /// Parameters that are each of their form and cannot hold together.
    package static func contradictoryParameters(_ field: String, mustBe form: String) -> Self {
        ProblemDetails(APIRefusal.contradictoryParameters, field: field, remedy: "须为 / must be \(form)")
    }

    /// The body is not of its form.
    package init(_ error: BodyError) {
        self.init(DeskError(error))
    }
}
