import CaseDesk
import EventSourcing
import RuleBook

extension CountyRun {
    /// Decides what is ready, and tells the applicant once everything is.
    func decide(_ file: CountyCase) async throws(CommandFailure) {
        for place in file.items.indices where !file.items[place].isDecided && !file.items[place].id.isEmpty {
            let item = file.items[place]
            let own = file.referrals.last { $0.items.contains(place) }
            if item.path == .refer || item.path == .jointMeeting {
                guard let own, own.isOver else { continue }
            }
            let isRefused = file.turn.map { file.isRefusedFirst($0) } ?? own?.hasFailed ?? percent(10)
            var open: [String: JSONValue] = [
                "result": .string(isRefused ? "refused" : percent(6) ? "partlyGranted" : "granted"),
                "clause": .string(rules.policyItem(item.code)?.basis ?? "社会救助暂行办法"),
            ]
            if let own { open["referral"] = .string(own.id) }
            if !isRefused {
                open["award"] = [
                    "kind": "cash", "amount": .integer(Int64(1 + chance.below(80)) * 5000), "period": "once",
                ]
            }
            // The head of the body whose item it is decides (`reference/product.md` §4.8).
            let answering = rules.policyItem(item.code)?.department ?? own?.lead
            guard let head = answering.flatMap({ staff.heads[$0] }),
                try await act(head, "DecideItem", "item/\(item.id)", .object(open)) != nil
            else { continue }
            file.items[place].isDecided = true
            file.isRefused = file.turn == nil ? file.isRefused || isRefused : isRefused
            let notified = try await act(
                window(of: file), "NotifyDecision", "item/\(item.id)",
                ["means": .string(["inPerson", "telephone", "post"][chance.below(3)])])
            try await turnAfterDecision(file, item.id, notified)
        }
        if file.turn == .appeal, !file.hasTurned { return note(.appeal, of: file, days: 1...3) }
        guard !file.isTelling, file.items.allSatisfy(\.isDecided), file.referrals.allSatisfy(\.isOver) else { return }
        file.isTelling = true
        note(.tell, of: file, days: 0...2)
    }

    func tell(_ file: CountyCase) async throws(CommandFailure) {
        let who = anyOf(staff.dispatchers)
        if let referral = file.referrals.last(where: { !$0.items.isEmpty }), !file.isRefused, percent(5) {
            let receipt = try await act(
                anyOf(staff.supervisors), "OpenFollowUp", file.subject,
                [
                    "kind": .string(["pairing", "serviceBegun"][chance.below(2)]),
                    "department": .string("\(referral.lead)"), "referral": .string(referral.id),
                ])
            if let followUp = receipt?.created("followup").first { file.followUps.append(followUp) }
        }
        if file.turn == .fromOtherHub {
            try await act(who, "AnswerOtherHub", file.subject, ["answer": "settled"])
        }
        try await act(
            window(of: file), "TellApplicant", file.subject,
            ["means": .string(["inPerson", "telephone", "post"][chance.below(3)])])
        let result = file.isRefused ? file.items.count > 1 ? "partlyHelped" : "notHelped" : "helped"
        if try await act(who, "ProposeExit", file.subject, ["result": .string(result)]) != nil {
            note(.confirmExit, of: file, days: 0...1)
        }
    }

    func confirmExit(_ file: CountyCase) async throws(CommandFailure) {
        guard try await act(anyOf(staff.approvers), "ExitCase", file.subject) != nil else { return }
        file.hasExited = true
        for index in file.followUps.indices { note(.review(followUp: index), of: file, days: 12...20) }
        note(.verify, of: file, days: 3...10)
    }

    /// Somebody who had no hand in the case asks whether help came.
    func verify(_ file: CountyCase) async throws(CommandFailure) {
        let isAgain = file.turn == .reopening && file.hasTurned
        try await act(
            isAgain ? staff.secondCaller : staff.caller, "VerifyOutcome", file.subject,
            [
                "result": .string(file.isRefused ? "notMet" : percent(85) ? "needMet" : "partly"),
                "means": "telephone",
            ])
        if file.turn == .reopening, !file.hasTurned { return note(.reopen, of: file, days: 1...3) }
        if file.followUps.isEmpty { await close(file) }
    }

    func review(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        try await act(
            anyOf(staff.dispatchers), "ReviewFollowUp", "followup/\(file.followUps[index])",
            ["finding": .string(percent(80) ? "onTrack" : "waiting")])
        note(percent(40) ? .review(followUp: index) : .conclude(followUp: index), of: file, days: 15...22)
    }

    func conclude(_ file: CountyCase, _ index: Int) async throws(CommandFailure) {
        try await act(
            anyOf(staff.supervisors), "ConcludeFollowUp", "followup/\(file.followUps[index])",
            ["outcome": .string(percent(80) ? "achieved" : "partlyAchieved"), "means": "telephone"])
        await close(file)
    }

    /// Nothing more will happen to it.
    func close(_ file: CountyCase) async {
        cases[file.number] = nil
        if let tag = EventTag("case:\(file.id)") { await log.forget(tag) }
    }

    // MARK: Meetings

    func convene(_ file: CountyCase) async throws(CommandFailure) {
        guard let meeting = file.meeting else { return }
        let leads = file.items.filter { $0.path == .jointMeeting }.flatMap { $0.task.participants.map(\.department) }
        let meetsAt = time.later(clock.now(), days: 1, &chance)
        try await act(
            staff.meetingOffice, "ConveneJointMeeting", "meeting/\(meeting)",
            [
                "meetsAt": .string("\(meetsAt)"),
                "members": .array(
                    Set(leads).union([DepartmentCode("gongan")].compactMap(\.self)).sorted().map {
                        .string("\($0)")
                    }),
            ])
        agenda.note(.meet, of: file.number, at: meetsAt)
    }

    func meet(_ file: CountyCase) async throws(CommandFailure) {
        guard let meeting = file.meeting else { return }
        let subject = "meeting/\(meeting)"
        let who = staff.meetingOffice
        let members = Set(
            file.items.filter { $0.path == .jointMeeting }.flatMap { $0.task.participants.map(\.department) })
        try await act(
            who, "RecordAttendance", subject,
            ["attended": .array(members.sorted().map { ["department": .string("\($0)")] })])
        for place in file.items.indices where file.items[place].path == .jointMeeting {
            let item = file.items[place]
            let receipt = try await act(
                who, "AdoptResolution", subject,
                ["actions": [["task": .string("\(item.task.code)"), "items": [.string(item.id)]]]])
            if let resolution = receipt?.created("resolution").first { file.resolutions[place] = resolution }
        }
        try await act(who, "HoldJointMeeting", subject)
        try await act(who, "CirculateMinutes", subject)
        for place in file.items.indices {
            guard let resolution = file.resolutions[place] else { continue }
            try await send(file, file.items[place].task, items: [place], resolution: resolution)
        }
        note(.confirmMinutes, of: file, days: 1...2)
    }

    func confirmMinutes(_ file: CountyCase) async throws(CommandFailure) {
        guard let meeting = file.meeting else { return }
        let members = Set(
            file.items.filter { $0.path == .jointMeeting }.flatMap { $0.task.participants.map(\.department) })
        for department in members.sorted() {
            try await act(
                staff.meetingOffice, "ConfirmMinutes", "meeting/\(meeting)", ["department": .string("\(department)")])
        }
    }
}
