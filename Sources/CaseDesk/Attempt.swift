import Casework
import EventSourcing
import FoundationEssentials
import RuleBook
import WorkingCalendar

/// One command on its way through the desk: read, decide, seal, append; again while others interfere.
struct Attempt {
    let desk: CaseDesk
    let request: CommandRequest
    let type: any HubCommand.Type
    let fingerprint: Data

    /// More conflicts in a row than this mean that something else is wrong.
    private static let attempts = 5

    /// Who asked has given up by then and will ask again; what still waits in line is not begun.
    private static let patience = Duration.seconds(10)

    /// What the rules said, and what they said it from.
    struct Decision {
        let events: [Decided<HubEvent>]
        /// The identifier of each event, in order.
        let ids: [UniqueID]
        let condition: AppendCondition
        /// The case, else what the command or its first event is about.
        let correlation: UniqueID?
        /// Whose key seals the signed command.
        let applicant: PersonReference?
        let occurredAt: Instant
    }

    func carryOut() async throws(DeskError) -> CommandReceipt {
        let command = try readCommand()
        let now = desk.clock.now()
        let occurredAt = request.body.occurredAt ?? now
        guard occurredAt <= now else {
            throw DeskError(.inTheFuture)
        }
        try checkSealedGroups()
        let addressed = try readSubject()
        let registrant = try registrant(now: now)
        let subject = registrant.map(Subject.person) ?? addressed
        let sealed = try readSealed(of: registrant)
        for _ in 0..<Self.attempts {
            if let receipt = try await once(command, subject, now: now, occurredAt: occurredAt, sealed: sealed) {
                return try naming(receipt, registrant: registrant)
            }
        }
        throw DeskError(EventLogError(.conflict))
    }

    /// Reads, decides and appends.
    ///
    /// - Returns: Nothing when others changed meanwhile what the decision was made from.
    private func once(
        _ command: any HubCommand, _ subject: Subject, now: Instant, occurredAt: Instant, sealed: [SealedInput]
    ) async throws(DeskError) -> CommandReceipt? {
        let proposal: NumberProposal
        do throws(EventLogError) {
            proposal = try await desk.numbers.propose(
                for: request.type, hubCode: desk.hubCode, year: CivilDay(containing: now.milliseconds).year)
        } catch {
            throw desk.told(error)
        }
        let outcome: Result<CommandReceipt?, DeskError>
        do throws(DeskError) {
            let decision = try await decide(
                command, subject, now: now, occurredAt: occurredAt, sealed: sealed, numbers: proposal)
            let events = try build(decision, sealed: sealed, now: now)
            try indexPhones(sealed)
            outcome = .success(try await append(events, under: decision.condition))
        } catch {
            outcome = error.kind == .conflict ? .success(nil) : .failure(error)
        }
        await desk.numbers.settle(proposal)
        return try outcome.get()
    }

    private func append(_ events: [NewEvent], under condition: AppendCondition) async throws(DeskError)
        -> CommandReceipt
    {
        let append = Append(
            commandID: request.id, actor: request.principal.account, fingerprint: fingerprint, events: events,
            condition: condition, deadline: .now + Self.patience)
        do throws(EventLogError) {
            return try await desk.receipt(for: desk.log.append(append))
        } catch {
            throw desk.told(error)
        }
    }

    /// Telephone numbers are found by index, which is written before the event that holds them, as names are.
    private func indexPhones(_ sealed: [SealedInput]) throws(DeskError) {
        for part in sealed where part.text.group == .contact {
            guard let text = part.value["phone"]?.text, let number = try? CaseDesk.phoneNumber(text) else { continue }
            try desk.keys.indexPhones([number], of: part.person)
        }
    }

    // MARK: Reading

    private func readCommand() throws(DeskError) -> any HubCommand {
        do throws(BodyError) {
            let bytes: Data
            do {
                bytes = try EventJSON.encode(request.body.open)
            } catch {
                throw BodyError(.malformedJSON, field: "open", remedy: "send an object")
            }
            return try type.read(from: bytes)
        } catch {
            let field = error.field.isEmpty ? "open" : "open.\(error.field)"
            throw DeskError(BodyError(error.code, field: field, remedy: error.remedy))
        }
    }

    /// A registration is addressed to nobody: who it is about is known once the identity has been admitted.
    private var registersPerson: Bool { type == RegisterPerson.self }

    private func readSubject() throws(DeskError) -> Subject {
        let kinds = registersPerson ? [SubjectKind.none] : type.subjects
        guard let subject = Subject(request.subject), kinds.contains(subject.kind) else {
            let expected = kinds.map(\.rawValue).sorted().map { $0.isEmpty ? "∅" : "\($0)/<uuid>" }
                .joined(separator: ", ")
            throw DeskError(
                .wrongSubject,
                remedy: "对象应为 / address it to: \(expected)")
        }
        return subject
    }

    private func checkSealedGroups() throws(DeskError) {
        for (index, part) in (request.body.sealed ?? []).enumerated() where !type.sealedGroups.contains(part.group) {
            let allowed = type.sealedGroups.map(\.rawValue).sorted().joined(separator: ", ")
            throw DeskError(
                .groupNotCarried, field: "sealed[\(index)].group",
                remedy: "可带 / it may carry: \(allowed.isEmpty ? "–" : allowed)")
        }
    }

    /// Whom a registration is about: the person with this identity number, who gets a key and an identity row here.
    private func registrant(now: Instant) throws(DeskError) -> PersonReference? {
        guard registersPerson else { return nil }
        guard let identity = (request.body.sealed ?? []).first(where: { $0.group == .identity }) else {
            throw DeskError(.noIdentity)
        }
        return try desk.keys.admitPerson(
            identity: identity.value, proposed: PersonReference(desk.identifiers.next(at: now)))
    }

    /// What came sealed, with the person of each part; only the parts of a registration may leave the person out.
    private func readSealed(of registrant: PersonReference?) throws(DeskError) -> [SealedInput] {
        var parts: [SealedInput] = []
        for (index, part) in (request.body.sealed ?? []).enumerated() {
            guard let person = part.person ?? registrant else {
                throw DeskError(
                    .missingField, field: "sealed[\(index)].person",
                    remedy: "填写人员编号 / give the person whose it is")
            }
            parts.append((SealedText(part.group, of: person, SealedHandle(index)), person, part.value))
        }
        return parts
    }
}

extension Attempt {
    /// A registration tells the reference, also when the person was there already and when it is asked again.
    ///
    /// - Parameter registrant: The person, where that is known already.
    func naming(_ receipt: CommandReceipt, registrant person: PersonReference?) throws(DeskError) -> CommandReceipt {
        guard registersPerson, !receipt.created.contains(where: { $0.kind == EventTag.Kind.person.rawValue }) else {
            return receipt
        }
        let known = if let person { Optional(person) } else { try registrant(now: desk.clock.now()) }
        guard let person = known else { return receipt }
        let existing = CommandReceipt.Created(kind: EventTag.Kind.person.rawValue, id: person.unique, number: nil)
        return CommandReceipt(
            position: receipt.position, repeated: receipt.repeated, events: receipt.events,
            created: receipt.created + [existing])
    }
}

extension HubCommand {
    /// Reads a body of this command strictly.
    fileprivate static func read(from data: Data) throws(BodyError) -> Self {
        try BodyReader.read(Self.self, from: data)
    }
}
