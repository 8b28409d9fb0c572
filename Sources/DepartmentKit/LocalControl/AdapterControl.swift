package import EventSourcing
import FeedProtocol
package import FoundationEssentials

/// Answers the lines that come in on the adapter's local socket.
package struct AdapterControl: Sendable {
    /// Longest wait for the hub that may be asked for, in seconds.
    static let longestWait = 120
    private static let usualWait = 10

    private let runtime: AdapterRuntime
    private let post: PostCode
    private let identifiers: @Sendable () -> UniqueID

    /// - Parameters:
    ///   - post: Acts where a request names no other.
    ///   - identifiers: Makes the ids of commands that came without one.
    package init(runtime: AdapterRuntime, post: PostCode, identifiers: @escaping @Sendable () -> UniqueID) {
        self.runtime = runtime
        self.post = post
        self.identifiers = identifiers
    }

    /// Answers one line; never fails, since the failure is an answer too.
    package func answer(_ line: Data) async -> Data {
        let reply: AdapterReply
        do throws(AdapterFault) {
            reply = try await handle(line)
        } catch {
            reply = AdapterReply(error)
        }
        // Replies hold texts and whole numbers only, which always encode.
        return (try? EventJSON.encode(reply)) ?? Data(#"{"result":"error","code":"reply.encoding"}"#.utf8)
    }

    private func handle(_ line: Data) async throws(AdapterFault) -> AdapterReply {
        let request: AdapterRequest
        do {
            request = try BodyReader.read(AdapterRequest.self, from: line)
        } catch {
            throw AdapterFault(
                .usage, code: "request.\(error.code.rawValue)", field: error.field, chinese: "请求格式不对",
                english: "the request is not of the documented form", remedy: error.remedy)
        }
        if let act = AdapterAct(rawValue: request.act) { return try await perform(act, request) }
        return try look(request)
    }

    // MARK: Questions

    private func look(_ request: AdapterRequest) throws(AdapterFault) -> AdapterReply {
        var reply = AdapterReply(.ok)
        switch request.act {
        case "inbox":
            // A list shows no personal part; `show` does, one referral at a time.
            reply.inbox = try ask { store throws(DepartmentStoreError) in try store.inbox() }.map { referral in
                var row = referral
                row.parts = []
                return row
            }
            reply.followUps = try ask { store throws(DepartmentStoreError) in try store.followUps() }
            reply.meetings = try ask { store throws(DepartmentStoreError) in try store.meetingExtracts() }
        case "show":
            reply.inbox = [try referral(request)]
        case "status":
            reply.status = runtime.status
        default:
            let known = (AdapterAct.allCases.map(\.rawValue) + ["inbox", "show", "status"]).joined(separator: ", ")
            throw AdapterFault(
                .usage, code: "act.unknown", field: "act", chinese: "没有这个动作", english: "there is no such act",
                remedy: "可用 / use one of: \(known)")
        }
        return reply
    }

    private func referral(_ request: AdapterRequest) throws(AdapterFault) -> InboxReferral {
        guard let wanted = request.referral else { throw Self.missing("referral") }
        guard let row = try ask({ store throws(DepartmentStoreError) in try store.referral(wanted) }) else {
            throw Self.unknown("referral")
        }
        return row
    }

    private func ask<Value>(
        _ question: (any DepartmentStorePort) throws(DepartmentStoreError) -> Value
    ) throws(AdapterFault) -> Value {
        do {
            return try question(runtime.store)
        } catch {
            throw AdapterFault(error)
        }
    }

    private static func missing(_ field: String) -> AdapterFault {
        AdapterFault(
            .usage, code: "request.missingField", field: field, chinese: "缺少该字段", english: "this field is missing",
            remedy: "给出编号 / give its id or number")
    }

    private static func unknown(_ field: String) -> AdapterFault {
        AdapterFault(
            .nothingMatched, code: "\(field).unknown", field: field, chinese: "本部门没有收到过它",
            english: "this department has not received it", remedy: "用 inbox 查看编号 / see inbox for the numbers")
    }

    // MARK: Acts

    private func perform(_ act: AdapterAct, _ request: AdapterRequest) async throws(AdapterFault) -> AdapterReply {
        let subject = try self.subject(of: act, request)
        let acting = request.post ?? post
        guard acting.department == runtime.department else {
            throw AdapterFault(
                .usage, code: "post.foreign", field: "post", chinese: "不是本部门的岗位",
                english: "the post belongs to another department",
                remedy: "用 \(runtime.department)/… / use a post of your own")
        }
        let wait = request.waitSeconds ?? Self.usualWait
        guard (0...Self.longestWait).contains(wait) else {
            throw AdapterFault(
                .usage, code: "wait.range", field: "waitSeconds", chinese: "应为 0 至 120 秒",
                english: "must be 0 through 120 seconds", remedy: "改小该值 / give a smaller number")
        }
        if let open = request.open {
            guard case .object = open else {
                throw AdapterFault(
                    .usage, code: "open.notObject", field: "open", chinese: "应为对象", english: "must be an object",
                    remedy: "写成 {\"…\":…} / write it as {\"…\":…}")
            }
        }
        let occurredAt: Instant
        if let given = request.occurredAt { occurredAt = given } else { occurredAt = try runtime.civilNow() }
        let head = CommandHead(
            id: request.command ?? identifiers(), type: act.command, subject: subject.text,
            occurredAt: occurredAt, actingPost: acting,
            externalReference: request.externalReference)
        var sealed = request.sealed ?? []
        if let note = request.note {
            let person: PersonReference
            if let given = request.person { person = given } else { person = try subject.onlyPerson() }
            sealed.append(.init(group: .narrative, person: person, value: .string(note)))
        }
        let payload = CommandPayload(open: request.open ?? .object([:]), sealed: sealed)
        return AdapterReply(try await runtime.perform(head, payload, patience: wait * 1000))
    }

    /// What an act is about, and whom the slice holds.
    private struct Subject {
        let text: String
        let people: Set<PersonReference>

        /// The person a note is sealed under when none is named.
        func onlyPerson() throws(AdapterFault) -> PersonReference {
            guard people.count == 1, let person = people.first else {
                let known = people.sorted().map(\.description).joined(separator: ", ")
                throw AdapterFault(
                    .usage, code: "person.needed", field: "person", chinese: "请指明内容所关的人员编号",
                    english: "say which person the words are about",
                    remedy: people.isEmpty ? "给出 person / give person" : "可用 / one of: \(known)")
            }
            return person
        }
    }

    private func subject(of act: AdapterAct, _ request: AdapterRequest) throws(AdapterFault) -> Subject {
        guard act.isAboutFollowUp else {
            let row = try referral(request)
            return Subject(text: "referral/\(row.referral)", people: Set(row.parts.map(\.person)))
        }
        guard let wanted = request.followUp else { throw Self.missing("followUp") }
        let rows = try ask { store throws(DepartmentStoreError) in try store.followUps() }
        guard let row = rows.first(where: { $0.followUp.description == wanted || $0.number == wanted }) else {
            throw Self.unknown("followUp")
        }
        return Subject(text: "followup/\(row.followUp)", people: [])
    }
}
