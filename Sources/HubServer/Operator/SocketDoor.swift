package import CaseDesk
import DepartmentKit
package import EventSourcing
import FoundationEssentials
package import WorkingCalendar

/// One question on the operator's socket; exactly one of the optional parts goes with each kind.
struct OperatorQuestion: Codable, Sendable {
    enum Kind: String, Codable, Sendable {
        case command, issueToken, revokeTokens, relayAccount, feedAddress, backupKeys, previewCalendar
    }

    var ask: Kind
    var id: UniqueID?
    var type: String?
    var subject: String?
    var body: CommandBody?
    var token: TokenRequest?
    var account: AccountID?
    var department: DepartmentCode?
    /// Where a copy or a report goes, absolute.
    var path: String?
    var calendar: CalendarDocument?
}

/// The answer: what was asked for, or why not.
struct OperatorAnswer: Codable, Sendable {
    struct Failure: Codable, Sendable {
        var exit: Int32
        var code: String
        var field: String
        var chinese: String
        var english: String
        var remedy: String
    }

    var failure: Failure?
    var receipt: CommandReceipt?
    var issued: IssuedToken?
    var account: AccountID?
    var address: FeedAddress?
    var preview: CalendarPreview?
}

/// The operator's commands through the running server.
package struct SocketDoor: HubDoor {
    private let path: String

    package init(folder: HubFolder) {
        path = folder.adminSocket
    }

    /// Whether a server answers there.
    package func isAnswered() async -> Bool {
        guard FileManager.default.fileExists(atPath: path) else { return false }
        return (try? await feedAddress()) != nil
    }

    package func perform(
        _ type: String, subject: String, body: CommandBody, id: UniqueID
    ) async throws(CommandFailure) -> CommandReceipt {
        try await need(
            \.receipt, of: OperatorQuestion(ask: .command, id: id, type: type, subject: subject, body: body))
    }

    package func issueToken(_ request: TokenRequest) async throws(CommandFailure) -> IssuedToken {
        try await need(\.issued, of: OperatorQuestion(ask: .issueToken, token: request))
    }

    package func revokeTokens(of account: AccountID) async throws(CommandFailure) {
        _ = try await ask(OperatorQuestion(ask: .revokeTokens, account: account))
    }

    package func relayAccount(of department: DepartmentCode) async throws(CommandFailure) -> AccountID {
        try await need(\.account, of: OperatorQuestion(ask: .relayAccount, department: department))
    }

    package func feedAddress() async throws(CommandFailure) -> FeedAddress {
        try await need(\.address, of: OperatorQuestion(ask: .feedAddress))
    }

    package func backupKeys(to path: String) async throws(CommandFailure) {
        _ = try await ask(OperatorQuestion(ask: .backupKeys, path: path))
    }

    package func previewCalendar(_ document: CalendarDocument, to path: String) async throws(CommandFailure)
        -> CalendarPreview
    {
        try await need(\.preview, of: OperatorQuestion(ask: .previewCalendar, path: path, calendar: document))
    }

    package func close() async {}

    private func need<Value>(
        _ part: KeyPath<OperatorAnswer, Value?>, of question: OperatorQuestion
    ) async throws(CommandFailure) -> Value {
        guard let value = try await ask(question)[keyPath: part] else { throw unreadable }
        return value
    }

    private func ask(_ question: OperatorQuestion) async throws(CommandFailure) -> OperatorAnswer {
        let answer: OperatorAnswer
        do {
            let line = try EventJSON.encode(question)
            answer = try EventJSON.decode(OperatorAnswer.self, from: await LineClient.ask(path, line))
        } catch {
            throw unreadable
        }
        guard let failure = answer.failure else { return answer }
        throw CommandFailure(
            ExitStatus(rawValue: failure.exit) ?? .unreachable, code: failure.code, field: failure.field,
            chinese: failure.chinese, english: failure.english, remedy: failure.remedy)
    }

    private var unreadable: CommandFailure {
        CommandFailure(
            .unreachable, code: "hub.noAnswer", field: path, chinese: "运行中的中心没有回答",
            english: "the running hub did not answer", remedy: "稍后再试 / try again shortly")
    }
}

extension OperatorAnswer {
    /// What the server answers to one line.
    static func to(_ line: Data, through door: any HubDoor) async -> Data {
        let answer: OperatorAnswer
        do throws(CommandFailure) {
            answer = try await OperatorAnswer(to: line, through: door)
        } catch {
            answer = OperatorAnswer(
                failure: .init(
                    exit: error.status.rawValue, code: error.code, field: error.field, chinese: error.chinese,
                    english: error.english, remedy: error.remedy))
        }
        return (try? EventJSON.encode(answer)) ?? Data("{}".utf8)
    }

    private init(to line: Data, through door: any HubDoor) async throws(CommandFailure) {
        let question: OperatorQuestion
        do throws(BodyError) {
            question = try BodyReader.read(OperatorQuestion.self, from: line)
        } catch {
            throw CommandFailure(DeskError(error))
        }
        self.init()
        switch question.ask {
        case .command:
            guard let id = question.id, let type = question.type, let body = question.body else {
                throw Self.incomplete
            }
            receipt = try await door.perform(type, subject: question.subject ?? "", body: body, id: id)
        case .issueToken:
            guard let request = question.token else { throw Self.incomplete }
            issued = try await door.issueToken(request)
        case .revokeTokens:
            guard let revoked = question.account else { throw Self.incomplete }
            try await door.revokeTokens(of: revoked)
        case .relayAccount:
            guard let department = question.department else { throw Self.incomplete }
            account = try await door.relayAccount(of: department)
        case .feedAddress:
            address = try await door.feedAddress()
        case .backupKeys:
            guard let path = question.path, path.hasPrefix("/") else { throw Self.incomplete }
            try await door.backupKeys(to: path)
        case .previewCalendar:
            guard let path = question.path, path.hasPrefix("/"), let calendar = question.calendar else {
                throw Self.incomplete
            }
            preview = try await door.previewCalendar(calendar, to: path)
        }
    }

    private static var incomplete: CommandFailure {
        CommandFailure(
            .badInput, code: "operator.incomplete", chinese: "问题缺少内容", english: "the question is incomplete",
            remedy: "使用同一版本的 onedoor / use the same version of onedoor")
    }
}
