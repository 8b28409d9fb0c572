import CaseDesk
import Casework
import EventSourcing
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import RuleBook

extension HubAPI {
    /// Bodies over this are refused with 413.
    static let maximumBody = 1 << 20

    /// Carries out one command; 201 when it created something, else 200; a repeat answers the same.
    func performCommand(_ call: APICall) async throws(ProblemDetails) -> Response {
        let principal = try call.principal()
        let type = try call.parameter("type")
        guard CommandBook.type(named: type) != nil else {
            throw ProblemDetails(DeskError(RequestRefusal.unknownCommand))
        }
        let id = try commandID(call.request)
        let subject = try subject(call)
        try requireJSON(call.request)
        let bytes = try await collectBody(call.request)
        let body: CommandBody
        do { body = try BodyReader.read(CommandBody.self, from: bytes) } catch { throw ProblemDetails(error) }
        let receipt: CommandReceipt
        do {
            receipt = try await desk.perform(
                CommandRequest(
                    id: id, type: type, subject: subject, body: body, bytes: bytes, principal: principal,
                    channel: "http"))
        } catch {
            throw ProblemDetails(error)
        }
        return try JSONAnswer.response(
            receipt, status: receipt.created.isEmpty ? .ok : .created, at: receipt.position)
    }

    /// The commands, what each may be addressed to and who may send it.
    func listCommands() throws(ProblemDetails) -> Response {
        let entries = CommandBook.names.compactMap { name in
            CommandBook.type(named: name).map { type in
                CommandsAnswer.Entry(
                    name: name, subjects: type.subjects.map(\.rawValue).sorted(),
                    sealedGroups: type.sealedGroups.map(\.rawValue).sorted(), roles: type.roles.map(\.rawValue).sorted()
                )
            }
        }
        return try JSONAnswer.response(CommandsAnswer(commands: entries))
    }

    func commandID(_ request: Request) throws(ProblemDetails) -> UniqueID {
        guard let text = request.headers[HeaderNames.idempotencyKey] else {
            throw ProblemDetails(APIRefusal.missingIdempotencyKey)
        }
        guard let id = UniqueID(text) else { throw .invalidParameter("Idempotency-Key", mustBe: UniqueID.textForm) }
        return id
    }

    private func subject(_ call: APICall) throws(ProblemDetails) -> String {
        guard call.operation == .performCommandOnSubject else { return "" }
        let kind = try call.parameter("kind")
        let id = try call.parameter("id")
        guard let subject = Subject("\(kind)/\(id)") else {
            throw .invalidParameter(
                "subject",
                mustBe:
                    "a kind (\(SubjectKind.allCases.map(\.rawValue).filter { !$0.isEmpty }.joined(separator: ", ")))"
                    + ", a slash and its UUID")
        }
        return subject.text
    }

    func requireJSON(_ request: Request) throws(ProblemDetails) {
        let type = (request.headers[.contentType] ?? "").lowercased().prefix { $0 != ";" && $0 != " " }
        guard type == "application/json" else {
            throw ProblemDetails(APIRefusal.unsupportedMediaType)
        }
    }

    func collectBody(_ request: Request, upTo limit: Int = maximumBody) async throws(ProblemDetails) -> Data {
        // Said before reading where the sender says it first.
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
            throw .bodyTooLarge
        }
        do {
            return Data(try await request.body.collect(upTo: limit).readableBytesView)
        } catch is NIOTooManyBytesError {
            throw .bodyTooLarge
        } catch {
            throw ProblemDetails(APIRefusal.bodyIncomplete)
        }
    }
}

struct CommandsAnswer: Codable {
    struct Entry: Codable {
        let name: String
        let subjects: [String]
        let sealedGroups: [String]
        let roles: [String]
    }

    let commands: [Entry]
}
