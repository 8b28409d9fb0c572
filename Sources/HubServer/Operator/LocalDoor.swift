package import CaseDesk
import Crypto
package import EventSourcing
import FeedProtocol
import FoundationEssentials
import KeyStore
import RuleBook
import SQLiteEventLog
package import WorkingCalendar

/// The operator's commands on files this process has open.
package struct LocalDoor: HubDoor {
    private let hub: OpenHub
    private let control: @Sendable () -> String?

    /// - Parameter control: Endpoint of the feed's control socket, once it is bound.
    package init(_ hub: OpenHub, control: @escaping @Sendable () -> String? = { nil }) {
        self.hub = hub
        self.control = control
    }

    package func perform(
        _ type: String, subject: String, body: CommandBody, id: UniqueID
    ) async throws(CommandFailure) -> CommandReceipt {
        let bytes: Data
        do {
            bytes = try EventJSON.encode(body)
        } catch {
            throw CommandFailure(
                .badInput, code: "body.encoding", chinese: "内容无法编码", english: "the body cannot be encoded",
                remedy: "检查内容 / check the body")
        }
        let request = CommandRequest(
            id: id, type: type, subject: subject, body: body, bytes: bytes, principal: principal, channel: "cli")
        do throws(DeskError) {
            return try await hub.desk.perform(request)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Whoever may read the hub's folder is its operator; the account is the log's own id.
    private var principal: Principal {
        Principal(account: AccountID(hub.log.identity.logID), role: .operator)
    }

    package func issueToken(_ request: TokenRequest) async throws(CommandFailure) -> IssuedToken {
        let record = try account(for: request)
        try await checkPost(of: record)
        do throws(KeyStoreError) {
            let token = try hub.keys.issueToken(for: record, label: request.label, at: hub.desk.clock.now())
            return IssuedToken(account: record.account, token: token)
        } catch {
            throw CommandFailure(error, folder: hub.folder.path)
        }
    }

    private func account(for request: TokenRequest) throws(CommandFailure) -> AccountRecord {
        guard let role = Role(rawValue: request.role) else {
            throw CommandFailure(
                .badInput, code: "token.role", field: "--role", chinese: "没有这个角色", english: "there is no such role",
                remedy: Role.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let department = try parse(request.department, as: DepartmentCode.self, field: "--department")
        let post = try parse(request.post, as: PostCode.self, field: "--post")
        let town = try parse(request.town, as: TownCode.self, field: "--town")
        switch role {
        case .department, .departmentHead, .voluntary:
            if department == nil {
                throw missing("--department", "这个角色要写明部门", "this role needs a department")
            }
        case .station, .village:
            if town == nil { throw missing("--town", "这个角色要写明镇街", "this role needs a town") }
        case .dispatcher, .supervisor, .approver, .meetingOffice, .auditor, .operator:
            break
        }
        return AccountRecord(
            account: AccountID(IdentifierSource().next(at: hub.desk.clock.now())), role: role.rawValue,
            department: department, town: town, post: post)
    }

    /// An account is registered for a post the rule book knows and lets it act from.
    private func checkPost(of record: AccountRecord) async throws(CommandFailure) {
        guard let post = record.post, let role = Role(rawValue: record.role) else { return }
        let rules: RuleBook
        do throws(EventLogError) {
            rules = try await hub.desk.ruleBook.current().history.current
        } catch {
            throw CommandFailure(error, folder: hub.folder.path)
        }
        let principal = Principal(
            account: record.account, role: role, department: record.department, town: record.town)
        do throws(PostRefusal) {
            try rules.checkPost(post, for: principal, on: CivilDay(containing: hub.desk.clock.now().milliseconds))
        } catch {
            throw CommandFailure(
                .badInput, code: error.code, field: "--post", chinese: error.sentence.chinese,
                english: error.sentence.english, remedy: "\(error.remedy.chinese) / \(error.remedy.english)")
        }
    }

    private func missing(_ field: String, _ chinese: String, _ english: String) -> CommandFailure {
        CommandFailure(
            .usage, code: "token.incomplete", field: field, chinese: chinese, english: english,
            remedy: "加上 \(field) / add \(field)")
    }

    private func parse<Value: TextCodable>(_ text: String?, as type: Value.Type, field: String) throws(CommandFailure)
        -> Value?
    {
        guard let text else { return nil }
        guard let value = Value(text) else {
            throw CommandFailure(
                .badInput, code: "token.field", field: field, chinese: "写法不对", english: "not a valid value",
                remedy: Value.textForm)
        }
        return value
    }

    package func revokeTokens(of account: AccountID) async throws(CommandFailure) {
        do throws(KeyStoreError) {
            try hub.keys.revokeTokens(of: account, at: hub.desk.clock.now())
        } catch {
            throw CommandFailure(error, folder: hub.folder.path)
        }
    }

    package func relayAccount(of department: DepartmentCode) async throws(CommandFailure) -> AccountID {
        if let known = hub.keys.allAccounts().first(where: { $0.role == Self.relayRole && $0.department == department })
        {
            return known.account
        }
        let record = AccountRecord(
            account: AccountID(IdentifierSource().next(at: hub.desk.clock.now())), role: Self.relayRole,
            department: department, town: nil, post: nil)
        do throws(KeyStoreError) {
            try hub.keys.registerAccount(record)
        } catch {
            throw CommandFailure(error, folder: hub.folder.path)
        }
        return record.account
    }

    /// No token is ever issued for it: it acts only through signed commands.
    private static let relayRole = "relay"

    package func feedAddress() async throws(CommandFailure) -> FeedAddress {
        guard let secret = try? Data(contentsOf: URL(filePath: hub.folder.curveKey)),
            let curve = try? Curve25519.KeyAgreement.PrivateKey(rawRepresentation: secret)
        else {
            throw CommandFailure(
                .configuration, code: "feed.key", field: hub.folder.curveKey, chinese: "传输密钥读不到",
                english: "the feed's key cannot be read", remedy: "从备份恢复 / restore it from the backup")
        }
        return FeedAddress(
            logID: hub.log.identity.logID, controlEndpoint: control() ?? "tcp://127.0.0.1:8090",
            serverKey: HexBytes(curve.publicKey.rawRepresentation).description,
            signingKey: HexBytes(hub.keys.hubSigningKey.publicKey.rawRepresentation).description,
            commandKey: HexBytes(hub.keys.hubCommandKey.publicKey.rawRepresentation).description)
    }

    package func previewCalendar(_ document: CalendarDocument, to path: String) async throws(CommandFailure)
        -> CalendarPreview
    {
        try await CalendarPreview.make(of: document, desk: hub.desk, to: path)
    }

    package func backupKeys(to path: String) async throws(CommandFailure) {
        do throws(KeyStoreError) {
            try hub.keys.backup(to: path)
        } catch {
            throw CommandFailure(error, folder: hub.folder.path)
        }
    }

    package func close() async {
        await hub.close()
    }
}
