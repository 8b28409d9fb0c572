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
    /// The methods of a path, for 405.
    package let allowedMethods: [HTTPRequest.Method]
    /// When to try again, for 503.
    package let retryAfterSeconds: Int?

    package init(
        _ status: HTTPResponse.Status, code: String, chinese: String, english: String, field: String? = nil,
        remedy: String? = nil, allowedMethods: [HTTPRequest.Method] = [], retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.code = code
        self.chinese = chinese
        self.english = english
        self.field = field
        self.remedy = remedy
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
    package static let notFound = ProblemDetails(
        .notFound, code: "notFound", chinese: "这个地址没有内容,或者您无权查看。",
        english: "There is nothing at this address, or nothing you may see.",
        remedy: "check the address and the number")

    /// The program failed; the request id leads to the log.
    package static let internalError = ProblemDetails(
        .internalServerError, code: "internal", chinese: "系统内部错误,请把请求编号告诉系统管理员。",
        english: "The program failed; tell the operator the request id.",
        remedy: "tell the operator the request id")

    /// No valid token came with the request.
    package static let unauthorized = ProblemDetails(
        .unauthorized, code: "unauthorized", chinese: "请提供有效的访问令牌。",
        english: "A valid token is required.", field: "Authorization",
        remedy: "send Authorization: Bearer od1_…; an operator issues tokens with `onedoor token issue`")

    /// The caller is known but may not do this.
    package static let forbidden = ProblemDetails(
        .forbidden, code: "forbidden", chinese: "您的角色无权进行此操作。",
        english: "Your role may not do this.",
        remedy: "ask a colleague whose role may, or the operator for another role")

    /// The body is over 1 MiB.
    package static let bodyTooLarge = ProblemDetails(
        .contentTooLarge, code: "bodyTooLarge", chinese: "请求正文超过 1 MiB。",
        english: "The body is over 1 MiB.", remedy: "send at most 1 MiB; attachments stand as digests")

    /// A path that exists does not have this method.
    package static func methodNotAllowed(allowed: [HTTPRequest.Method]) -> Self {
        ProblemDetails(
            .methodNotAllowed, code: "methodNotAllowed", chinese: "这个地址不支持这种请求方法。",
            english: "This address does not have that method.", remedy: "use a method that the Allow header lists",
            allowedMethods: allowed)
    }

    /// A header or query parameter is not of its form.
    package static func invalidParameter(_ field: String, mustBe form: String) -> Self {
        ProblemDetails(
            .badRequest, code: "invalidParameter", chinese: "参数格式不对。", english: "A parameter is not of its form.",
            field: field, remedy: "must be \(form)")
    }

    /// The body is not of its form.
    package init(_ error: BodyError) {
        self.init(
            .badRequest, code: error.code.rawValue, chinese: Self.chinese(for: error.code),
            english: "The body is not of its form.", field: error.field.isEmpty ? nil : error.field,
            remedy: error.remedy)
    }

    private static func chinese(for code: BodyError.Code) -> String {
        switch code {
        case .malformedJSON: "正文不是有效的 JSON。"
        case .missingField: "缺少必填字段。"
        case .wrongType: "字段类型不对。"
        case .unknownField: "有不认识的字段。"
        case .invalidValue: "字段的值无效。"
        }
    }
}
