import Casework
import EventSourcing
import Foundation
import Registry
import RuleBook
import Testing

/// A hub of one thread: history in an array, commands through their own boundary, nothing sealed for real.
struct TestHub {
    private(set) var events: [RecordedEvent] = []
    private var generator: UInt64 = 1000
    private var cases = 0
    private var requests = 0
    private var meetings = 0
    /// Whether each accepted command is sent again at once, which must add nothing.
    var checksRepeats = true
    /// The rule book every command decides by.
    var rules = Fixture.rules
    /// The calendar every limit is counted by.
    var calendar = Fixture.calendar

    /// Who sends; the centre's dispatcher unless told otherwise, and a department's head where an item is decided.
    struct Sender {
        var account: AccountID
        var role: Role
        var department: DepartmentCode?
        var post: PostCode?

        static let dispatcher = Sender(account: Fixture.id(1), role: .dispatcher)
        static let supervisor = Sender(account: Fixture.id(2), role: .supervisor)
        static let office = Sender(account: Fixture.id(3), role: .meetingOffice)
        static let station = Sender(account: Fixture.id(4), role: .station)
        static let approver = Sender(account: Fixture.id(5), role: .approver)
        static let head = Sender(account: Fixture.id(9), role: .departmentHead, department: Fixture.minzheng)

        /// Who sends a command where a test does not say.
        static func usual(for type: any HubCommand.Type) -> Sender {
            type.action == .decideItem ? .head : .dispatcher
        }

        static func of(_ department: DepartmentCode, post: String? = nil) -> Sender {
            Sender(
                account: Fixture.id(UInt64(100 + department.description.utf8.reduce(0) { $0 + Int($1) })),
                role: department == Fixture.jijinhui ? .voluntary : .department, department: department,
                post: post.map(Fixture.post))
        }
    }

    /// Sends one command and keeps what was decided.
    @discardableResult
    mutating func send<C: HubCommand>(
        _ command: C, to subject: Subject = .none, as named: Sender? = nil, at time: Instant,
        now: Instant? = nil, sealed: [(FieldGroup, PersonReference)] = [], isRepeatable: Bool = true,
        _ sourceLocation: SourceLocation = #_sourceLocation
    ) throws(CommandRefusal) -> [RecordedEvent] {
        let sender = named ?? .usual(for: C.self)
        let context = context(subject, sender, time, now ?? time, sealed)
        try require(C.self, sender, subject, sealed, sourceLocation)
        let own = try decide(command, context)
        var ids = own.map { _ in nextID() }
        let decided = own + wholeBoundary(command, context).lateReleases(after: own, ids: ids, context)
        ids += decided.dropFirst(own.count).map { _ in nextID() }
        let first = Position(UInt64(events.count + 1))
        for (one, id) in zip(decided, ids) { record(one, id, context, first, sourceLocation) }
        let recorded = Array(events.suffix(decided.count))
        if checksRepeats, isRepeatable {
            let again = try decide(command, self.context(subject, sender, time, now ?? time, []))
            #expect(again.isEmpty, "\(C.name) sent again adds nothing", sourceLocation: sourceLocation)
        }
        return recorded
    }

    func boundary(_ query: EventQuery = .all) -> Boundary {
        let found = events.filter { query.matches(type: $0.type, tags: Set($0.tags)) }
        guard let boundary = try? Boundary(found) else { preconditionFailure("what the hub wrote it can read") }
        return boundary
    }

    /// What the desk reads for a command: its own boundary, and its case where that leaves it out.
    private func wholeBoundary(_ command: some HubCommand, _ context: CommandContext) -> Boundary {
        var query = command.boundary(context)
        if let wider = command.widening(boundary(query), context) { query = query.or(wider) }
        return boundary(context.caseID.map { query.or(.tagged(.caseFile($0))) } ?? query)
    }

    func decide(_ command: some HubCommand, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        var query = command.boundary(context)
        if let wider = command.widening(boundary(query), context) { query = query.or(wider) }
        #expect(query.items.count <= 14, "a boundary leaves room for what the desk adds")
        return try command.decide(boundary(query), context)
    }

    /// The person as the registry would have entered them.
    mutating func register(_ person: PersonReference, minor: Bool = false, groups: [FieldGroup]) throws {
        checksRepeats = false
        defer { checksRepeats = true }
        try send(
            RegisterPerson(minor: minor), to: .person(person), as: .station, at: Fixture.morning("2023-08-14"),
            sealed: groups.map { ($0, person) })
    }

    mutating func context(
        _ subject: Subject, _ sender: Sender, _ time: Instant, _ now: Instant, _ sealed: [(FieldGroup, PersonReference)]
    ) -> CommandContext {
        let first = subject.tag.flatMap { tag in events.first { $0.tags.contains(tag) } }
        let owning = first?.tags.first { $0.kind == .caseFile }.flatMap { CaseID(String($0.name)) }
        let fresh = (0..<64).map { _ in nextID() }
        return CommandContext(
            commandID: nextID(), now: now, occurredAt: time,
            actor: .init(
                account: sender.account, post: sender.post, department: sender.department, role: sender.role.rawValue),
            actingPost: sender.post, channel: "http", subject: subject, owningCase: owning,
            sealed: sealed.enumerated().map { SealedText($1.0, of: $1.1, SealedHandle($0)) }, fresh: fresh,
            numbers: .init(
                hubCode: "DY", year: 2023, caseSerial: cases + 1, requestSerial: requests + 1,
                meetingSerial: meetings + 1),
            rules: rules, calendar: calendar)
    }

    private mutating func nextID() -> UniqueID {
        generator += 1
        return UniqueID(versionSevenAt: Fixture.morning("2023-08-14"), random: (1, generator))
    }

    /// What the desk checks before it asks the rules.
    private func require(
        _ type: any HubCommand.Type, _ sender: Sender, _ subject: Subject, _ sealed: [(FieldGroup, PersonReference)],
        _ location: SourceLocation
    ) throws(CommandRefusal) {
        #expect(type.subjects.contains(subject.kind), "\(type.name) takes this subject", sourceLocation: location)
        #expect(sealed.allSatisfy { type.sealedGroups.contains($0.0) }, sourceLocation: location)
        guard type.roles.contains(sender.role) else {
            throw CommandRefusal("role.forbidden", .forbidden, "无权操作", "not allowed")
        }
    }

    private mutating func record(
        _ decided: Decided<HubEvent>, _ id: UniqueID, _ context: CommandContext, _ first: Position,
        _ location: SourceLocation
    ) {
        let stored = decided.event.stored
        #expect(decided.tags.count <= 32, sourceLocation: location)
        #expect(!decided.disclosure.audience.contains(Fixture.fayuan), "courts get nothing", sourceLocation: location)
        var meta = EventMetadata(actor: context.actor, channel: context.channel, command: context.commandID)
        meta.sealed =
            decided.sealed.isEmpty
            ? nil
            : decided.sealed.enumerated().map { .init(s: UInt8($0 + 1), g: $1.group, p: $1.person) }
        guard let metaBytes = try? EventJSON.encode(meta), let data = try? EventJSON.encode(stored.payload) else {
            Issue.record("an event cannot be written", sourceLocation: location)
            return
        }
        switch stored.kind.rawValue {
        case "CaseOpened": cases += 1
        case "HelpRequestRecorded": requests += 1
        case "JointMeetingConvened": meetings += 1
        default: break
        }
        events.append(
            RecordedEvent(
                position: Position(UInt64(events.count + 1)), eventID: id, appendFirst: first,
                type: stored.kind.rawValue, schemaVersion: 1, occurredAt: context.occurredAt,
                recordedAt: context.now, meta: metaBytes, data: data, tags: decided.tags.sorted(),
                disclosureBytes: decided.disclosure.bytes, salt: Data(count: 16), removed: nil, leaf: Data(count: 32),
                sealed: decided.sealed.enumerated().map { index, part in
                    SealedSection(
                        section: UInt8(index + 1), group: part.group, person: part.person, digest: Data(count: 32),
                        nonce: Data(count: 12), ciphertext: Data(count: 16))
                }))
    }
}
