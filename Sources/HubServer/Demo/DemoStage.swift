import CaseDesk
import DepartmentKit
import EventSourcing
import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// Where the story is played: the hub's API, the departments' adapters, the clock; patient with processes that die.
actor DemoStage {
    let folder: DemoFolder
    let console: Console
    let processes: DemoProcesses
    private let address: String
    private let tokens: [DemoRole: String]
    private var kills: [DemoKill]
    private(set) var now: DemoMoment
    private(set) var steps = 0
    /// What the story has brought into being, by the name the story gives it.
    private var named: [String: UniqueID] = [:]

    /// How long a step is tried while processes come back.
    private static let patience = Duration.seconds(60)

    init(
        folder: DemoFolder, console: Console, processes: DemoProcesses, address: String, tokens: [DemoRole: String],
        kills: [DemoKill], startingAt moment: DemoMoment
    ) {
        self.folder = folder
        self.console = console
        self.processes = processes
        self.address = address
        self.tokens = tokens
        self.kills = kills
        now = moment
    }

    func client(_ role: DemoRole) -> HubClient {
        HubClient(base: address, token: tokens[role] ?? "")
    }

    /// Something the story has named.
    func id(_ name: String) throws(CommandFailure) -> UniqueID {
        guard let id = named[name] else {
            throw CommandFailure(
                .defect, code: "demo.unnamed", field: name, chinese: "演示剧本有误",
                english: "the story names something unknown",
                remedy: "请报告此错误 / report this")
        }
        return id
    }

    func name(_ name: String, _ id: UniqueID) {
        named[name] = id
    }

    /// Moves the story to a later moment.
    func move(to moment: DemoMoment) async throws(CommandFailure) {
        now = moment
        try await patiently { () async throws(CommandFailure) in try await self.setClock() }
    }

    private func setClock() async throws(CommandFailure) {
        let line = Data(#"{"set":"\#(now.instant)"}"#.utf8)
        do throws(LineError) {
            let answer = try await LineClient.ask(folder.hub.clockSocket, line)
            guard let value = try? EventJSON.decode(JSONValue.self, from: answer), value["now"] != nil else {
                throw LineError.noAnswer(folder.hub.clockSocket)
            }
        } catch {
            throw CommandFailure(
                .tryAgain, code: "demo.clock", chinese: "演示时钟没有回答", english: "the demo clock does not answer",
                remedy: "等待 / wait")
        }
    }

    // MARK: Commands of the centre

    /// Sends one command of the centre, as often as it takes; it takes effect once.
    @discardableResult
    func perform(
        _ role: DemoRole, _ type: String, _ subject: String = "", open: JSONValue = [:],
        sealed: [SealedValue] = [], post: String? = nil
    ) async throws(CommandFailure) -> CommandReceipt {
        try await beginStep("\(type) \(subject)")
        let id = commandID
        let body = CommandBody(
            occurredAt: now.instant, actingPost: post.flatMap { PostCode($0) }, open: open,
            sealed: sealed.isEmpty ? nil : sealed)
        return try await patiently { () async throws(CommandFailure) in
            try await self.setClock()
            return try await self.client(role).perform(type, subject: subject, body: body, id: id)
        }
    }

    // MARK: Acts of the departments

    /// Has a department's adapter act, once the adapter knows what it acts on.
    @discardableResult
    func act(
        _ department: String, _ act: AdapterAct, _ subject: String, open: JSONValue = [:], post: String? = nil,
        configure: @Sendable (inout AdapterRequest) -> Void = { _ in }
    ) async throws(CommandFailure) -> Position {
        try await beginStep("\(department) \(act.rawValue) \(subject)")
        var request = AdapterRequest(act)
        if act.isAboutFollowUp { request.followUp = subject } else { request.referral = subject }
        request.command = commandID
        request.open = open
        request.post = post.flatMap { PostCode($0) }
        configure(&request)
        let asked = request
        return try await patiently { () async throws(CommandFailure) in
            try await self.setClock()
            try await self.requireCaughtUp(department)
            let reply = try await self.ask(department, asked)
            switch reply.result {
            case .accepted: return Position(reply.position ?? 0)
            case .waiting: throw Self.wait("demo.waiting", department)
            case .refused, .error, .ok:
                // Not yet received, or a hub that has just come back: the adapter learns it in a moment.
                let passing = ["referral.unknown", "followUp.unknown", "hub.timeUnknown", "body.future"]
                guard reply.result != .refused || reply.code == "body.future" else {
                    throw Self.refused(reply, department)
                }
                guard passing.contains(reply.code ?? "") else { throw Self.refused(reply, department) }
                throw Self.wait(reply.code ?? "demo.wait", department)
            }
        }
    }

    /// Asks a department's adapter.
    func ask(_ department: String, _ request: AdapterRequest) async throws(CommandFailure) -> AdapterReply {
        guard let code = DepartmentCode(department) else { throw Self.wait("demo.department", department) }
        do throws(AdapterFault) {
            return try await AdapterClient(AdapterFolder(folder.department(code))).ask(request)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// An adapter acts in the hub's time, so it must have heard the moment, and everything before it.
    func requireCaughtUp(_ department: String) async throws(CommandFailure) {
        let status = try await ask(department, AdapterRequest(act: "status")).status
        guard let status, status.connection == .live, status.lag == 0, status.hubTime == now.instant else {
            throw Self.wait("demo.catchingUp", department)
        }
    }

    // MARK: Patience

    /// Tries until it works; processes that died are started again.
    func patiently<Value: Sendable>(
        _ attempt: () async throws(CommandFailure) -> Value
    ) async throws(CommandFailure) -> Value {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do throws(CommandFailure) {
                return try await attempt()
            } catch {
                let isPassing =
                    error.status == .unreachable || error.status == .tryAgain || error.code == "body.future"
                guard isPassing, ContinuousClock.now < deadline else { throw error }
            }
            try await processes.revive()
            // Sleeps: processes that are starting or catching up are asked again, not without pause.
            try? await ContinuousClock().sleep(for: .milliseconds(30))
        }
    }

    private func beginStep(_ what: String) async throws(CommandFailure) {
        steps += 1
        for kill in kills where kill.step == steps { await kill.strike(processes, folder: folder) }
        kills.removeAll { $0.step == steps }
        console.progress("\(now.text)  \(steps). \(what)")
    }

    /// The same step of the same story has the same command id, so that a repeat is a repeat.
    private var commandID: UniqueID {
        UniqueID(versionSevenAt: now.instant, random: (UInt64(steps), 0x0d00_0000_0000_0000 | UInt64(steps)))
    }

    private static func wait(_ code: String, _ field: String) -> CommandFailure {
        CommandFailure(
            .tryAgain, code: code, field: field, chinese: "还没有准备好", english: "not ready yet", remedy: "等待 / wait")
    }

    private static func refused(_ reply: AdapterReply, _ department: String) -> CommandFailure {
        CommandFailure(
            .refused, code: reply.code ?? "demo.refused", field: reply.field ?? department,
            chinese: reply.chinese ?? "中心拒绝了 \(department) 的操作",
            english: reply.english ?? "the hub refused \(department)",
            remedy: reply.remedy ?? "")
    }
}
