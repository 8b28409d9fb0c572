import DepartmentKit
import EventSourcing
import FeedProtocol
import SQLiteEventLog

/// What a department's own adapter holds, what stands in the files, and the log.
extension ScenarioInspection {
    func checks(_ expected: ScenarioExpectation.Inbox) async throws(CommandFailure) -> [ScenarioCheck] {
        let department = expected.department
        let moment = try await play.moment(at: place)
        let (sequence, rows) = try await play.hub.patiently { () async throws(CommandFailure) in
            try await play.hub.setClock(moment)
            try await play.hub.requireCaughtUp(department, at: moment)
            let status = try await play.hub.ask(department, AdapterRequest(act: "status")).status
            return (status?.sequence, try await referrals(of: department))
        }
        var checks: [ScenarioCheck] = []
        for (names, isThere) in [(expected.has, true), (expected.lacks, false)] {
            for name in names {
                let id = try await id(name)
                let found = rows.contains { "\($0.referral)" == id }
                checks.append(
                    check(
                        "\(department) 收件箱 inbox \(name)", isThere ? "there" : "not there",
                        found ? "there" : "not there"))
            }
        }
        for (name, state) in expected.states {
            let id = try await id(name)
            checks.append(
                check(
                    "\(department) 收件箱 inbox \(name)", state,
                    rows.first { "\($0.referral)" == id }.map(\.state.rawValue)))
        }
        let parts = rows.flatMap(\.parts)
        if let groups = expected.groups {
            checks.append(
                check(
                    "\(department) 切片 slice", groups.joined(separator: ", "),
                    Set(parts.map(\.group.rawValue)).sorted().joined(separator: ", ")))
        }
        if let about = expected.about {
            let people = await play.names.names(of: Set(parts.map { "\($0.person)" }))
            checks.append(
                check(
                    "\(department) 切片中的人 people", about.sorted().joined(separator: ", "),
                    people.joined(separator: ", ")))
        }
        if let entries = expected.entries {
            checks.append(check("\(department) 数据通道 feed", entries, sequence.map { "\($0)" }))
        }
        return checks
    }

    /// Every referral in a department's inbox with its parts.
    private func referrals(of department: DepartmentCode) async throws(CommandFailure) -> [InboxReferral] {
        var rows: [InboxReferral] = []
        for row in try await play.hub.ask(department, AdapterRequest(act: "inbox")).inbox ?? [] {
            var show = AdapterRequest(act: "show")
            show.referral = "\(row.referral)"
            rows += try await play.hub.ask(department, show).inbox ?? []
        }
        return rows
    }

    func checks(_ expected: ScenarioExpectation.Files) -> [ScenarioCheck] {
        let folder = play.hub.folder
        let name = expected.department.map { "\($0)" } ?? "hub"
        let text = ClearText(in: expected.department.map { folder.department($0) } ?? folder.hub.path)
        var checks: [ScenarioCheck] = []
        if !expected.lacks.isEmpty {
            checks.append(
                check("\(name) 不应有的明文 clear text", "", text.found(of: expected.lacks).joined(separator: ", ")))
        }
        for wanted in expected.has {
            checks.append(
                check("\(name) 明文 clear text", wanted, text.found(of: [wanted]).isEmpty ? nil : wanted))
        }
        return checks
    }

    func checkLog(_ expected: String) async throws(CommandFailure) -> ScenarioCheck {
        let path = play.hub.folder.hub.path
        do throws(EventLogError) {
            let verification = try await LogVerifier(try SQLiteLogReader(folder: path)).verify()
            let finding = verification.finding.map { "\($0.fault.rawValue) #\($0.position?.number ?? 0)" }
            return check("日志校验 verify", expected, finding ?? "sound")
        } catch {
            throw CommandFailure(error, folder: path)
        }
    }
}
