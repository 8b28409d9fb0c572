import CaseDesk
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
    private var commands = 0

    init(hub: ScenarioHub, console: Console) {
        self.hub = hub
        self.console = console
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
        try await hub.setClock(moment)
        console.say(label.map { "\(moment.text)  \($0.chinese)\n                  \($0.english)" } ?? moment.text)
    }

    /// The same step of the same file has the same id, so that two runs make the same log.
    func nextID(at place: String) throws(CommandFailure) -> UniqueID {
        commands += 1
        return UniqueID(
            versionSevenAt: try moment(at: place).instant,
            random: (UInt64(commands), 0x05ce_0000_0000_0000 | UInt64(commands)))
    }

    private func moment(at place: String) throws(CommandFailure) -> DemoMoment {
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
        console.progress("\(now.text)  \(command.actor) \(command.type) \(subject)")
        do throws(CommandFailure) {
            let receipt = try await hub.client(command.actor).perform(
                command.type, subject: subject, body: body, id: id)
            console.progressDone()
            position = max(position, receipt.position)
            try name(command, receipt, at: place)
            guard let refusal = command.refusal else { return nil }
            return ScenarioCheck(
                place: place, what: "拒绝 refused \(command.type)", expected: refusal.code, found: "accepted")
        } catch {
            console.progressDone()
            guard let refusal = command.refusal, error.status != .unreachable else {
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
