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

    /// What the rules said, and what they said it from.
    struct Decision {
        let events: [Decided<HubEvent>]
        let condition: AppendCondition
        let caseFile: CaseID?
        /// Whose key seals the signed command.
        let applicant: PersonReference?
        let occurredAt: Instant
    }

    func carryOut() async throws(DeskError) -> CommandReceipt {
        let command = try readCommand()
        let now = desk.clock.now()
        let occurredAt = request.body.occurredAt ?? now
        guard occurredAt <= now else {
            throw DeskError(
                .badRequest, code: "body.future", field: "occurredAt", chinese: "发生时间在将来",
                english: "the time lies in the future", remedy: "填写现在或过去的时间 / give a time up to now")
        }
        try checkPost()
        let sealed = try admitSealed(now: now)
        let subject = try readSubject(admitting: sealed.first?.person, now: now)
        for _ in 0..<Self.attempts {
            let decision = try await decide(command, subject, now: now, occurredAt: occurredAt, sealed: sealed)
            let events = try build(decision, sealed: sealed, now: now)
            if let receipt = try await append(events, under: decision.condition) {
                return receipt.naming(admitted: registersPerson ? sealed.first?.person : nil)
            }
        }
        throw DeskError(EventLogError(.conflict))
    }

    private func append(_ events: [NewEvent], under condition: AppendCondition) async throws(DeskError)
        -> CommandReceipt?
    {
        let append = Append(
            commandID: request.id, actor: request.principal.account, fingerprint: fingerprint, events: events,
            condition: condition)
        do throws(EventLogError) {
            return try await desk.receipt(for: desk.log.append(append))
        } catch {
            if error.code == .conflict { return nil }
            throw DeskError(error)
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

    private func readSubject(admitting person: PersonReference?, now: Instant) throws(DeskError) -> Subject {
        if registersPerson, request.subject.isEmpty {
            return .person(person ?? PersonReference(desk.identifiers.next(at: now)))
        }
        let expected = type.subjects.map(\.rawValue).sorted().map { $0.isEmpty ? "∅" : "\($0)/<uuid>" }
            .joined(separator: ", ")
        guard let subject = Subject(request.subject), type.subjects.contains(subject.kind) else {
            throw DeskError(
                .badRequest, code: "command.subject", field: "subject", chinese: "命令的对象不对",
                english: "the command is addressed to the wrong kind of thing",
                remedy: "对象应为 / address it to: \(expected)")
        }
        return subject
    }

    /// A department acts through its own posts only.
    private func checkPost() throws(DeskError) {
        guard let post = request.body.actingPost, let department = request.principal.department,
            post.department != department
        else { return }
        throw DeskError(
            .forbidden, code: "access.post", field: "actingPost", chinese: "岗位不属于本部门",
            english: "the post belongs to another department",
            remedy: "填写 \(department)/… 的岗位 / give a post of \(department)")
    }

    /// What came sealed, with the person of each part; a person to be registered gets a key and an identity row here.
    private func admitSealed(now: Instant) throws(DeskError) -> [(
        text: SealedText, person: PersonReference, value: JSONValue
    )] {
        var admitted: PersonReference?
        var parts: [(text: SealedText, person: PersonReference, value: JSONValue)] = []
        for (index, part) in (request.body.sealed ?? []).enumerated() {
            guard type.sealedGroups.contains(part.group) else {
                let allowed = type.sealedGroups.map(\.rawValue).sorted().joined(separator: ", ")
                throw DeskError(
                    .badRequest, code: "body.sealedGroup", field: "sealed[\(index)].group", chinese: "这条命令不带这一组内容",
                    english: "this command does not carry this group",
                    remedy: "可带 / it may carry: \(allowed.isEmpty ? "–" : allowed)")
            }
            if registersPerson, part.group == .identity, part.person == nil {
                admitted = try desk.keys.admitPerson(
                    identity: part.value, proposed: PersonReference(desk.identifiers.next(at: now)))
            }
            guard let person = part.person ?? admitted else {
                throw DeskError(
                    .badRequest, code: "body.missingField", field: "sealed[\(index)].person", chinese: "没有说明是谁的",
                    english: "whose it is was not said",
                    remedy: "填写人员编号;登记新人时把 identity 放在最前 / give the person; when registering, put identity first")
            }
            parts.append((SealedText(part.group, of: person, SealedHandle(index)), person, part.value))
        }
        return parts
    }
}

extension CommandReceipt {
    /// A registration that found the person already there still tells the reference.
    func naming(admitted person: PersonReference?) -> CommandReceipt {
        guard let person, !created.contains(where: { $0.kind == "person" }) else { return self }
        let existing = Created(kind: "person", id: person.unique, number: nil)
        return CommandReceipt(
            position: position, repeated: repeated, events: events, created: created + [existing])
    }
}

extension HubCommand {
    /// Reads a body of this command strictly.
    fileprivate static func read(from data: Data) throws(BodyError) -> Self {
        try BodyReader.read(Self.self, from: data)
    }
}
