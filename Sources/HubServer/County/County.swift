import CaseDesk
import Casework
package import EventSourcing
import FoundationEssentials
import KeyStore
import Logging
import RuleBook
import SQLiteEventLog
import SQLiteViews
import WorkingCalendar

/// Makes a synthetic county: a hub's folder with two years of work in it, the same from the same seed.
///
/// Everything in it went through the desk and its deciders, with a clock of its own; the log says in its first event that
/// it is a demo's. Names and numbers are invented.
package struct County: Sendable {
    /// What was made.
    package struct Report: Codable, Sendable {
        package let folder: String
        package let seed: UInt64
        package let log: UniqueID
        package let events: UInt64
        /// Root of the log, lower-case hex: the same for the same settings.
        package let root: String
        package let people: Int
        package let cases: Int
        package let commands: Int
        /// Commands the deciders refused, by command and code; they recorded nothing.
        package let refused: [String: Int]
        /// Events of the people and their cases, by type.
        package let recorded: [String: Int]
        /// Folder with a token for each role, one a file.
        package let tokens: String
        package let milliseconds: Int64
        /// Of them for building the views.
        package let viewMilliseconds: Int64
    }

    private let folder: HubFolder
    private let settings: CountySettings
    private let rulebook: String?
    private let logger = Logger(label: "onedoor.generate")

    /// - Parameter rulebook: Folder of the rules; the default book when left out.
    package init(folder: HubFolder, settings: CountySettings, rulebook: String? = nil) {
        self.folder = folder
        self.settings = settings
        self.rulebook = rulebook
    }

    private static let start = Instant(milliseconds: CountySettings.firstDay.startMilliseconds + 480 * 60_000)

    /// Makes it.
    ///
    /// - Throws: ``CommandFailure`` when the folder is not empty or cannot be written, or a rule is wrong.
    package func make(console: Console) async throws(CommandFailure) -> Report {
        let began = ContinuousClock.now
        try requireEmpty()
        let book = if let rulebook { rulebook } else { try ShippedFiles.rulebook() }
        let rules = try RulePublication.read(book).map(\.command)
        let made = try await HubInitializer(synthetic: settings, in: folder, startingAt: Self.start)
            .run(rulebook: nil, console: console)
        let run: CountyRun
        let log: SQLiteEventLog
        do {
            log = try SQLiteEventLog.open(in: folder.path, clock: DemoClock(startingAt: Self.start))
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
        do throws(CommandFailure) {
            run = try await play(on: log, rules: rules, console: console)
        } catch {
            await log.close()
            throw error
        }
        let viewsBegan = ContinuousClock.now
        let head: LogHead
        do {
            head = try await log.head()
            try await SQLiteViews.rebuild(at: folder.views, from: log) { reached, head in
                console.progress("视图 views \(reached)/\(head)")
            }
            await log.close()
        } catch {
            await log.close()
            throw Self.failed("views", error)
        }
        console.progressDone()
        let viewTime = began.duration(to: .now) - began.duration(to: viewsBegan)
        try writePeople(run.households)
        try await issueTokens(run.staff)
        return Report(
            folder: folder.path, seed: settings.seed, log: made.log, events: head.position.number,
            root: head.root.hexText, people: settings.people, cases: settings.cases, commands: run.commands,
            refused: run.refusals, recorded: run.recorded, tokens: tokens,
            milliseconds: began.duration(to: .now).wholeMilliseconds,
            viewMilliseconds: viewTime.wholeMilliseconds)
    }

    private var tokens: String { "\(folder.path)/tokens" }

    /// Nothing that lies there already is touched.
    private func requireEmpty() throws(CommandFailure) {
        let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        guard found.isEmpty else {
            throw CommandFailure(
                .cannotCreate, code: "generate.notEmpty", field: folder.path, chinese: "目录不是空的",
                english: "the folder is not empty", remedy: "换一个空目录 / choose an empty folder")
        }
    }

    // MARK: Playing

    private func play(on log: SQLiteEventLog, rules: [RuleBookCommand], console: Console)
        async throws(CommandFailure) -> CountyRun
    {
        guard let secrets = SyntheticKeys(seed: settings.seed, of: log.identity) else {
            preconditionFailure("a county's hub is a demo")
        }
        let keys: KeyStore
        do throws(KeyStoreError) {
            keys = try KeyStore.open(in: folder.path, making: secrets)
        } catch {
            throw CommandFailure(error, folder: folder.path)
        }
        do {
            let run = try await run(on: log, keys, rules)
            let total = settings.people + settings.cases * CountySettings.eventsInCase
            try await run.play { position, now in
                console.progress("生成 generating \(now) \(position)/~\(total)")
            }
            console.progressDone()
            try keys.close()
            return run
        } catch {
            console.progressDone()
            try? keys.close()
            throw Self.failed("log", error)
        }
    }

    /// The desk with its clock and chance in hand, and the rules in force.
    private func run(on file: SQLiteEventLog, _ keys: KeyStore, _ rules: [RuleBookCommand]) async throws -> CountyRun {
        let clock = DemoClock(startingAt: Self.start)
        let log = try await CountyLog(file, clock: clock)
        let views = try SQLiteViews.open(at: folder.views, for: log.identity)
        let identifiers = IdentifierSource(SeededChance(seed: settings.seed, stream: 0x1d))
        let desk = CaseDesk(
            log: log, keys: HubKeys(keys), views: views,
            viewRunner: ViewRunner(log: log, views: views, logger: logger), clock: clock, hubCode: "XS",
            identifiers: identifiers, logger: logger)
        let known = Set(
            rules.compactMap { command -> String? in
                guard case .registerDepartment(let department) = command else { return nil }
                return department.code.description
            })
        let body = CommandBody(
            open: JSONValue(encoding: PublishRules(publications: rules + CountyRules.additions(to: known))))
        _ = try await desk.perform(
            CommandRequest(
                id: identifiers.next(at: clock.now()), type: PublishRules.name, subject: "", body: body,
                bytes: try EventJSON.encode(body),
                principal: Principal(account: AccountID(log.identity.logID), role: .operator), channel: "cli"))
        let book = try await desk.ruleBook.current().history.current
        guard let calendar = book.calendar else {
            throw CommandFailure(
                .configuration, code: "generate.calendar", field: "calendar.yaml", chinese: "规则中没有日历",
                english: "the rules have no calendar", remedy: "补上 calendar.yaml / add calendar.yaml")
        }
        try views.close()
        return CountyRun(
            desk, log: log, clock: clock, identifiers: identifiers, rules: book, calendar: calendar,
            settings: settings)
    }

    private static func failed(_ what: String, _ error: any Error) -> CommandFailure {
        if let failure = error as? CommandFailure { return failure }
        if let error = error as? DeskError { return CommandFailure(error) }
        return CommandFailure(
            .cannotCreate, code: "generate.\(what)", chinese: "无法生成", english: "the county cannot be made: \(error)",
            remedy: "检查磁盘空间 / check the space on the disk")
    }

    // MARK: Beside the hub

    /// Some of the invented people, one a line, so that somebody can look for them: identity number, name, telephone and
    /// case number; a dash where there is none.
    private func writePeople(_ households: [CountyHousehold]) throws(CommandFailure) {
        let step = max(1, households.count / 5000)
        let lines = stride(from: 0, to: households.count, by: step).map { index in
            let household = households[index]
            let head = household.members[0]
            return "\(head.idNumber) \(head.name) \(head.phone ?? "-") \(household.caseNumber ?? "-")"
        }
        do {
            try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: "\(folder.path)/people.txt"))
        } catch {
            throw Self.failed("people", error)
        }
    }

    /// One token a role of the centre, a town and a department, so that the county can be used at once.
    private func issueTokens(_ staff: CountyStaff) async throws(CommandFailure) {
        do {
            try FileManager.default.createDirectory(
                atPath: tokens, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Self.failed("tokens", error)
        }
        let hub = try await OpenHub.open(folder, logger: logger)
        let door = LocalDoor(hub)
        do throws(CommandFailure) {
            for role in [Role.dispatcher, .supervisor, .approver, .meetingOffice, .auditor] {
                try await issue(role.rawValue, role, through: door)
            }
            for town in staff.towns {
                try await issue("town-\(town.code)", .station, town: "\(town.code)", through: door)
            }
            for (department, principal) in staff.handlers.sorted(by: { $0.key < $1.key }) {
                try await issue(
                    "department-\(department)", principal.role, department: "\(department)", through: door)
            }
            await door.close()
        } catch {
            await door.close()
            throw error
        }
    }

    private func issue(
        _ name: String, _ role: Role, department: String? = nil, town: String? = nil, through door: LocalDoor
    ) async throws(CommandFailure) {
        let request = TokenRequest(
            role: role.rawValue, label: "synthetic", department: department, post: nil, town: town, file: nil)
        try TokenDesk.write(try await door.issueToken(request).token, to: "\(tokens)/\(name).token")
    }
}

extension Duration {
    fileprivate var wholeMilliseconds: Int64 {
        components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
    }
}

extension Data {
    fileprivate var hexText: String {
        map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0\(text)" : text
        }.joined()
    }
}
