import EventSourcing

/// Asks the hub what a scenario expects of it.
struct ScenarioInspection: Sendable {
    let play: ScenarioPlay
    let place: String

    func checks(_ expectation: ScenarioExpectation) async throws(CommandFailure) -> [ScenarioCheck] {
        switch expectation {
        case .caseFile(let expected): try await checks(expected)
        case .worklist(let expected): try await checks(expected)
        case .told(let expected): try await checks(expected)
        case .answer(let expected): [try await check(expected)]
        case .inbox(let expected): try await checks(expected)
        case .files(let expected): checks(expected)
        case .log(let expected): [try await checkLog(expected)]
        }
    }

    private func get(_ path: String, as actor: String = "auditor") async throws(CommandFailure) -> JSONValue {
        let position = await play.position
        return try await play.hub.patiently { () async throws(CommandFailure) in
            try await play.hub.client(actor).get(path, atLeast: position).body
        }
    }

    func check(_ what: String, _ expected: String, _ found: String?) -> ScenarioCheck {
        ScenarioCheck(place: place, what: what, expected: expected, found: found ?? "–")
    }

    func id(_ name: String) async throws(CommandFailure) -> String {
        try await play.names.id(name, at: place).description
    }

    // MARK: Case

    private func checks(_ expected: ScenarioExpectation.Case) async throws(CommandFailure) -> [ScenarioCheck] {
        let id = try await id(expected.name)
        let answer =
            if let asOf = expected.asOf {
                try await get("/v1/cases/\(id)/replay?asOf=\(asOf)")
            } else {
                try await get("/v1/cases/\(id)")
            }
        let found = answer["case"]
        var checks: [ScenarioCheck] = []
        if let state = expected.state { checks.append(check("案件 case", state, found?["state"]?.text)) }
        if let result = expected.result { checks.append(check("答复 reply", result, found?["exitResult"]?.text)) }
        for (name, wanted) in expected.items {
            let item = try await named(name, in: found?["items"])
            checks.append(check("事项 item \(name)", wanted, item?["outcome"]?.text ?? item?["state"]?.text))
        }
        for (name, wanted) in expected.referrals {
            checks.append(
                check("转办 referral \(name)", wanted, try await named(name, in: found?["referrals"])?["state"]?.text))
        }
        for (name, wanted) in expected.followUps {
            let followUp = try await named(name, in: found?["followUps"])
            checks.append(check("跟进 follow-up \(name)", wanted, followUp.map { $0["outcome"]?.text ?? "open" }))
        }
        let deadlines = answer["deadlines"]?.elements ?? []
        for clock in expected.clocks { checks += try await self.checks(clock, of: expected.name, in: deadlines) }
        if let late = expected.late {
            let found = deadlines.filter { ["overdue", "metLate"].contains($0["state"]?.text) }
                .compactMap { $0["id"]?.text?.split(separator: "/").first }
            checks.append(check("逾期 late", late.joined(separator: ", "), found.sorted().joined(separator: ", ")))
        }
        return checks
    }

    private func named(_ name: String, in list: JSONValue?) async throws(CommandFailure) -> JSONValue? {
        let id = try await id(name)
        return (list?.elements ?? []).first { $0["id"]?.text == id }
    }

    private func checks(
        _ clock: ScenarioExpectation.Clock, of caseName: String, in deadlines: [JSONValue]
    ) async throws(CommandFailure) -> [ScenarioCheck] {
        let subject = try await id(clock.subject ?? caseName)
        func isMeant(_ deadline: JSONValue) -> Bool {
            let id = deadline["id"]?.text ?? ""
            return id.hasPrefix("\(clock.rule)/") && id.contains(subject) && id.hasSuffix("/\(clock.cycle)")
        }
        var found = deadlines.first(where: isMeant)
        if found == nil {
            // The clock of a request is no clock of the case: it stopped when the case began.
            let board = try await get("/v1/board?rule=\(clock.rule)&state=overdue,dueSoon,onTime,met,metLate")
            found = board["rows"]?.elements.first(where: isMeant)
        }
        let what = "时限 \(clock.name)"
        var checks: [ScenarioCheck] = []
        if let due = clock.due {
            checks.append(check("\(what) 到期 due", await play.otherDay(clock.name) ?? due, found?["dueDay"]?.text))
        }
        if let state = clock.state { checks.append(check("\(what)", state, found?["state"]?.text)) }
        return checks
    }

    // MARK: Departments

    private func checks(_ expected: ScenarioExpectation.Worklist) async throws(CommandFailure) -> [ScenarioCheck] {
        let rows = try await get("/v1/departments/\(expected.department)/worklist")["rows"]?.elements ?? []
        let referrals = Set(rows.compactMap { $0["referral"]?.text })
        var checks: [ScenarioCheck] = []
        for (names, isThere) in [(expected.has, true), (expected.lacks, false)] {
            for name in names {
                let found = referrals.contains(try await id(name))
                checks.append(
                    check(
                        "\(expected.department) 待办 worklist \(name)", isThere ? "there" : "not there",
                        found ? "there" : "not there"))
            }
        }
        return checks
    }

    private func checks(_ expected: ScenarioExpectation.Told) async throws(CommandFailure) -> [ScenarioCheck] {
        let caseID = try await id(expected.caseName)
        let asOf = expected.asOf.map { "&asOf=\($0)" } ?? ""
        let answer = try await get("/v1/cases/\(caseID)/replay?department=\(expected.department)\(asOf)")
        let told = answer["knowledge"]?.elements.first?["told"]?.elements ?? []
        var checks: [ScenarioCheck] = []
        // `health@<person>`: which groups, and apart from that whose, since a file names people only by name.
        let found = told.flatMap { $0["groups"]?.elements ?? [] }.compactMap(\.text).map { $0.split(separator: "@") }
        if let groups = expected.groups {
            checks.append(
                check(
                    "\(expected.department) 得知的字段组 groups", groups.joined(separator: ", "),
                    Set(found.compactMap(\.first)).sorted().joined(separator: ", ")))
        }
        if let about = expected.about {
            let people = await play.names.names(of: Set(found.filter { $0.count == 2 }.map { String($0[1]) }))
            checks.append(
                check(
                    "\(expected.department) 得知的人 people", about.sorted().joined(separator: ", "),
                    people.joined(separator: ", ")))
        }
        let events = Set(told.compactMap { $0["eventType"]?.text })
        for (types, isTold) in [(expected.events, true), (expected.lacks, false)] {
            for type in types {
                checks.append(
                    check(
                        "\(expected.department) 得知 told of \(type)", isTold ? "told" : "not told",
                        events.contains(type) ? "told" : "not told"))
            }
        }
        return checks
    }

    // MARK: Any answer

    private func check(_ expected: ScenarioExpectation.Answer) async throws(CommandFailure) -> ScenarioCheck {
        let path = try await play.names.filled(expected.path, at: place)
        let answer: JSONValue
        do throws(CommandFailure) {
            if let question = expected.question {
                let filled = try await play.names.filled(question, at: place)
                let id = try await play.nextID(at: place)
                answer = try await play.hub.patiently { () async throws(CommandFailure) in
                    try await play.hub.client(expected.actor).ask(path, filled, id: id).body
                }
            } else {
                answer = try await get(path, as: expected.actor)
            }
        } catch {
            guard case .refusal(let code) = expected.outcome, error.status != .unreachable else { throw error }
            return check("\(expected.actor) \(path)", code, error.code)
        }
        switch expected.outcome {
        case .refusal(let code): return check("\(expected.actor) \(path)", code, "answered")
        case .value(let at, let value):
            let wanted = try await play.names.filled(value, at: place)
            return check(at, Self.written(wanted), Self.value(at: at, in: answer).map(Self.written))
        }
    }

    /// Follows `case.items[0].outcome`; `count` of a list is its length.
    private static func value(at path: String, in value: JSONValue) -> JSONValue? {
        var value = value
        for part in path.split(whereSeparator: { $0 == "." || $0 == "[" || $0 == "]" }) {
            if part == "count", case .array(let elements) = value {
                value = .integer(Int64(elements.count))
            } else if let index = Int(part), case .array(let elements) = value {
                guard elements.indices.contains(index) else { return nil }
                value = elements[index]
            } else {
                guard let member = value[String(part)] else { return nil }
                value = member
            }
        }
        return value
    }

    private static func written(_ value: JSONValue) -> String {
        switch value {
        case .string(let text): return text
        case .integer(let number): return "\(number)"
        case .bool(let flag): return "\(flag)"
        case .null: return "null"
        case .array, .object:
            return (try? EventJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "?"
        }
    }
}
