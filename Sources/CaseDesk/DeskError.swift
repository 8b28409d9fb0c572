package import Casework
package import EventSourcing

/// Why the desk did not do what it was asked, in words a caller can act on.
package struct DeskError: Error, Hashable, Sendable {
    /// What kind of trouble; the edges map it to a status or an exit code.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The body or a field of it is wrong.
        case badRequest
        /// No valid token.
        case unauthorized
        /// The role may not.
        case forbidden
        /// There is no such thing, or the caller may not know of it.
        case notFound
        /// A rule of the domain says no.
        case refused
        /// Others keep changing the same thing: try again.
        case conflict
        /// The command id was used with another body.
        case otherBody
        /// Too much waiting: try again.
        case busy
        /// The disk is full: nothing was committed.
        case full
        /// Not usable now: an operator must look.
        case unavailable
    }

    package let kind: Kind
    /// Stable, for programs: `referral.notDispatched`.
    package let code: String
    /// Path of the field concerned; empty when none is.
    package let field: String
    /// What is wrong, in Chinese.
    package let chinese: String
    /// What is wrong, in English.
    package let english: String
    /// What to do about it, in Chinese and English.
    package let remedy: String

    package init(_ kind: Kind, code: String, field: String = "", chinese: String, english: String, remedy: String) {
        self.kind = kind
        self.code = code
        self.field = field
        self.chinese = chinese
        self.english = english
        self.remedy = remedy
    }
}

extension DeskError {
    /// What a body that does not read means to its sender.
    package init(_ error: BodyError) {
        let chinese =
            switch error.code {
            case .malformedJSON: "内容不是有效的 JSON"
            case .missingField: "缺少字段"
            case .wrongType: "字段类型不对"
            case .unknownField: "没有这个字段"
            case .invalidValue: "字段的值不对"
            }
        let english =
            switch error.code {
            case .malformedJSON: "the body is not valid JSON"
            case .missingField: "a field is missing"
            case .wrongType: "a field has the wrong type"
            case .unknownField: "a field is unknown"
            case .invalidValue: "a field has an invalid value"
            }
        self.init(
            .badRequest, code: "body.\(error.code.rawValue)", field: error.field, chinese: chinese, english: english,
            remedy: error.remedy)
    }

    /// What a failure of the log means to somebody who asked for something.
    package init(_ error: EventLogError) {
        switch error.code {
        case .conflict:
            self.init(
                .conflict, code: "log.conflict", chinese: "别人刚改动了同一件事",
                english: "someone changed the same thing just now",
                remedy: "再试一次 / try again")
        case .otherBody:
            self.init(
                .otherBody, code: "command.otherBody", field: "Idempotency-Key", chinese: "这个编号已用于另一条命令",
                english: "this command id was used with another body",
                remedy: "换一个新的编号,或按原样重发 / use a new id, or send the same bytes again")
        case .full:
            self.init(
                .full, code: "log.full", chinese: "磁盘已满,没有记下任何东西", english: "the disk is full; nothing was recorded",
                remedy: "请系统管理员腾出空间后重发 / free some space, then send again")
        case .expired:
            self.init(
                .busy, code: "log.expired", chinese: "排队过久,没有记下任何东西",
                english: "it waited too long; nothing was recorded",
                remedy: "用同一编号重发 / send again with the same id")
        case .busy:
            self.init(
                .busy, code: "log.busy", chinese: "请求太多", english: "too many requests are waiting",
                remedy: "稍后再试 / try again shortly")
        case .invalidAppend:
            self.init(
                .badRequest, code: "log.tooLarge", chinese: "内容超出上限", english: "the command is too large to record",
                remedy: "缩短内容:\(error.detail) / shorten it: \(error.detail)")
        case .unreadableRow, .locked, .newerFormat, .damaged, .outcomeUnknown, .unavailable, .closed:
            self.init(
                .unavailable, code: "log.unavailable", chinese: "事件日志暂不可用", english: "the event log cannot be used now",
                remedy: "请系统管理员查看日志;之后用同一编号重发 / ask the operator; then send again with the same id")
        }
    }
}

extension DeskError {
    /// A rule of the domain, told to whoever sent the command.
    package init(_ refusal: CommandRefusal) {
        let kind: Kind =
            switch refusal.kind {
            case .unknownSubject: .notFound
            case .wrongState, .conflictingRule: .refused
            case .invalidField: .badRequest
            case .forbidden: .forbidden
            }
        self.init(
            kind, code: refusal.code, field: refusal.field, chinese: refusal.chinese, english: refusal.english,
            remedy: "\(refusal.chinese) / \(refusal.english)")
    }
}
