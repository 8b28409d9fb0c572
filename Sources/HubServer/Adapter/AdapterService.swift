package import DepartmentKit
import DepartmentStore
package import EventSourcing
import FeedProtocol
package import Logging
import ServiceLifecycle
import UnixSignals

/// `onedoor adapter`: joins a department's store, feed and local socket into one running process.
package struct AdapterService: Sendable {
    private let folder: AdapterFolder
    private let department: DepartmentCode
    private let post: PostCode
    private let clock: any CivilClock
    private let logger: Logger

    /// Takes what the command line gave; nothing is opened yet.
    ///
    /// - Parameters:
    ///   - post: Acts where an act names no other; nothing means `<department>/office`.
    ///   - clock: The department's own wall clock; a demo goes by the hub's instead.
    package init(
        folder: AdapterFolder, department: DepartmentCode, post: PostCode? = nil, clock: any CivilClock, logger: Logger
    ) throws(AdapterFault) {
        guard let post = post ?? PostCode("\(department)/office") else {
            throw AdapterFault(
                .usage, code: "post.invalid", field: "--post", chinese: "岗位不对", english: "must be \(PostCode.textForm)",
                remedy: "写成 \(department)/… / write it as \(department)/…")
        }
        self.folder = folder
        self.department = department
        self.post = post
        self.clock = clock
        self.logger = logger
    }

    /// Runs until SIGTERM or SIGINT.
    ///
    /// - Throws: ``AdapterFault`` when it cannot start, or a person must look: its kind says the exit code.
    package func run() async throws {
        let sheet = try folder.handOverSheet()
        guard sheet.department == department else {
            throw AdapterFault(
                .configuration, code: "sheet.otherDepartment", field: "--department",
                chinese: "交接单属于 \(sheet.department)",
                english: "the pinned sheet is for \(sheet.department)",
                remedy: "用对应的目录或部门代码 / use the folder of that department, or its code")
        }
        let secrets = try DepartmentSecrets(in: folder)
        let store: DepartmentStore
        do {
            store = try DepartmentStore(folder: folder.path, department: department, logID: sheet.logID)
        } catch {
            throw AdapterFault(error)
        }
        let runtime = try AdapterRuntime(
            sheet: sheet, keys: secrets, store: store, post: post, clock: clock, logger: logger)
        let control = AdapterControl(runtime: runtime, post: post) { [clock] in
            UniqueID(versionSevenAt: clock.now(), random: (.random(in: .min ... .max), .random(in: .min ... .max)))
        }
        let server = LineServer(path: folder.socket) { line in await control.answer(line) }
        logger.info(
            "适配器已启动 / adapter started",
            metadata: ["department": "\(department)", "hub": "\(sheet.controlEndpoint)", "socket": "\(folder.socket)"])
        do {
            try await ServiceGroup(
                configuration: .init(
                    services: [
                        .init(service: runtime, successTerminationBehavior: .gracefullyShutdownGroup),
                        .init(service: server),
                    ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            ).run()
        } catch let error as LineError {
            throw AdapterFault(error)
        }
    }
}
