import DepartmentKit
import EventSourcing
import FeedProtocol
import FoundationEssentials
import SQLiteEventLog

/// What must hold after the story: every date of its table, every slice, the exit, the replay, the log.
struct DemoChecks: Sendable {
    /// One thing that must hold, and what was found.
    struct Check: Codable, Sendable {
        let what: String
        let expected: String
        let found: String

        var holds: Bool { expected == found }
    }

    let stage: DemoStage
    /// Due dates by clock that a caller wants instead of the story's, to see a check fail.
    let expectations: [String: String]

    /// The due dates of the story's table, by what the story calls them.
    private static let table: [(name: String, rule: String, subject: String, due: String)] = [
        ("request.contact", "request.contact", "request", "2023-08-17"),
        ("case.exit", "case.exit", "case", "2023-09-12"), ("visit.home", "visit.home", "case", "2023-08-18"),
        ("meeting.convene", "meeting.convene", "case", "2023-08-18"),
        ("R1.handle", "referral.handle", "R1", "2023-09-01"), ("R2.handle", "referral.handle", "R2", "2023-09-01"),
        ("R3.handle", "referral.handle", "R3", "2023-09-01"), ("R4.handle", "referral.handle", "R4", "2023-09-01"),
        ("R5.answer", "offer.answer", "R5", "2023-08-23"), ("R6.handle", "referral.handle", "R6", "2023-09-08"),
        ("F1.review", "followup.review", "F1", "2023-10-12"), ("F1.review.2", "followup.review", "F1", "2023-11-09"),
    ]

    /// Looks at everything.
    ///
    /// - Throws: ``CommandFailure`` when the hub or an adapter cannot be asked.
    func run() async throws(CommandFailure) -> [Check] {
        var checks: [Check] = []
        checks += try await dates()
        checks += try await exit()
        checks += try await slices()
        checks += try await replay()
        checks += try await secrets()
        checks.append(try await log())
        return checks
    }

    // MARK: Dates

    private func dates() async throws(CommandFailure) -> [Check] {
        // The request's clock is no clock of the case: it stopped when the case began.
        let states = "overdue,dueSoon,onTime,met,metLate"
        let contact = try await stage.client(.auditor).get("/v1/board?rule=request.contact&state=\(states)").body
        let deadlines = (try await caseAnswer()["deadlines"]?.elements ?? []) + (contact["rows"]?.elements ?? [])
        var checks: [Check] = []
        for row in Self.table {
            let subject = "\(try await stage.id(row.subject))"
            let cycle = row.name.hasSuffix(".2") ? "/2" : "/1"
            let found = deadlines.first { deadline in
                let id = deadline["id"]?.text ?? ""
                return id.hasPrefix("\(row.rule)/") && id.contains(subject) && id.hasSuffix(cycle)
            }
            checks.append(
                Check(
                    what: "到期 due \(row.name)", expected: expectations[row.name] ?? row.due,
                    found: found?["dueDay"]?.text ?? "–"))
        }
        for name in expectations.keys.sorted() where !Self.table.contains(where: { $0.name == name }) {
            checks.append(Check(what: "到期 due \(name)", expected: expectations[name] ?? "", found: "–"))
        }
        return checks
    }

    private func caseAnswer() async throws(CommandFailure) -> JSONValue {
        let id = try await stage.id("case")
        return try await stage.patiently { () async throws(CommandFailure) in
            let head = try await stage.client(.auditor).get("/v1/log/head")
            let position = head.body["position"]?.number.map { Position(UInt64($0)) }
            return try await stage.client(.auditor).get("/v1/cases/\(id)", atLeast: position).body
        }
    }

    // MARK: Exit

    private func exit() async throws(CommandFailure) -> [Check] {
        let answer = try await caseAnswer()
        let found = answer["case"]
        let exit = answer["deadlines"]?.elements.first { $0["id"]?.text?.hasPrefix("case.exit/") == true }
        let overdue = (answer["deadlines"]?.elements ?? []).filter {
            ["overdue", "metLate"].contains($0["state"]?.text)
        }
        return [
            Check(what: "案件 case", expected: "exited", found: found?["state"]?.text ?? "–"),
            Check(what: "一口出时限 case.exit", expected: "met", found: exit?["state"]?.text ?? "–"),
            Check(what: "转办 referrals", expected: "6", found: "\(found?["referrals"]?.elements.count ?? 0)"),
            Check(
                what: "转办均已归结 all referrals closed", expected: "closed",
                found: Set((found?["referrals"]?.elements ?? []).compactMap { $0["state"]?.text }).sorted()
                    .joined(separator: ", ")),
            Check(
                what: "未了跟进 open follow-ups", expected: "1",
                found: "\((found?["followUps"]?.elements ?? []).filter { $0["outcome"] == nil }.count)"),
            Check(
                what: "无一逾期 nothing late", expected: "",
                found: overdue.compactMap { $0["id"]?.text }.sorted().joined(separator: ", ")),
        ]
    }

    // MARK: Slices

    /// Five bodies with referrals, one with an offer, one with nothing: six different slices and an empty feed.
    private func slices() async throws(CommandFailure) -> [Check] {
        var shapes: [String: String] = [:]
        var courtSequence: UInt64 = .max
        for department in DemoStory.departments {
            let status = try await stage.patiently { () async throws(CommandFailure) in
                try await stage.requireCaughtUp(department)
                return try await stage.ask(department, AdapterRequest(act: "status")).status
            }
            let inbox = try await stage.ask(department, AdapterRequest(act: "inbox")).inbox ?? []
            if department == "fayuan" { courtSequence = status?.sequence ?? .max }
            var parts: [String] = []
            for row in inbox {
                var show = AdapterRequest(act: "show")
                show.referral = "\(row.referral)"
                let shown = try await stage.ask(department, show).inbox?.first?.parts ?? []
                parts += shown.map { "\($0.group.rawValue)@\($0.person)" }
            }
            if !inbox.isEmpty {
                shapes[department] = (inbox.compactMap(\.number) + Set(parts).sorted()).joined(separator: " ")
            }
        }
        return [
            Check(
                what: "有转办或征询的部门 bodies with referrals or an offer",
                expected: "fulian, gongan, jiaoyu, jijinhui, minzheng, sifa",
                found: shapes.keys.sorted().joined(separator: ", ")),
            Check(what: "各不相同的切片 different slices", expected: "6", found: "\(Set(shapes.values).count)"),
            Check(what: "法院的数据通道 the court's feed", expected: "0", found: "\(courtSequence)"),
        ]
    }

    // MARK: Replay

    /// Replaying 24 October: the filing reached justice's feed only, and nothing of November is known.
    private func replay() async throws(CommandFailure) -> [Check] {
        let id = try await stage.id("case")
        let answer = try await stage.patiently { () async throws(CommandFailure) in
            try await stage.client(.auditor).get("/v1/cases/\(id)/replay?asOf=2023-10-24").body
        }
        let knowledge = answer["knowledge"]?.elements ?? []
        let told = knowledge.filter { department in
            (department["told"]?.elements ?? []).contains { $0["eventType"]?.text == "FollowUpProgressRecorded" }
        }
        let reviews = (answer["timeline"]?.elements ?? []).filter { $0["eventType"]?.text == "FollowUpReviewed" }
        let court = knowledge.first { $0["department"]?.text == "fayuan" }
        return [
            Check(
                what: "立案只进司法的通道 the filing reached", expected: "sifa",
                found: told.compactMap { $0["department"]?.text }.sorted().joined(separator: ", ")),
            Check(what: "那天已知的复核 reviews known that day", expected: "1", found: "\(reviews.count)"),
            Check(
                what: "法院得知 the court had been told", expected: "0", found: "\(court?["told"]?.elements.count ?? -1)"),
            Check(
                what: "回放时的案件 the case as of that day", expected: "exited",
                found: answer["case"]?["state"]?.text ?? "–"),
        ]
    }

    // MARK: Secrets

    /// Bytes that must stand nowhere, or only where they were granted.
    private func secrets() async throws(CommandFailure) -> [Check] {
        let folder = stage.folder
        let everything = [
            DemoStory.woman, DemoStory.daughter, DemoStory.husband, DemoStory.address, DemoStory.illness,
            DemoStory.marriage, DemoStory.school, "32118119860305002X", "13900000001",
        ]
        var checks = [
            Check(
                what: "中心文件里的明文 clear text in the hub's files", expected: "",
                found: ClearText(in: folder.hub.path).found(of: everything).joined(separator: ", "))
        ]
        let granted: [String: [String]] = [
            "minzheng": [
                DemoStory.woman, DemoStory.daughter, DemoStory.address, DemoStory.illness, "32118119860305002X",
                "13900000001",
            ],
            "jiaoyu": [DemoStory.daughter, DemoStory.school],
            "gongan": [DemoStory.woman, DemoStory.husband, DemoStory.marriage, "32118119860305002X"],
            "fulian": [DemoStory.woman, DemoStory.husband, DemoStory.marriage, "32118119860305002X"],
            "sifa": [
                DemoStory.woman, DemoStory.husband, DemoStory.marriage, DemoStory.address, "32118119860305002X",
                "13900000001",
            ],
            "jijinhui": [DemoStory.address, "13900000001"], "fayuan": [],
        ]
        for (department, allowed) in granted.sorted(by: { $0.key < $1.key }) {
            guard let code = DepartmentCode(department) else { continue }
            let forbidden = everything.filter { !allowed.contains($0) }
            checks.append(
                Check(
                    what: "\(department) 授权之外的明文 clear text beyond its grant", expected: "",
                    found: ClearText(in: folder.department(code)).found(of: forbidden).joined(separator: ", ")))
        }
        return checks
    }

    // MARK: Log

    private func log() async throws(CommandFailure) -> Check {
        do throws(EventLogError) {
            let reader = try SQLiteLogReader(folder: stage.folder.hub.path)
            let verification = try await LogVerifier(reader).verify()
            let finding = verification.finding.map { "\($0.fault.rawValue) #\($0.position?.number ?? 0)" }
            return Check(what: "日志校验 verify", expected: "sound", found: finding ?? "sound")
        } catch {
            throw CommandFailure(error, folder: stage.folder.hub.path)
        }
    }
}
