import DepartmentKit
import EventSourcing
import FeedProtocol
import FoundationEssentials
import Logging

/// Makes a demo's hub and its seven departments before anything runs.
struct DemoSetup: Sendable {
    let folder: DemoFolder
    let console: Console
    let feedPort: Int

    /// Makes log, keys and rule book, enrols the departments, issues the tokens.
    ///
    /// - Returns: One token a role.
    /// - Throws: ``CommandFailure``.
    func make(startingAt moment: DemoMoment) async throws(CommandFailure) -> [DemoRole: String] {
        console.say("建立中心与规则 – making the hub and its rules")
        _ = try await HubInitializer(folder: folder.hub, hubCode: "DY", isDemo: true, startingAt: moment.instant)
            .run(rulebook: try Self.rulebook(), console: console)
        let hub = try await OpenHub.open(folder.hub, logger: Logger(label: "onedoor.demo"))
        let control = "tcp://127.0.0.1:\(feedPort)"
        let door = LocalDoor(hub) { control }
        do throws(CommandFailure) {
            for department in DemoStory.departments { try await enrol(department, through: door) }
            let tokens = try await issueTokens(through: door)
            await door.close()
            return tokens
        } catch {
            await door.close()
            throw error
        }
    }

    private func enrol(_ department: String, through door: LocalDoor) async throws(CommandFailure) {
        guard let code = DepartmentCode(department) else { return }
        do throws(AdapterFault) {
            let place = AdapterFolder(folder.department(code))
            let sheet = try place.initialise(department: code)
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

    private func issueTokens(through door: LocalDoor) async throws(CommandFailure) -> [DemoRole: String] {
        var tokens: [DemoRole: String] = [:]
        for role in DemoRole.allCases {
            let request = TokenRequest(
                role: role.role, label: "demo", department: role.department, post: nil,
                town: [.station, .caller].contains(role) ? "huangtang" : nil, file: nil)
            let issued = try await door.issueToken(request)
            try TokenDesk.write(issued.token, to: folder.token(role))
            tokens[role] = issued.token
        }
        return tokens
    }

    /// The default rule book: beside the program, or where the program is run from.
    static func rulebook() throws(CommandFailure) -> String {
        var candidates = ["deploy/rulebook"]
        if let own = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            var path = own
            while let slash = path.lastIndex(of: "/") {
                path = String(path[..<slash])
                candidates.append("\(path)/deploy/rulebook")
            }
        }
        if let given = ProcessInfo.processInfo.environment["ONEDOOR_RULEBOOK"] { candidates.insert(given, at: 0) }
        guard let found = candidates.first(where: { FileManager.default.fileExists(atPath: "\($0)/deadlines.yaml") })
        else {
            throw CommandFailure(
                .configuration, code: "demo.rulebook", field: "deploy/rulebook", chinese: "找不到规则目录",
                english: "the rule book was not found",
                remedy: "在项目目录中运行,或设置 ONEDOOR_RULEBOOK / run in the project's folder, or set ONEDOOR_RULEBOOK")
        }
        return found
    }
}
