import CaseDesk
import CaseViews
import EventSourcing
import HTTPTypes

extension ProblemDetails {
    /// What a failure of the desk is over HTTP.
    init(_ error: DeskError) {
        let status: HTTPResponse.Status
        var retryAfter: Int?
        switch error.kind {
        case .badRequest: status = .badRequest
        case .unauthorized: status = .unauthorized
        case .forbidden: status = .forbidden
        case .notFound: status = .notFound
        case .invalidValue, .refused, .otherBody: status = .unprocessableContent
        case .conflict: status = .conflict
        case .busy, .unavailable:
            status = .serviceUnavailable
            retryAfter = error.kind == .busy ? 1 : 30
        case .full: status = .init(code: 507, reasonPhrase: "Insufficient Storage")
        }
        self.init(
            status, code: error.code, chinese: error.chinese, english: error.english,
            field: error.field.isEmpty ? nil : error.field, remedy: error.remedy, allowedCommands: error.allowed,
            retryAfterSeconds: retryAfter)
    }

    /// What a failure of the views is over HTTP: the log keeps everything, so it is a matter of time.
    init(_ error: ViewStoreError) {
        let refusal: APIRefusal =
            switch error {
            case .mustRebuild: .viewsMustRebuild
            case .gap: .viewsGap
            case .unreadableEvent: .viewsUnreadableEvent
            case .storage: .viewsStorage
            case .busy: .pastBusy
            }
        self.init(refusal, retryAfterSeconds: error == .busy ? 5 : 30)
    }
}
