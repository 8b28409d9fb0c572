import CaseDesk
import EventSourcing
import RuleBook

/// What happens to few cases: urgent help, papers that come later, appeals, reopenings, other places, mistakes.
extension CountyRun {
    /// A case that takes a turn: one item handled here that may be relieved in advance.
    ///
    /// - Returns: Nothing where the rule book has no such item, or no task that serves it.
    func drawTurned(_ number: Int, _ turn: CountyCase.Turn) -> CountyCase? {
        let relief = rules.policyItems.first { item in
            (item.advanceReliefCap ?? 0) >= CountyCase.advance && item.papers?.isEmpty == false
        }
        guard let relief, let task = rules.tasks(for: relief.code).first else { return nil }
        let path: CountyCase.Path = turn == .advanceRelief ? .advanceRelief : .handleHere
        return CountyCase(
            number: number, household: chance.below(households.count),
            channel: turn == .fromOtherHub ? "otherHub" : "station", isAsked: false, dawdles: false, turn: turn,
            items: [CountyCase.Item(code: relief.code, task: task, path: path)])
    }

    // MARK: The door

    /// Somebody reports what cannot wait; help comes first and the application afterwards.
    func emergency(_ file: CountyCase) async throws(CommandFailure) {
        guard let person = head(of: file), let post = staff.dispatchers.first?.post else { return }
        let who = anyOf(staff.dispatchers)
        let receipt = try await act(
            who, "ReportEmergency", "",
            [
                "kind": .string(["accident", "suddenIllness", "noShelter"][chance.below(3)]),
                "onDuty": .string("\(post)"), "person": .string("\(person)"), "town": .string("\(town(of: file))"),
                "channel": "hotline",
            ])
        guard let receipt else { return }
        noteOpening(of: file, receipt)
        try await act(who, "RecordEmergencyContact", file.subject, ["means": "telephone"])
        try await act(who, "ConfirmEmergency", file.subject)
        try await relieve(file, item: nil)
        note(.apply, of: file, days: 1...2)
    }

    /// Grants and delivers relief before the papers.
    func relieve(_ file: CountyCase, item: String?) async throws(CommandFailure) {
        var open: [String: JSONValue] = ["kind": "cash", "amount": .integer(CountyCase.advance)]
        if item == nil, let code = file.items.first?.code { open["policyItem"] = .string("\(code)") }
        let subject = item.map { "item/\($0)" } ?? file.subject
        guard try await act(anyOf(staff.supervisors), "GrantAdvanceRelief", subject, .object(open)) != nil else {
            return
        }
        try await act(
            anyOf(staff.dispatchers), "DeliverAid", file.subject,
            ["kind": "cash", "amount": .integer(CountyCase.advance)])
    }

    /// What the turn does when the application is in.
    func turnAtTheDoor(_ file: CountyCase) async throws(CommandFailure) {
        guard let item = file.items.first, let turn = file.turn else { return }
        switch turn {
        case .provisional:
            let papers = rules.policyItem(item.code)?.papers ?? []
            try await act(
                anyOf(staff.dispatchers), "AcceptProvisionally", "item/\(item.id)",
                [
                    "missing": .array(papers.prefix(1).map(JSONValue.string)),
                    "followUpBy": .string("\(time.day(10, after: clock.now()))"),
                ])
            note(.receiveSupplement, of: file, days: 1...2)
        case .toOtherHub:
            try await act(
                anyOf(staff.dispatchers), "HandToOtherHub", file.subject,
                ["items": [.string(item.id)], "hub": .string(CountyCase.otherHub)])
            try await act(
                anyOf(staff.dispatchers), "RecordHubAnswer", file.subject,
                ["hub": .string(CountyCase.otherHub), "answer": "handedBack"])
        case .void:
            try await act(anyOf(staff.supervisors), "VoidCase", file.subject, ["reason": "trialEntry"])
            return await close(file)
        case .emergency, .advanceRelief, .appeal, .reopening, .fromOtherHub, .correction: break
        }
        note(.visit, of: file, days: 3...4)
    }

    // MARK: The decision and after

    /// What the turn does once the decision has been notified.
    func turnAfterDecision(_ file: CountyCase, _ item: String, _ notified: CommandReceipt?)
        async throws(CommandFailure)
    {
        switch file.turn {
        case .emergency:
            try await act(anyOf(staff.supervisors), "RegulariseAdvanceRelief", "item/\(item)")
        case .advanceRelief:
            if percent(50) {
                try await act(anyOf(staff.supervisors), "RegulariseAdvanceRelief", "item/\(item)")
            } else {
                try await act(
                    anyOf(staff.supervisors), "RecoverAdvanceRelief", file.subject,
                    ["amount": .integer(CountyCase.advance), "reason": "returnedByOwnWish"])
            }
        case .correction: try await correct(file, notified)
        case .provisional, .appeal, .reopening, .toOtherHub, .fromOtherHub, .void, nil: break
        }
    }

    /// The notice was delivered otherwise than was written down.
    private func correct(_ file: CountyCase, _ notified: CommandReceipt?) async throws(CommandFailure) {
        guard let position = notified?.events.first(where: { $0.type == "DecisionNotified" })?.position else { return }
        let event: RecordedEvent?
        do throws(EventLogError) {
            event = try await log.event(at: position)
        } catch {
            throw CommandFailure(error, folder: "log.sqlite")
        }
        guard let event else { return }
        let asked = try await act(
            anyOf(staff.dispatchers), "RequestCorrection", file.subject,
            [
                "event": .string("\(event.eventID)"), "field": "means", "reason": "wrongCode", "value": "electronic",
            ])
        guard let correction = asked?.created("correction").first else { return }
        try await act(
            anyOf(staff.approvers), "ApproveCorrection", file.subject, ["correction": .string(correction)])
    }

    /// The refusal is contested and falls; the item is judged again.
    func appeal(_ file: CountyCase) async throws(CommandFailure) {
        guard let item = file.items.first else { return }
        file.hasTurned = true
        try await act(window(of: file), "LodgeAppeal", "item/\(item.id)", ["kind": "reconsideration"])
        try await act(
            anyOf(staff.supervisors), "RecordAppealResult", "item/\(item.id)",
            ["result": "overturned", "clause": "行政复议决定"])
        try await judgeAgain(file)
    }

    /// It did not help, so the case goes on in another cycle.
    func reopen(_ file: CountyCase) async throws(CommandFailure) {
        guard let item = file.items.first else { return }
        file.hasTurned = true
        try await act(
            anyOf(staff.supervisors), "ReopenCase", file.subject,
            ["reason": "verification", "items": [.string(item.id)]])
        file.hasExited = false
        try await judgeAgain(file)
    }

    private func judgeAgain(_ file: CountyCase) async throws(CommandFailure) {
        file.isTelling = false
        for place in file.items.indices { file.items[place].isDecided = false }
        try await triage(file)
    }
}

extension CountyCase {
    /// Fen of relief given in advance.
    static let advance: Int64 = 30_000
    /// A hub of another place.
    static let otherHub = "YH"

    /// Whether the first decision is a refusal, as the turn needs one.
    func isRefusedFirst(_ turn: Turn) -> Bool {
        switch turn {
        case .appeal, .reopening: !hasTurned
        case .emergency, .provisional, .advanceRelief, .toOtherHub, .fromOtherHub, .correction, .void: false
        }
    }
}
