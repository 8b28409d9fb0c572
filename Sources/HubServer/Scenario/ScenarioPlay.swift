import CaseDesk
import DepartmentKit
import EventSourcing
import RuleBook

/// One playing of a scenario: its moment, its names, how far the hub has come.
actor ScenarioPlay {
    let hub: ScenarioHub
    private let console: Console
    private(set) var now: DemoMoment?
    private(set) var names = ScenarioNames()
    /// The last event the play has caused; answers must show it.
    private(set) var position = Position.start
    /// Commands sent and questions asked so far, which number their ids.
    private var numbered = 0
    /// Commands begun so far; what a kill names.
    private(set) var steps = 0
    private var kills: [DemoKill]
    /// Due days by clock that a caller wants instead of the file's, and those of them the file has.
    let otherDays: [String: String]
    private var metDays: Set<String> = []

    init(hub: ScenarioHub, kills: [DemoKill], otherDays: [String: String], console: Console) {
        self.hub = hub
        self.kills = kills
        self.otherDays = otherDays
        self.console = console
    }

    /// The due day a caller wants of a clock, or nothing.
    func otherDay(_ clock: String) -> String? {
        guard let day = otherDays[clock] else { return nil }
        metDays.insert(clock)
        return day
    }

    /// Plays the steps in their order.
    ///
    /// - Throws: ``CommandFailure`` at the first step that is refused and should not be; what holds and what does not is
    ///   returned.
    func play(_ steps: [ScenarioFile.Step]) async throws(CommandFailure) -> [ScenarioCheck] {
        var checks: [ScenarioCheck] = []
        for step in steps {
            switch step.act {
            case .moment(let moment, let label): try await move(to: moment, saying: label, at: step.place)
            case .command(let command):
                if let check = try await perform(command, at: step.place) { checks.append(check) }
            case .expectation(let expectation):
                checks += try await ScenarioInspection(play: self, place: step.place).checks(expectation)
            }
            for check in checks.suffix(from: told) { console.say(check.line) }
            told = checks.count
        }
        // A clock that the file does not have cannot be due on the day somebody wants.
        for (clock, day) in otherDays.sorted(by: { $0.key < $1.key }) where !metDays.contains(clock) {
            let check = ScenarioCheck(place: "--expect", what: "时限 \(clock) 到期 due", expected: day, found: "–")
            console.say(check.line)
            checks.append(check)
        }
        return checks
    }

    private var told = 0

    private func move(to moment: DemoMoment, saying label: Label?, at place: String)
        async throws(CommandFailure)
    {
        if let now, moment.instant < now.instant {
            throw CommandFailure(
                .badInput, code: "scenario.backwards", field: place, chinese: "时刻早于上一步",
                english: "this moment is before the one before it", remedy: "按先后排列 / put the steps in order")
        }
        now = moment
        try await hub.patiently { () async throws(CommandFailure) in try await hub.setClock(moment) }
        console.say(label.map { "\(moment.text)  \($0.chinese)\n                  \($0.english)" } ?? moment.text)
    }

    /// The same step of the same file has the same id, so that two runs make the same log.
    func nextID(at place: String) throws(CommandFailure) -> UniqueID {
        numbered += 1
        return UniqueID(
            versionSevenAt: try moment(at: place).instant,
            random: (UInt64(numbered), 0x05ce_0000_0000_0000 | UInt64(numbered)))
    }

    func moment(at place: String) throws(CommandFailure) -> DemoMoment {
        guard let now else {
            throw CommandFailure(
                .badInput, code: "scenario.beginning", field: place, chinese: "第一步应为时刻",
                english: "the first step must be a moment", remedy: "先写 at: / write at: first")
        }
        return now
    }

    /// - Returns: A check where a refusal was expected.
    private func perform(_ command: ScenarioCommand, at place: String) async throws(CommandFailure) -> ScenarioCheck? {
        let now = try moment(at: place)
        let id = try nextID(at: place)
        let body = try body(of: command, at: place, now)
        let subject = try names.filled(command.subject, at: place)
        steps += 1
        for kill in kills where kill.step == steps { await kill.strike(hub.processes, folder: hub.folder) }
        console.progress("\(now.text)  \(steps). \(command.actor) \(command.type) \(subject)")
        let outcome: Result<CommandReceipt?, CommandFailure>
        if let (department, act) = command.adapterAct {
            let request = try adapterRequest(act, subject, body, id: id, at: place)
            outcome = try await take(command) { () async throws(CommandFailure) in
                let recorded = try await self.act(department, request, at: now)
                position = max(position, recorded)
                return nil
            }
        } else {
            outcome = try await take(command) { () async throws(CommandFailure) in
                try await hub.setClock(now)
                return try await hub.client(command.actor).perform(command.type, subject: subject, body: body, id: id)
            }
        }
        console.progressDone()
        return try check(outcome, of: command, at: place)
    }

    /// Sends a command as often as it takes.
    ///
    /// It takes effect once. The refusal a step is there to show is never tried again.
    private func take(
        _ command: ScenarioCommand, _ attempt: () async throws(CommandFailure) -> CommandReceipt?
    ) async throws(CommandFailure) -> Result<CommandReceipt?, CommandFailure> {
        do throws(CommandFailure) {
            return try await hub.patiently { () async throws(CommandFailure) in
                do throws(CommandFailure) {
                    return .success(try await attempt())
                } catch {
                    guard error.code == command.refusal?.code else { throw error }
                    return .failure(error)
                }
            }
        } catch {
            return .failure(error)
        }
    }

    private func check(
        _ outcome: Result<CommandReceipt?, CommandFailure>, of command: ScenarioCommand, at place: String
    ) throws(CommandFailure) -> ScenarioCheck? {
        switch outcome {
        case .success(let receipt):
            if let receipt {
                position = max(position, receipt.position)
                try name(command, receipt, at: place)
            }
            guard let refusal = command.refusal else { return nil }
            return ScenarioCheck(
                place: place, what: "拒绝 refused \(command.type)", expected: refusal.code, found: "accepted")
        case .failure(let error):
            guard let refusal = command.refusal, !error.isPassing || error.code == refusal.code else {
                throw CommandFailure(
                    error.status, code: error.code, field: "\(place) \(command.type) \(error.field)",
                    chinese: error.chinese, english: error.english, remedy: error.remedy)
            }
            let field = refusal.field.map { " [\($0)]" } ?? ""
            return ScenarioCheck(
                place: place, what: "拒绝 refused \(command.type)", expected: refusal.code + field,
                found: error.code + (refusal.field == nil ? "" : " [\(error.field)]"))
        }
    }

    private func body(
        of command: ScenarioCommand, at place: String, _ now: DemoMoment
    ) throws(CommandFailure) -> CommandBody {
        var sealed: [SealedValue] = []
        for part in command.sealed {
            var person: PersonReference?
            if let name = part.person {
                person = PersonReference(try names.filled(name, at: place))
                if person == nil { person = PersonReference(try names.id(name, at: place)) }
            }
            sealed.append(
                SealedValue(group: part.group, person: person, value: try names.filled(part.value, at: place)))
        }
        return CommandBody(
            occurredAt: now.instant, actingPost: command.post.flatMap { PostCode($0) },
            externalReference: command.externalReference, open: try names.filled(command.open, at: place),
            sealed: sealed.isEmpty ? nil : sealed)
    }

    private func name(_ command: ScenarioCommand, _ receipt: CommandReceipt, at place: String) throws(CommandFailure) {
        for (kind, wanted) in command.creates {
            let created = receipt.created.filter { $0.kind == kind }
            guard created.count >= wanted.count else {
                throw CommandFailure(
                    .badInput, code: "scenario.creates", field: place,
                    chinese: "产生了 \(created.count) 个 \(kind),要命名 \(wanted.count) 个",
                    english: "\(created.count) of kind \(kind) came into being, \(wanted.count) are to be named",
                    remedy: "产生的有 / created: \(receipt.created.map(\.kind).joined(separator: ", "))")
            }
            for (name, entity) in zip(wanted, created) { names.name(name, entity.id) }
        }
    }
}
