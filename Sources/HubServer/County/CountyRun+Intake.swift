import CaseDesk
import EventSourcing
import RuleBook

extension CountyRun {
    /// The roll: everybody is registered first, five in a second.
    func registerEverybody(_ progress: (Position, Instant) -> Void) async throws(CommandFailure) {
        var people = CountyPeople(seed: settings.seed)
        var count = 0
        while count < settings.people {
            var household = people.household(towns: staff.towns.count)
            // The last one may be too large for the number of people asked for.
            while count + household.members.count > settings.people, household.members.count > 1 {
                household.members.removeLast()
            }
            let window = staff.windows[household.town]
            for place in household.members.indices {
                _ = clock.set(to: clock.now().advanced(byMilliseconds: 200))
                household.members[place].reference = try await register(household, place, by: window)
                count += 1
                if count % 512 == 0 { progress(await log.lastPosition, clock.now()) }
            }
            households.append(household.whole)
        }
    }

    private func register(_ household: CountyHousehold, _ place: Int, by who: Principal)
        async throws(CommandFailure) -> PersonReference?
    {
        let member = household.members[place]
        var sealed = [
            SealedValue(
                group: .identity, person: nil,
                value: ["name": .string(member.name), "idNumber": .string(member.idNumber), "sex": member.sex])
        ]
        if let phone = member.phone {
            let address = "示例市 \(household.village + 1) 村 \(chance.below(300) + 1) 号"
            sealed.append(
                SealedValue(
                    group: .contact, person: nil, value: ["address": .string(address), "phone": .string(phone)]))
        }
        let receipt = try await act(
            who, "RegisterPerson", "", ["minor": .bool(place == household.child)], sealed: sealed)
        return receipt?.created("person").first.flatMap { PersonReference($0) }
    }

    func take(_ step: CountyStep, of file: CountyCase) async throws(CommandFailure) {
        switch step {
        case .ask: try await ask(file)
        case .apply: try await apply(file)
        case .justify: try await justify(file)
        case .askSupplement: try await askSupplement(file)
        case .receiveSupplement: try await receiveSupplement(file)
        case .visit: try await visit(file)
        case .triage: try await triage(file)
        case .dispatch: try await dispatch(file)
        case .convene: try await convene(file)
        case .meet: try await meet(file)
        case .confirmMinutes: try await confirmMinutes(file)
        case .receive(let index): try await receive(file, index)
        case .answer(let index): try await answer(file, index)
        case .rule(let index): try await rule(file, index)
        case .start(let index): try await start(file, index)
        case .report(let index): try await report(file, index)
        case .hold(let index): try await hold(file, index)
        case .resume(let index): try await resume(file, index)
        case .finish(let index): try await finish(file, index)
        case .check(let index): try await check(file, index)
        case .emergency: try await emergency(file)
        case .appeal: try await appeal(file)
        case .reopen: try await reopen(file)
        case .decide: try await decide(file)
        case .tell: try await tell(file)
        case .confirmExit: try await confirmExit(file)
        case .verify: try await verify(file)
        case .review(let followUp): try await review(file, followUp)
        case .conclude(let followUp): try await conclude(file, followUp)
        }
    }

    // MARK: Doors

    func town(of file: CountyCase) -> TownCode { staff.towns[households[file.household].town].code }

    func window(of file: CountyCase) -> Principal { staff.windows[households[file.household].town] }

    /// Who takes it in: the village's assistant at a village point, else the town's window.
    private func door(of file: CountyCase) -> Principal {
        let household = households[file.household]
        let villages = staff.villages[household.town]
        guard file.channel == "villagePoint", !villages.isEmpty else { return window(of: file) }
        return villages[household.village % villages.count]
    }

    func head(of file: CountyCase) -> PersonReference? { households[file.household].members[0].reference }

    private func ask(_ file: CountyCase) async throws(CommandFailure) {
        guard let person = head(of: file) else { return }
        var open: [String: JSONValue] = [
            "channel": .string(file.channel), "town": .string("\(town(of: file))"), "person": .string("\(person)"),
        ]
        switch file.channel {
        case "department":
            open["reporter"] = "department"
            open["reporterDepartment"] = .string(["gongan", "canlian", "fulian"][chance.below(3)])
        case "socialOrganisation":
            open["reporter"] = "socialOrganisation"
            open["reporterDepartment"] = .string(["jijinhui", "cishan", "qiliang"][chance.below(3)])
        default:
            open["reporter"] = .string(["relative", "neighbour", "villageAssistant"][chance.below(3)])
        }
        guard
            let receipt = try await act(anyOf(staff.dispatchers), "RecordHelpRequest", "", .object(open)),
            let request = receipt.created("request").first
        else { return }
        // One in eight needs nothing after all.
        if percent(12) {
            try await act(
                anyOf(staff.dispatchers), "CloseHelpRequest", "request/\(request)",
                ["outcome": .string(["notNeeded", "alreadyServed", "unreachable"][chance.below(3)])])
            cases[file.number] = nil
            return
        }
        file.request = request
        note(.apply, of: file, days: 1...3)
    }

    func apply(_ file: CountyCase) async throws(CommandFailure) {
        guard let person = head(of: file) else { return }
        let who = door(of: file)
        try await compose(file.household, by: who)
        var open: [String: JSONValue] = [
            "applicant": .string("\(person)"), "channel": .string(file.channel), "town": .string("\(town(of: file))"),
            "items": .array(
                file.items.map { item in
                    let child = households[file.household].child.flatMap { place in
                        households[file.household].members[place].reference
                    }
                    guard let child, rules.policyItem(item.code)?.concernsMinor == true else {
                        return ["policyItem": .string("\(item.code)")]
                    }
                    return ["policyItem": .string("\(item.code)"), "person": .string("\(child)")]
                }),
        ]
        if let household = households[file.household].id { open["household"] = .string(household) }
        if let request = file.request { open["request"] = .string(request) }
        if percent(10) { open["manner"] = "assisted" }
        if file.turn == .fromOtherHub { open["fromHub"] = .string(CountyCase.otherHub) }
        // An emergency has opened the case before.
        let subject = file.id.isEmpty ? "" : file.subject
        guard let receipt = try await act(who, "SubmitApplication", subject, .object(open)) else { return }
        noteOpening(of: file, receipt)
        guard !file.id.isEmpty else { return }
        for (place, item) in receipt.created("item").enumerated() where file.items.indices.contains(place) {
            file.items[place].id = item
        }
        try await act(
            who, "GrantAuthorization", file.subject,
            ["scope": ["economicCheck", "disclosureToDepartments", "disclosureToVoluntary", "disclosureToHub"]])
        if file.turn != nil { return try await turnAtTheDoor(file) }
        if percent(12) { note(.askSupplement, of: file, days: 0...1) }
        note(.visit, of: file, days: 1...3)
    }

    /// Remembers the case that was opened; beside another of the same household it has to be justified.
    func noteOpening(of file: CountyCase, _ receipt: CommandReceipt) {
        guard let opened = receipt.created.first(where: { $0.kind == "case" }) else { return }
        file.id = opened.id.description
        households[file.household].caseNumber = opened.number?.description
        file.other =
            cases.values.filter { $0.household == file.household && $0 !== file && !$0.id.isEmpty && !$0.hasExited }
            .min { $0.number < $1.number }?.id
        if file.other != nil { note(.justify, of: file, days: 1...1) }
    }

    /// A household is put together when it first applies.
    private func compose(_ index: Int, by who: Principal) async throws(CommandFailure) {
        let household = households[index]
        guard household.id == nil, household.members.count > 1 else { return }
        let members = household.members.enumerated().compactMap { place, member -> JSONValue? in
            guard let reference = member.reference else { return nil }
            let relation = place == 0 ? "head" : place == household.spouse ? "spouse" : "child"
            return ["person": .string("\(reference)"), "relation": .string(relation)]
        }
        let receipt = try await act(
            who, "ComposeHousehold", "",
            ["members": .array(members), "town": .string("\(staff.towns[household.town].code)")])
        households[index].id = receipt?.created("household").first
    }

    private func justify(_ file: CountyCase) async throws(CommandFailure) {
        guard let other = file.other else { return }
        try await act(
            anyOf(staff.dispatchers), "JustifySecondCase", file.subject,
            ["other": .string(other), "reason": .string(["otherNeed", "otherPeriod"][chance.below(2)])])
    }

    private func askSupplement(_ file: CountyCase) async throws(CommandFailure) {
        guard let item = file.items.first, let paper = rules.policyItem(item.code)?.papers?.first else { return }
        let asked = try await act(
            anyOf(staff.dispatchers), "RequestSupplement", file.subject,
            ["items": [.string(item.id)], "papers": [.string(paper)], "means": "telephone"])
        if asked != nil { note(.receiveSupplement, of: file, days: 1...2) }
    }

    private func receiveSupplement(_ file: CountyCase) async throws(CommandFailure) {
        guard let item = file.items.first, let paper = rules.policyItem(item.code)?.papers?.first else { return }
        try await act(
            anyOf(staff.dispatchers), "ReceiveSupplement", file.subject,
            ["items": [.string(item.id)], "papers": [.string(paper)]])
    }

    private func visit(_ file: CountyCase) async throws(CommandFailure) {
        guard let person = head(of: file) else { return }
        var sealed = [
            SealedValue(
                group: .household, person: person,
                value: ["adults": 1, "children": .integer(households[file.household].child == nil ? 0 : 1)]),
            SealedValue(
                group: .meansConclusion, person: person,
                value: ["conclusion": .string(percent(80) ? "hardship" : "none")]),
        ]
        if percent(60) {
            sealed.append(SealedValue(group: .health, person: person, value: ["note": "慢性病", "selfCare": "partly"]))
        }
        try await act(
            window(of: file), "CompleteVisit", file.subject,
            ["purpose": "intake", "visitors": .integer(Int64(1 + chance.below(2)))], sealed: sealed)
        note(.triage, of: file, days: 0...1)
    }

    func triage(_ file: CountyCase) async throws(CommandFailure) {
        let items = file.items.filter { !$0.id.isEmpty }.map { item -> JSONValue in
            var choice: [String: JSONValue] = ["item": .string(item.id), "path": .string(item.path.rawValue)]
            if item.path == .advanceRelief { choice["reason"] = "urgentNeed" }
            return .object(choice)
        }
        // Who is not sure what to ask for has asked for nothing yet.
        guard !items.isEmpty else { return }
        let who = anyOf(staff.dispatchers)
        guard try await act(who, "CompleteTriage", file.subject, ["items": .array(items)]) != nil else { return }
        if file.items.contains(where: { $0.path == .jointMeeting }) {
            let receipt = try await act(who, "RequestJointMeeting", file.subject, ["kind": "jointMeeting"])
            file.meeting = receipt?.created("meeting").first
            note(.convene, of: file, days: 0...1)
        }
        if file.items.contains(where: { $0.path == .refer }) { note(.dispatch, of: file, days: 0...1) }
        if file.turn == .advanceRelief { try await relieve(file, item: file.items.first?.id) }
        if file.items.contains(where: { $0.path == .handleHere || $0.path == .advanceRelief }) {
            note(.decide, of: file, days: 3...8)
        }
    }
}

extension CountyHousehold {
    /// The same without places of members it does not have.
    fileprivate var whole: CountyHousehold {
        CountyHousehold(
            town: town, village: village, members: members,
            spouse: spouse.flatMap { members.indices.contains($0) ? $0 : nil },
            child: child.flatMap { members.indices.contains($0) ? $0 : nil })
    }
}
