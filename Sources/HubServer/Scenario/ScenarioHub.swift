import CaseDesk
import DepartmentKit
import EventSourcing
import FoundationEssentials
import Logging
import RuleBook

/// The hub a scenario is played at: a demo log of its own, a served process, one token an actor, the demo clock.
struct ScenarioHub: Sendable {
    let folder: DemoFolder
    let address: String
    private let processes: DemoProcesses
    private let tokens: [String: String]

    /// How long the hub may take to begin serving.
    private static let patience = Duration.seconds(60)

    /// Makes the hub and starts it.
    ///
    /// - Throws: ``CommandFailure`` when the folder is not empty, a port is taken or an actor cannot be.
    static func start(
        _ file: ScenarioFile, in folder: DemoFolder, at moment: DemoMoment, port: Int, console: Console
    ) async throws(CommandFailure) -> ScenarioHub {
        _ = try await HubInitializer(
            folder: folder.hub, hubCode: file.hubCode, isDemo: true, startingAt: moment.instant
        ).run(rulebook: try DemoSetup.rulebook(), console: console)
        let tokens = try await issue(file.actors, folder)
        let ports = try FreePorts.take(web: port, feeds: 1)
        let processes = DemoProcesses(executable: try OwnExecutable.path(), console: console)
        let hub = ScenarioHub(
            folder: folder, address: "http://127.0.0.1:\(ports.web)", processes: processes, tokens: tokens)
        try await processes.start(
            .init(
                name: "serve",
                arguments: [
                    "serve", "--data", folder.hub.path, "--port", "\(ports.web)", "--feed-port", "\(ports.feed)",
                    "--quiet",
                ]))
        do throws(CommandFailure) {
            try await hub.ready()
            return hub
        } catch {
            await processes.stop()
            throw error
        }
    }

    private static func issue(
        _ actors: [String: ScenarioFile.Actor], _ folder: DemoFolder
    ) async throws(CommandFailure) -> [String: String] {
        let door = LocalDoor(try await OpenHub.open(folder.hub, logger: Logger(label: "onedoor.scenario"))) { "" }
        do throws(CommandFailure) {
            var tokens: [String: String] = [:]
            for (name, actor) in actors.sorted(by: { $0.key < $1.key }) {
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

    private func ready() async throws(CommandFailure) {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            do throws(CommandFailure) {
                _ = try await client("auditor").get("/readyz")
                return
            } catch {
                guard ContinuousClock.now < deadline else { throw error }
            }
            try await processes.revive()
            // Sleeps: a hub that is starting is asked again, not without pause.
            try? await ContinuousClock().sleep(for: .milliseconds(30))
        }
    }

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

    func revive() async throws(CommandFailure) {
        try await processes.revive()
    }

    func stop() async {
        await processes.stop()
    }
}
