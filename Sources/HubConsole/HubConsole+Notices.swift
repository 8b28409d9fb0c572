import CaseDesk
import Casework
import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import RuleBook

extension HubConsole {
    /// The inbox of whoever has one.
    func showNotices(_ visit: Visit) async throws -> Response {
        guard let principal = visit.principal else { return Self.redirect(to: visit.language.link("/login")) }
        guard PermissionTable.roles(for: .readNotices).contains(principal.role) else { throw ConsoleProblem.forbidden }
        let maker = NoticesPageMaker(console: self, visit: visit, principal: principal)
        return page(.notices, try await maker.fields(), visit)
    }

    /// Marks notices as read and shows the inbox again.
    func markNotices(_ visit: Visit) async throws -> Response {
        let form = try await form(of: visit)
        guard let recipient = form("recipient").flatMap({ NoticeRecipient($0) }),
            let through = form("through").flatMap({ Int($0) })
        else { throw ConsoleProblem.badForm }
        return try await perform(
            MarkNoticesRead(recipient: recipient, through: through), on: "", form("id"), visit, then: "/notices")
    }

    /// Reminds the owner of one deadline and shows the letter.
    func remind(_ visit: Visit, case text: String) async throws -> Response {
        let form = try await form(of: visit)
        guard let caseID = CaseID(text), let rule = form("rule").flatMap({ DeadlineRuleID($0) }),
            let instance = form("instance").flatMap({ EventTag($0) })
        else { throw ConsoleProblem.badForm }
        let department = form("department").flatMap { DepartmentCode($0) }
        return try await perform(
            RemindOwner(rule: rule, instance: instance, department: department), on: "case/\(caseID)", form("id"),
            visit, then: "/cases/\(caseID)")
    }

    private func form(of visit: Visit) async throws -> (String) -> String? {
        try refuseOtherSites(visit.request)
        guard visit.principal != nil else { throw ConsoleProblem.forbidden }
        let bytes: ByteBuffer
        do { bytes = try await visit.request.body.collect(upTo: 4096) } catch { throw ConsoleProblem.badForm }
        let text = String(buffer: bytes)
        return { name in Self.field(name, of: text) }
    }

    /// Sends one command as the signed-in person; a form sent twice is one command.
    private func perform(
        _ command: some HubCommand, on subject: String, _ id: String?, _ visit: Visit, then path: String
    ) async throws -> Response {
        guard let principal = visit.principal, let id = id.flatMap({ UniqueID($0) }) else {
            throw ConsoleProblem.badForm
        }
        do {
            let open = try EventJSON.decode(JSONValue.self, from: EventJSON.encode(command))
            let body = CommandBody(open: open)
            let request = CommandRequest(
                id: id, type: type(of: command).name, subject: subject, body: body, bytes: try EventJSON.encode(body),
                principal: principal, channel: "http")
            let receipt = try await desk.perform(request)
            _ = await desk.waitUntil(receipt.position, atMost: .seconds(2))
        } catch let error as DeskError {
            throw ConsoleProblem(refused: error)
        }
        return Self.redirect(to: visit.language.link(path))
    }
}

extension ConsoleProblem {
    /// A command that was refused, in the desk's own words.
    fileprivate init(refused error: DeskError) {
        self.init(
            status: .unprocessableContent, title: Label("未办理", "Not done"),
            detail: Label(error.chinese, error.english), remedy: nil)
    }
}
