import EventSourcing

/// Deadlines explained in a terminal: a certificate, and whose every day of a case was.
package struct DeadlineReport: Sendable {
    private let client: HubClient

    package init(client: HubClient) {
        self.client = client
    }

    /// Prints the certificate of one deadline (N-2); as JSON it is what the API gives, ready to be checked elsewhere.
    ///
    /// - Parameter id: Such as `case.exit/case:<uuid>/1`, as the board's JSON names it.
    /// - Throws: ``CommandFailure``; exit 3 when there is no such deadline, or none the caller may see.
    package func explain(_ id: String, to console: Console) async throws(CommandFailure) {
        let answer = try await client.get("/v1/deadlines/certificate?id=\(Self.escaped(id))")
        console.result(answer.body)
        guard let certificate = answer.body["certificate"] else { return }
        for line in Self.lines(certificate) { console.say(line) }
        console.say("摘要 digest: \(answer.body["digest"]?.text ?? "")")
    }

    /// Prints whose every working day of one case was (N-1).
    ///
    /// - Throws: ``CommandFailure``; exit 3 when the case was not known yet.
    package func days(of number: String, asOf: String?, to console: Console) async throws(CommandFailure) {
        let query = asOf.map { "?asOf=\(Self.escaped($0))" } ?? ""
        let answer = try await client.get("/v1/cases/\(number)/days\(query)")
        console.result(answer.body)
        let accounts = answer.body["accounts"]?.elements ?? []
        if accounts.isEmpty { console.say("尚未申请,没有可归属的工作日。 No application yet: no working day to give to anybody.") }
        for account in accounts {
            let provisional = account["isProvisional"] == .bool(true) ? " ◇办结前暂定 provisional until the exit" : ""
            console.say(
                "\(account["day0"]?.text ?? "") → \(account["through"]?.text ?? "")  "
                    + "计入 counted \(account["used"]?.number ?? 0)，历时 elapsed \(account["elapsed"]?.number ?? 0) "
                    + "个工作日 working days\(provisional)")
            for share in account["shares"]?.elements ?? [] {
                let counted = share["counted"]?.number ?? 0
                let all = share["all"]?.number ?? 0
                let rest = all > counted ? "（另 \(all - counted) 天不计 – \(all - counted) more not counted）" : ""
                console.say("  \(Self.holder(share["holder"]))  \(counted)\(rest)")
            }
        }
    }

    static func lines(_ certificate: JSONValue) -> [String] {
        let provisional = certificate["isProvisional"] == .bool(true) ? " ◇暂定 provisional" : ""
        var lines = [
            "\(certificate["deadline"]?.text ?? "")",
            "\(certificate["rule"]?["name"]?["zh"]?.text ?? "") – \(certificate["rule"]?["name"]?["en"]?.text ?? "") "
                + "v\(certificate["rule"]?["version"]?.number ?? 0)  依据 basis: "
                + (certificate["rule"]?["basis"]?["text"]?.text ?? ""),
            "起算 started by: \(certificate["trigger"]?["type"]?.text ?? "") "
                + "#\(certificate["trigger"]?["position"]?.number ?? 0) \(certificate["trigger"]?["occurredAt"]?.text ?? "")",
            "最迟 due: \(certificate["dueDay"]?.text ?? "中止中 paused")\(provisional)",
        ]
        if let legal = certificate["legalDueDay"]?.text {
            lines.append(
                "日历改动过迟,依法为 \(legal),仍按上列日期考核 – by law \(legal); the calendar came too late to hold anybody to it")
        }
        if let ended = certificate["ended"] {
            let late =
                certificate["isLateRecord"] == .bool(true)
                ? "  ◆补录,按发生时间计 late record, counted by when it happened" : ""
            lines.append(
                "终了 ended by: \(ended["type"]?.text ?? "") #\(ended["position"]?.number ?? 0) "
                    + "\(ended["occurredAt"]?.text ?? "")  录入 recorded \(ended["recordedAt"]?.text ?? "")\(late)")
        }
        for day in certificate["days"]?.elements ?? [] {
            let number = day["number"]?.number.map { "\($0)" } ?? "–"
            lines.append("  \(day["day"]?.text ?? "")  \(number)  \(reason(day["reason"]?.text ?? ""))")
        }
        return lines
    }

    private static func reason(_ code: String) -> String {
        let words = [
            "notYetReceived": "尚未收到 not yet received", "dayZero": "当日不计 day 0", "workingDay": "工作日 working day",
            "makeupWorkday": "调休上班 make-up working day", "calendarDay": "自然日 calendar day", "weekend": "周末 weekend",
            "holiday": "节假日 holiday", "paused": "中止 paused", "rolledOver": "期满逢休顺延 rolled over a day off",
            "elapsed": "经过 elapsed",
        ]
        return words[code] ?? code
    }

    private static func holder(_ holder: JSONValue?) -> String {
        let words = [
            "centre": "中心 centre", "applicant": "申请人 applicant", "thirdParty": "第三方 third party",
            "disputed": "争议待裁 disputed",
        ]
        let kind = holder?["kind"]?.text ?? ""
        return holder?["department"]?.text ?? words[kind] ?? kind
    }

    /// A value for a query: what has a meaning of its own there is escaped.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default:
                "%" + String(byte >> 4, radix: 16, uppercase: true) + String(byte & 15, radix: 16, uppercase: true)
            }
        }.joined()
    }
}
