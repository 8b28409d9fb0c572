import CaseDesk
import DepartmentKit
import EventSourcing
import FeedProtocol
import FoundationEssentials
import Logging
import RuleBook

/// The hub a scenario is played at: a demo log of its own, a served process, the adapters of its departments, one token an
/// actor, the demo clock.
struct ScenarioHub: Sendable {
    let folder: DemoFolder
    let address: String
    let processes: DemoProcesses
    private let tokens: [String: String]

    /// Makes the hub and its departments and starts them all.
    ///
    /// - Throws: ``CommandFailure`` when the folder is not empty, a port is taken or an actor cannot be.
    static func start(
        _ file: ScenarioFile, in folder: DemoFolder, at moment: DemoMoment, port: Int, console: Console
    ) async throws(CommandFailure) -> ScenarioHub {
        console.say("建立中心与规则 – making the hub and its rules")
        _ = try await HubInitializer(
            folder: folder.hub, hubCode: file.hubCode, isDemo: true, startingAt: moment.instant
        ).run(rulebook: try ShippedFiles.rulebook(), console: console)
        let ports = try FreePorts.take(web: port, feeds: file.adapters.count + 1)
        let tokens = try await furnish(file, folder, control: "tcp://127.0.0.1:\(ports.feed)")
        let hub = ScenarioHub(
            folder: folder, address: "http://127.0.0.1:\(ports.web)",
            processes: DemoProcesses(executable: try OwnExecutable.path(), console: console), tokens: tokens)
        do throws(CommandFailure) {
            try await hub.processes.start(
                .init(
                    name: "serve",
                    arguments: [
                        "serve", "--data", folder.hub.path, "--port", "\(ports.web)", "--feed-port", "\(ports.feed)",
                        "--quiet",
                    ]))
            for department in file.adapters {
                try await hub.processes.start(
                    .init(
                        name: "\(department)",
                        arguments: [
                            "adapter", "run", "--department", "\(department)", "--dir", folder.department(department),
                            "--quiet",
                        ]))
            }
            try await hub.patiently { () async throws(CommandFailure) in
                _ = try await hub.client("auditor").get("/readyz")
            }
            return hub
        } catch {
            await hub.processes.stop()
            throw error
        }
    }

    /// Enrols the departments and issues the tokens, before anything runs.
    private static func furnish(
        _ file: ScenarioFile, _ folder: DemoFolder, control: String
    ) async throws(CommandFailure) -> [String: String] {
        let opened = try await OpenHub.open(folder.hub, logger: Logger(label: "onedoor.scenario"))
        let door = LocalDoor(opened) { control }
        do throws(CommandFailure) {
            for department in file.adapters { try await enrol(department, folder, through: door) }
            var tokens: [String: String] = [:]
            for (name, actor) in file.actors.sorted(by: { $0.key < $1.key }) {
                let request = TokenRequest(
                    role: actor.role.rawValue, label: "scenario", department: actor.department, post: actor.post,
                    town: actor.town, file: nil)
                let token = try await door.issueToken(request).token
                try TokenDesk.write(token, to: "\(folder.tokens)/\(name).token")
                tokens[name] = token
            }
            await door.close()
            return tokens
        } catch {
            await door.close()
            throw error
        }
    }

    private static func enrol(
        _ department: DepartmentCode, _ folder: DemoFolder, through door: LocalDoor
    ) async throws(CommandFailure) {
        do throws(AdapterFault) {
            let place = AdapterFolder(folder.department(department))
            let sheet = try place.initialise(department: department)
            let handOver: HandOverSheet
            do throws(CommandFailure) {
                handOver = try await DepartmentEnrolment.enrol(sheet, through: door)
            } catch {
                throw AdapterFault(
                    .configuration, code: error.code, field: error.field, chinese: error.chinese,
                    english: error.english, remedy: error.remedy)
            }
            _ = try place.pin(handOver.text)
        } catch {
            throw CommandFailure(error)
        }
    }

    // MARK: Asking

    func client(_ actor: String) -> HubClient {
        HubClient(base: address, token: tokens[actor] ?? "")
    }

    /// Moves the demo clock.
    func setClock(_ moment: DemoMoment) async throws(CommandFailure) {
        do throws(LineError) {
            let answer = try await LineClient.ask(
                folder.hub.clockSocket, Data(#"{"set":"\#(moment.instant)"}"#.utf8))
            guard let value = try? EventJSON.decode(JSONValue.self, from: answer), value["now"] != nil else {
                throw LineError.noAnswer(folder.hub.clockSocket)
            }
        } catch {
            throw CommandFailure(
                .tryAgain, code: "demo.clock", chinese: "演示时钟没有回答", english: "the demo clock does not answer",
                remedy: "时刻不能倒退 / time does not go back")
        }
    }

    /// Asks a department's adapter.
    func ask(_ department: DepartmentCode, _ request: AdapterRequest) async throws(CommandFailure) -> AdapterReply {
        do throws(AdapterFault) {
            return try await AdapterClient(AdapterFolder(folder.department(department))).ask(request)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// An adapter acts in the hub's time, so it must have heard the moment, and everything before it.
    ///
    /// - Throws: ``CommandFailure`` that says how far it is, so that one sees whether it moves and where it stands.
    func requireCaughtUp(_ department: DepartmentCode, at moment: DemoMoment) async throws(CommandFailure) {
        let status = try await ask(department, AdapterRequest(act: "status")).status
        guard let status, status.connection == .live, status.lag == 0, status.hubTime == moment.instant else {
            let head = status?.headSequence.map { "\($0)" } ?? "?"
            let time = status?.hubTime.map { "\($0)" } ?? "?"
            throw CommandFailure(
                .tryAgain, code: "demo.catchingUp",
                field:
                    "\(department) \(status?.connection.rawValue ?? "starting") \(status?.sequence ?? 0)/\(head) \(time)",
                chinese: "适配器还没有跟上", english: "the adapter has not caught up yet", remedy: "等待 / wait")
        }
    }

    // MARK: Patience

    /// Tries until it works, as long as something moves; processes that died are started again.
    func patiently<Value: Sendable>(
        _ attempt: () async throws(CommandFailure) -> Value
    ) async throws(CommandFailure) -> Value {
        var patience = ScenarioPatience(from: .now)
        while true {
            do throws(CommandFailure) {
                return try await attempt()
            } catch {
                guard error.isPassing else { throw error }
                let sign = "\(error.code) \(error.field) \(await processes.restarts)"
                guard patience.allowsMore(sign, at: .now) else { throw error }
            }
            try await processes.revive()
            // Sleeps: processes that are starting or catching up are asked again, not without pause.
            try? await ContinuousClock().sleep(for: .milliseconds(30))
        }
    }

    func revive() async throws(CommandFailure) {
        try await processes.revive()
    }

    func stop() async {
        await processes.stop()
    }
}

extension CommandFailure {
    /// Whether the same thing may work in a moment: a process is away, catching up, or has an older clock.
    var isPassing: Bool { status == .unreachable || status == .tryAgain || code == "body.future" }
}
