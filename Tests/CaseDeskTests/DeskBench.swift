import CaseDesk
import CaseViews
import Casework
import Crypto
import EventSourcing
import FeedProtocol
import Foundation
import HubTesting
import Logging
import NIOConcurrencyHelpers
import RuleBook
import Testing
import WorkingCalendar

/// A desk over stores in memory, with the rules of a small hub laid down: 教育, 妇联 and a foundation.
struct DeskBench {
    let clock = PushedClock()
    let log: MeddlingLog
    let keys: TestDeskKeys
    let views = TestViews()
    let attachments = TestAttachments()
    let desk: CaseDesk
    let departments: [DepartmentCode: DepartmentSecrets]
    private let chance: NIOLockedValueBox<SeededGenerator>

    static let jiaoyu = code("jiaoyu")
    static let fulian = code("fulian")
    static let jijinhui = code("jijinhui")
    static let huangtang = town("huangtang")

    /// The private keys of one department, which a real hub never sees.
    struct DepartmentSecrets {
        let agreement = Curve25519.KeyAgreement.PrivateKey()
        let signing = Curve25519.Signing.PrivateKey()
        let account: AccountID
    }

    /// - Parameter hasRules: Whether departments, policy, task and calendar are laid down.
    init(hasRules: Bool = true, named name: String = #function) async throws {
        var generator = SeededGenerator.printed(for: name)
        let identity = LogIdentity(logID: generator.uniqueID(), epoch: generator.uniqueID(), isDemo: false)
        log = MeddlingLog(InMemoryEventLog(identity: identity, clock: clock))
        keys = TestDeskKeys(logID: identity.logID)
        departments = Dictionary(
            uniqueKeysWithValues: [Self.jiaoyu, Self.fulian, Self.jijinhui].map {
                ($0, DepartmentSecrets(account: generator.id()))
            })
        desk = Self.desk(log, keys, views, attachments, clock, SeededGenerator(seed: generator.next()))
        chance = NIOLockedValueBox(generator)
        if hasRules { try await layDownRules() }
    }

    private static func desk(
        _ log: MeddlingLog, _ keys: TestDeskKeys, _ views: TestViews, _ attachments: TestAttachments,
        _ clock: PushedClock, _ chance: SeededGenerator
    ) -> CaseDesk {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        return CaseDesk(
            log: log, keys: keys, views: views, viewRunner: ViewRunner(log: log, views: views, logger: logger),
            clock: clock, hubCode: "DY", identifiers: IdentifierSource(chance), attachments: attachments,
            messages: attachments, logger: logger)
    }

    /// Another desk over the same stores, as after a restart.
    func reopened() -> CaseDesk {
        Self.desk(log, keys, views, attachments, clock, SeededGenerator(seed: chance.withLockedValue { $0.next() }))
    }

    // MARK: Requests

    func newID() -> UniqueID { chance.withLockedValue { $0.uniqueID(at: clock.now()) } }

    func principal(_ role: Role, of department: DepartmentCode? = nil, account: AccountID? = nil) -> Principal {
        let isLocal = role == .station || role == .village
        return Principal(
            account: account ?? AccountID(newID()), role: role, department: department,
            town: isLocal ? Self.huangtang : nil)
    }

    func request(
        _ type: String, _ open: JSONValue = .object([:]), on subject: String = "", sealed: [SealedValue]? = nil,
        by principal: Principal, id: UniqueID? = nil, occurredAt: Instant? = nil, actingPost: PostCode? = nil,
        externalReference: String? = nil
    ) throws -> CommandRequest {
        let body = CommandBody(
            occurredAt: occurredAt, actingPost: actingPost, externalReference: externalReference, open: open,
            sealed: sealed)
        return CommandRequest(
            id: id ?? newID(), type: type, subject: subject, body: body, bytes: try EventJSON.encode(body),
            principal: principal, channel: "http")
    }

    func request(
        _ command: some HubCommand, on subject: Subject = .none, sealed: [SealedValue]? = nil, by principal: Principal,
        id: UniqueID? = nil, occurredAt: Instant? = nil
    ) throws -> CommandRequest {
        let open = try EventJSON.decode(JSONValue.self, from: EventJSON.encode(command))
        return try request(
            type(of: command).name, open, on: subject.text, sealed: sealed, by: principal, id: id,
            occurredAt: occurredAt)
    }

    @discardableResult
    func perform(
        _ command: some HubCommand, on subject: Subject = .none, sealed: [SealedValue]? = nil, by principal: Principal
    ) async throws -> CommandReceipt {
        try await desk.perform(request(command, on: subject, sealed: sealed, by: principal))
    }

    /// The error a request is told, or nothing when it went through.
    func refusal(of request: CommandRequest) async -> DeskError? {
        do throws(DeskError) {
            _ = try await desk.perform(request)
            return nil
        } catch {
            return error
        }
    }

    var position: Position {
        get async throws { try await log.head().position }
    }

    /// The events of a receipt.
    func events(of receipt: CommandReceipt) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        for event in receipt.events { events.append(try #require(try await log.event(at: event.position))) }
        return events
    }

    // MARK: Persons and cases

    static func identity(_ name: String, _ number: String?) -> JSONValue {
        var members: [String: JSONValue] = ["name": .string(name)]
        members["idNumber"] = number.map { .string($0) }
        return .object(members)
    }

    func registration(
        _ name: String = "张小力", number: String? = nil, contact: String? = nil, by principal: Principal? = nil,
        id: UniqueID? = nil
    ) throws -> CommandRequest {
        var sealed = [SealedValue(group: .identity, person: nil, value: Self.identity(name, number))]
        if let contact { sealed.append(SealedValue(group: .contact, person: nil, value: .string(contact))) }
        return try request(RegisterPerson(), sealed: sealed, by: principal ?? self.principal(.station), id: id)
    }

    func registerPerson(_ name: String = "张小力") async throws -> PersonReference {
        try await desk.perform(registration(name)).person()
    }

    func application(of person: PersonReference) -> SubmitApplication {
        SubmitApplication(
            applicant: person, channel: .station, town: Self.huangtang, items: [RequestedItem(policyItem: Self.grant)])
    }

    /// A case with one item, triaged to others.
    func openCase(of person: PersonReference) async throws -> (caseFile: CaseID, item: ItemID) {
        let receipt = try await perform(application(of: person), by: principal(.station))
        let caseFile = CaseID(try receipt.only("case").id)
        let item = ItemID(try receipt.only("item").id)
        return (caseFile, item)
    }

    /// A referral of a new case to 教育 with 妇联 helping, sent out.
    func dispatchReferral(of person: PersonReference) async throws -> (caseFile: CaseID, referral: ReferralID) {
        let (caseFile, item) = try await openCase(of: person)
        try await perform(
            CompleteTriage(items: [ItemPath(item: item, path: .refer)]), on: .caseFile(caseFile),
            by: principal(.dispatcher))
        let receipt = try await perform(
            DispatchReferral(order: ReferralOrder(items: [item])), on: .caseFile(caseFile), by: principal(.dispatcher))
        return (caseFile, ReferralID(try receipt.only("referral").id))
    }

    /// How a department's own handler acts over HTTP.
    func handler(of department: DepartmentCode) -> Principal { principal(.department, of: department) }
}

extension CommandReceipt {
    /// The one thing of a kind the command brought into being.
    func only(_ kind: String) throws -> Created {
        let found = created.filter { $0.kind == kind }
        #expect(found.count == 1, "one \(kind)")
        return try #require(found.first)
    }

    func person() throws -> PersonReference { PersonReference(try only("person").id) }
}
