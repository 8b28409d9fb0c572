import CaseDesk
import EventSourcing
import RuleBook

extension CountyRun {
    func dispatch(_ file: CountyCase) async throws(CommandFailure) {
        for place in file.items.indices where file.items[place].path == .refer && !file.items[place].id.isEmpty {
            try await send(file, file.items[place].task, items: [place])
        }
        // Some children get a companion: an offer to the foundation.
        guard households[file.household].child != nil, percent(8),
            let task = TaskCode("companion.care").flatMap({ rules.task($0) })
        else { return }
        try await send(file, task, items: [])
    }

    /// One referral, to the lead its task names.
    func send(
        _ file: CountyCase, _ task: DispatchTask, items: [Int], resolution: String? = nil, after: String? = nil
    ) async throws(CommandFailure) {
        guard let lead = task.lead else { return }
        var open: [String: JSONValue] = ["task": .string("\(task.code)"), "people": .object(people(of: file, task))]
        if !items.isEmpty { open["items"] = .array(items.map { .string(file.items[$0].id) }) }
        if let resolution { open["resolution"] = .string(resolution) }
        if let after { open["predecessor"] = .string(after) }
        if percent(5) { open["priority"] = "urgent" }
        let receipt = try await act(anyOf(staff.dispatchers), "DispatchReferral", file.subject, .object(open))
        guard let id = receipt?.created("referral").first else { return }
        file.referrals.append(
            CountyCase.Referral(
                id: id, task: task, items: items, lead: lead, coHandlers: task.coHandlers,
                hasReturned: after != nil))
        let index = file.referrals.count - 1
        note(task.kind == .offer ? .answer(index) : .receive(index), of: file, days: 0...1)
    }

    private func people(of file: CountyCase, _ task: DispatchTask) -> [String: JSONValue] {
        let household = households[file.household]
        var people: [String: JSONValue] = [:]
        for role in Set(task.participants.flatMap(\.slice).map(\.person)).sorted() {
            let place: Int? =
                switch role {
                case .applicant: 0
                case .child: household.child
                case .spouse, .sought: household.spouse
                case .beneficiary, .guardian, .agent: nil
                }
            if let reference = place.flatMap({ household.members[$0].reference }) {
                people[role.rawValue] = .string("\(reference)")
            }
        }
        return people
    }

    private func promise(_ days: Int) -> JSONValue { .string("\(time.day(days, after: clock.now()))") }

    func receive(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        for department in [referral.lead] + referral.coHandlers {
            try await act(staff.handlers[department], "ReceiveReferral", "referral/\(referral.id)")
        }
        note(.answer(index), of: file, days: 0...1)
    }

    func answer(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let subject = "referral/\(referral.id)"
        if referral.task.kind == .offer, percent(30) {
            try await act(
                staff.handlers[referral.lead], "DeclineOffer", subject,
                ["reason": .string(["noCapacity", "waitlist"][chance.below(2)])])
            file.referrals[index].isOver = true
            return
        }
        if referral.task.kind == .referral, !referral.hasReturned, percent(6) {
            file.referrals[index].hasReturned = true
            let returned = try await act(
                staff.heads[referral.lead], "RequestReturn", subject,
                [
                    "reason": .string(["notOurDuty", "wrongArea", "alreadyHandled"][chance.below(3)]),
                    "clause": "社会救助暂行办法",
                ])
            if returned != nil {
                note(.rule(index), of: file, days: 0...1)
                return
            }
        }
        try await accept(file, index)
    }

    private func accept(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        guard let post = staff.handlingPosts[referral.lead] else { return }
        var open: [String: JSONValue] = ["handlingPost": .string("\(post)")]
        if referral.task.kind == .referral { open["nextPromise"] = promise(5) }
        let accepted = try await act(
            staff.handlers[referral.lead], "AcceptReferral", "referral/\(referral.id)", .object(open))
        if accepted != nil { note(.start(index), of: file, days: 0...1) }
    }

    /// Two in three returns are refused; the rest are sent out again once what was unclear is clear.
    func rule(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let subject = "referral/\(referral.id)"
        let who = anyOf(staff.supervisors)
        if percent(66) {
            if try await act(who, "RefuseReturn", subject, ["clause": "三定方案 第二条"]) != nil {
                try await accept(file, index)
            }
            return
        }
        guard try await act(who, "ApproveReturn", subject, ["clause": "三定方案 第二条"]) != nil else { return }
        file.referrals[index].isOver = true
        try await send(file, referral.task, items: referral.items, after: referral.id)
    }

    func start(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        try await act(staff.handlers[referral.lead], "StartHandling", "referral/\(referral.id)")
        note(percent(12) && referral.task.kind == .referral ? .hold(index) : .report(index), of: file, days: 0...2)
    }

    func report(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let subject = "referral/\(referral.id)"
        let stages = ["contactMade", "visited", "documentsAsked", "underReview", "resultExpected"]
        try await act(
            staff.handlers[referral.lead], "ReportProgress", subject,
            ["stage": .string(stages[min(referral.reports, stages.count - 1)]), "nextPromise": promise(4)])
        file.referrals[index].reports += 1
        if referral.reports == 0, percent(4) {
            try await act(
                anyOf(staff.supervisors), "ExtendDeadline", subject,
                ["rule": "referral.handle", "granted": ["add": 5], "basis": "需补充核查"])
        }
        let goesOn = referral.reports < 2 ? 45 : referral.reports < 4 ? 15 : 0
        note(percent(goesOn) ? .report(index) : .finish(index), of: file, days: 1...3)
    }

    func hold(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let isExpert = percent(60)
        let held = try await act(
            isExpert ? staff.heads[referral.lead] : staff.handlers[referral.lead], "HoldReferral",
            "referral/\(referral.id)",
            isExpert
                ? ["reason": "awaitingExpert", "reviewOn": promise(8), "basis": "委托鉴定机构出具意见"]
                : ["reason": "awaitingThirdParty", "reviewOn": promise(8)])
        note(held == nil ? .report(index) : .resume(index), of: file, days: 3...7)
    }

    func resume(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let who = staff.heads[referral.lead] ?? staff.handlers[referral.lead]
        try await act(who, "ResumeReferral", "referral/\(referral.id)", ["nextPromise": promise(4)])
        note(.report(index), of: file, days: 0...1)
    }

    func finish(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let subject = "referral/\(referral.id)"
        for department in referral.coHandlers where !referral.isReworked {
            try await act(staff.handlers[department], "SubmitCoResult", subject, ["outcome": "assisted"])
        }
        let who = staff.handlers[referral.lead]
        if !referral.isReworked, referral.task.kind == .referral, percent(7) {
            let codes = ["personRefused", "notEligibleAfterCheck", "resourceExhausted", "movedAway"]
            file.referrals[index].hasFailed = true
            try await act(who, "FailReferral", subject, ["code": .string(codes[chance.below(codes.count)])])
        } else if referral.items.isEmpty {
            try await act(who, "CompleteReferral", subject, ["outcome": "serviceGiven"])
        } else if percent(9) {
            file.referrals[index].hasFailed = true
            try await act(who, "CompleteReferral", subject, ["outcome": "refused"])
        } else {
            try await act(
                who, "CompleteReferral", subject,
                [
                    "outcome": "granted",
                    "award": [
                        "kind": "cash", "amount": .integer(Int64(1 + chance.below(80)) * 5000),
                        "period": .string(percent(50) ? "monthly" : "once"),
                    ],
                ])
        }
        note(.check(index), of: file, days: 0...1)
    }

    func check(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        let referral = file.referrals[index]
        let subject = "referral/\(referral.id)"
        let who = anyOf(staff.dispatchers)
        if !referral.isReworked, !referral.hasFailed, percent(5) {
            file.referrals[index].isReworked = true
            if try await act(who, "ReturnForRework", subject, ["reason": "incomplete"]) != nil {
                note(.finish(index), of: file, days: 1...3)
                return
            }
        }
        if try await act(who, "AcceptCompletion", subject) != nil {
            file.referrals[index].isOver = true
            note(.decide, of: file, days: 0...1)
        }
    }
}
