import HTTPTypes

/// Why a request was not answered before anybody was asked to carry it out.
enum APIRefusal: String, CaseIterable {
    case notFound
    case internalError = "internal"
    case unauthorized
    case forbidden
    case methodNotAllowed
    case badRequest
    case invalidParameter
    case contradictoryParameters = "parameter.contradiction"
    case missingIdempotencyKey
    case bodyTooLarge
    case bodyIncomplete
    case unsupportedMediaType
    case notOpenedYet = "replay.notOpenedYet"
    case personHasCase = "reveal.hasCase"
    case notCountable = "deadline.notCountable"
    case outsideCalendar = "calendar.outside"
    case calendarUnusable = "calendar.notBuilt"
    case positionAhead = "position.ahead"
    case viewsBehind = "views.behind"
    case viewsStopped = "views.stopped"
    case viewsMustRebuild = "views.mustRebuild"
    case viewsGap = "views.gap"
    case viewsUnreadableEvent = "views.unreadableEvent"
    case viewsStorage = "views.storage"
    case pastBusy = "past.busy"
    case notPast = "past.notPast"

    var status: HTTPResponse.Status {
        switch self {
        case .notFound, .notOpenedYet: .notFound
        case .internalError: .internalServerError
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .methodNotAllowed: .methodNotAllowed
        case .badRequest, .invalidParameter, .missingIdempotencyKey, .bodyIncomplete: .badRequest
        case .bodyTooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .personHasCase: .conflict
        case .positionAhead, .notCountable, .outsideCalendar, .calendarUnusable, .notPast, .contradictoryParameters:
            .unprocessableContent
        case .viewsBehind, .viewsStopped, .viewsMustRebuild, .viewsGap, .viewsUnreadableEvent, .viewsStorage, .pastBusy:
            .serviceUnavailable
        }
    }

    /// The header, parameter or part at fault, where it is always the same.
    var field: String {
        switch self {
        case .notFound, .internalError, .forbidden, .methodNotAllowed, .badRequest, .invalidParameter, .bodyTooLarge,
            .bodyIncomplete, .viewsStopped, .viewsMustRebuild, .viewsGap, .viewsUnreadableEvent, .viewsStorage,
            .pastBusy, .contradictoryParameters:
            ""
        case .unauthorized: "Authorization"
        case .missingIdempotencyKey: "Idempotency-Key"
        case .unsupportedMediaType: "Content-Type"
        case .personHasCase: "person"
        case .notCountable: "id"
        case .outsideCalendar: "day"
        case .calendarUnusable: "calendar"
        case .notOpenedYet: "asOf"
        case .notPast: "asKnownAt"
        case .positionAhead, .viewsBehind: "OneDoor-Min-Position"
        }
    }

    var chinese: String {
        switch self {
        case .notFound: "这个地址没有内容,或者您无权查看。"
        case .internalError: "系统内部错误,请把请求编号告诉系统管理员。"
        case .unauthorized: "请提供有效的访问令牌。"
        case .forbidden: "您的角色无权进行此操作。"
        case .methodNotAllowed: "这个地址不支持这种请求方法。"
        case .badRequest: "请求有误。"
        case .invalidParameter: "参数格式不对。"
        case .contradictoryParameters: "参数互相矛盾。"
        case .missingIdempotencyKey: "缺少 Idempotency-Key 请求头。"
        case .bodyTooLarge: "请求正文超过 1 MiB。"
        case .bodyIncomplete: "正文没有传完。"
        case .unsupportedMediaType: "正文须为 JSON。"
        case .notOpenedYet: "那时还没有立案。"
        case .personHasCase: "此人已有案件,请在案件中查看。"
        case .notCountable: "已发布的日历算不出这个时限。"
        case .outsideCalendar: "这部日历不含这一天。"
        case .calendarUnusable: "日历有误，无法使用。"
        case .positionAhead: "日志还没有到这个位置。"
        case .viewsBehind: "视图还没有追上所要求的位置。"
        case .viewsStopped: "视图已停止更新。"
        case .viewsMustRebuild: "视图须重建。"
        case .viewsGap: "视图缺少事件。"
        case .viewsUnreadableEvent: "视图读不懂一个事件。"
        case .viewsStorage: "视图暂不可用。"
        case .pastBusy: "正在生成别的过去时刻的看板。"
        case .notPast: "这个时刻还没有到。"
        }
    }

    var english: String {
        switch self {
        case .notFound: "There is nothing at this address, or nothing you may see."
        case .internalError: "The program failed; tell the operator the request id."
        case .unauthorized: "A valid token is required."
        case .forbidden: "Your role may not do this."
        case .methodNotAllowed: "This address does not have that method."
        case .badRequest: "The request is not well formed."
        case .invalidParameter: "A parameter is not of its form."
        case .contradictoryParameters: "Two parameters contradict each other."
        case .missingIdempotencyKey: "The Idempotency-Key header is missing."
        case .bodyTooLarge: "The body is over 1 MiB."
        case .bodyIncomplete: "The body did not arrive whole."
        case .unsupportedMediaType: "The body must be JSON."
        case .notOpenedYet: "The case had not been opened by then."
        case .personHasCase: "The person has a case."
        case .notCountable: "No published calendar reaches the days of this deadline."
        case .outsideCalendar: "The calendar does not reach that day or year."
        case .calendarUnusable: "The calendar cannot be built."
        case .positionAhead: "The log has not come that far."
        case .viewsBehind: "The views have not reached that position yet."
        case .viewsStopped: "The views stand still."
        case .viewsMustRebuild: "The views must be made anew."
        case .viewsGap: "The views lack events."
        case .viewsUnreadableEvent: "The views cannot read an event."
        case .viewsStorage: "The views cannot be read now."
        case .pastBusy: "Boards of other past times are being made."
        case .notPast: "That time has not come yet."
        }
    }

    /// What to do, in Chinese and English; where the place knows better, it says so itself.
    var remedy: String {
        switch self {
        case .notFound: "核对地址与编号 / check the address and the number"
        case .internalError: "把请求编号告诉系统管理员 / tell the operator the request id"
        case .unauthorized:
            "发送 Authorization: Bearer od1_…;令牌由系统管理员发放"
                + " / send Authorization: Bearer od1_…; an operator issues tokens with onedoor token issue"
        case .forbidden: "请有权的同事办理,或请系统管理员另配角色 / ask a colleague whose role may, or the operator for another role"
        case .methodNotAllowed: "使用 Allow 头所列的方法 / use a method that the Allow header lists"
        case .badRequest: "对照 /openapi.json 检查请求 / check the request against /openapi.json"
        case .invalidParameter: "按接口说明的格式填写 / give it in the form the description states"
        case .contradictoryParameters: "改其中一个 / change one of them"
        case .missingIdempotencyKey:
            "每条命令带一个新的 UUID,重发用同一个 / send a new UUID with each command, and the same one when you repeat it"
        case .bodyTooLarge: "最多 1 MiB;附件另存,只带摘要 / send at most 1 MiB; attachments stand as digests"
        case .bodyIncomplete: "用同一 Idempotency-Key 重发 / send it again with the same Idempotency-Key"
        case .unsupportedMediaType: "发送 Content-Type: application/json / send Content-Type: application/json"
        case .notOpenedYet: "查询更晚的时间 / ask for a later time"
        case .personHasCase: "经 POST /v1/cases/{case}/reveal 查看 / open it through POST /v1/cases/{case}/reveal"
        case .outsideCalendar: "选日历范围内的日期 / ask for a day the calendar reaches"
        case .calendarUnusable: "用 onedoor calendar check 检查 / look at it with onedoor calendar check"
        case .notCountable: "发布涵盖起算日的日历 / publish a calendar that reaches its start and its end"
        case .positionAhead: "填写本中心答复过的 OneDoor-Position / send a OneDoor-Position that this hub has answered"
        case .viewsBehind: "一秒后再试,或要求较早的位置 / try again after a second, or ask for an earlier position"
        case .viewsStopped:
            "请系统管理员查看日志;onedoor rebuild 可重建视图 / tell the operator to see the log; onedoor rebuild makes them anew"
        case .viewsMustRebuild:
            "请系统管理员用 onedoor rebuild 从日志重建 / tell the operator; onedoor rebuild makes them anew from the log"
        case .viewsGap:
            "请系统管理员用 onedoor rebuild 从日志重建 / tell the operator; onedoor rebuild makes them anew from the log"
        case .viewsUnreadableEvent: "请系统管理员升级;新版本可能读得懂 / tell the operator; a newer version may read it"
        case .pastBusy: "几秒后再试 / try again in a few seconds"
        case .notPast: "给出现在或以前的时刻 / give a time that is now or past"
        case .viewsStorage:
            "请系统管理员用 onedoor rebuild 从日志重建 / tell the operator; onedoor rebuild makes them anew from the log"
        }
    }
}

extension ProblemDetails {
    /// A request that was not answered.
    ///
    /// - Parameters:
    ///   - field: Where another than the usual one is at fault.
    ///   - remedy: Where more can be said than the usual.
    init(
        _ refusal: APIRefusal, field: String? = nil, remedy: String? = nil, allowed: [HTTPRequest.Method] = [],
        retryAfterSeconds: Int? = nil
    ) {
        self.init(
            refusal.status, code: refusal.rawValue, chinese: refusal.chinese, english: refusal.english,
            field: field ?? (refusal.field.isEmpty ? nil : refusal.field), remedy: remedy ?? refusal.remedy,
            allowedMethods: allowed, retryAfterSeconds: retryAfterSeconds)
    }
}
