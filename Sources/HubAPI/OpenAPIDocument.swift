import CaseDesk
import Casework
package import EventSourcing
import HTTPTypes

/// The description of the API (OpenAPI 3.1), made from the tables that serve it and the types that read and write it,
/// so the two cannot differ.
package struct OpenAPIDocument: Sendable {
    /// Addresses of one operation: each command has one for every kind of thing it may be addressed to.
    struct Address: Hashable, Sendable {
        let operation: Operation
        /// Path as a caller sees it, `/v1/commands/AcceptReferral/referral/{id}`.
        let path: String
        /// Name of the operation, unique in the document.
        let name: String
        /// The command, where it is one.
        let command: String?
    }

    package let document: JSONValue
    /// Types whose JSON could not be learnt; empty, as a test holds.
    package let gaps: [String]

    /// Describes everything that is served.
    ///
    /// - Parameter access: Whose roles stand with the readings.
    /// - Complexity: O(*n*) in the fields of all types; a tenth of a second.
    package init(access: AccessTable = .api) {
        var schemas = SchemaBook()
        var paths: [String: [String: JSONValue]] = [:]
        for operation in Operation.allCases {
            for address in Self.addresses(of: operation) {
                paths[address.path, default: [:]][operation.route.method.rawValue.lowercased()] =
                    OperationDescription(address: address, rule: access.rule(for: operation.route))
                    .described(&schemas)
            }
        }
        document = [
            "openapi": "3.1.0",
            "info": [
                "title": "OneDoor 一口通", "version": "1", "summary": "一口进、一口出 / One door in, one door out.",
            ],
            "servers": [["url": "/", "description": "本中心 / this hub"]],
            "tags": .array(Operation.Subject.allCases.map { ["name": .string($0.rawValue)] }),
            "paths": .object(paths.mapValues(JSONValue.object)),
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": .object(schemas.definitions),
                "headers": .object(ResponseDescription.headers),
                "responses": .object(ResponseDescription.failures),
            ],
        ]
        gaps = schemas.gaps
    }

    /// The document as it stands in `schemas/openapi.yaml`.
    package var yaml: String {
        "# 由程序生成,勿手改 – generated; do not edit: onedoor openapi > schemas/openapi.yaml\n"
            + YAMLText.of(document)
    }

    /// The addresses an operation has in the document.
    static func addresses(of operation: Operation) -> [Address] {
        switch operation {
        case .performCommand:
            CommandBook.names.filter { kinds(of: $0).contains(.none) }.map { name in
                Address(operation: operation, path: "/v1/commands/\(name)", name: name, command: name)
            }
        case .performCommandOnSubject:
            CommandBook.names.flatMap { name in
                let kinds = kinds(of: name)
                return kinds.filter { $0 != .none }.map { kind in
                    Address(
                        operation: operation, path: "/v1/commands/\(name)/\(kind.rawValue)/{id}",
                        name: kinds.count == 1
                            ? name
                            : "\(name)On\(kind.rawValue.prefix(1).uppercased())"
                                + kind.rawValue.dropFirst(), command: name)
                }
            }
        case .listCommands, .board, .boardCounts, .boardRates, .boardTrend, .listCases, .readCase, .readTimeline,
            .replayCase, .listDepartments,
            .readWorklist, .listUndelivered, .listRules, .readLogHead, .isAlive, .isReady, .describeAPI, .listMeetings,
            .readMeeting,
            .readMeetingExtract, .find, .askStatus, .reveal, .revealPerson, .listAttachments, .storeAttachment,
            .openAttachment,
            .readPostWorklist, .listEmergencyAccesses, .listNotices, .certifyDeadline, .readCaseDays, .listCalendars,
            .readCalendar, .listMoves, .previewCalendar:
            [Address(operation: operation, path: operation.route.path, name: operation.rawValue, command: nil)]
        }
    }

    /// What a command may be addressed to; a registration is addressed to nobody, as its person is not known yet.
    private static func kinds(of command: String) -> [SubjectKind] {
        guard let type = CommandBook.type(named: command) else { return [] }
        return type == RegisterPerson.self ? [.none] : type.subjects.sorted { $0.rawValue < $1.rawValue }
    }

    private static let introduction = """
        每条命令须带 Idempotency-Key(新的 UUID;重发用同一个)。每个答复都有 OneDoor-Position。出错时答复 problem+json,\
        其 code 见 schemas/refusals.md。400:读不懂;422:读得懂,但规则不允许。
        Every command needs Idempotency-Key, a new UUID, the same one when it is repeated. Every answer has \
        OneDoor-Position. Every failure is problem+json; its codes stand in schemas/refusals.md. 400: it does not read. \
        422: it reads, and a rule says no.
        """
}
