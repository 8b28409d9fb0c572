import EventSourcing
import FoundationEssentials

/// The deadline board in a terminal.
package struct BoardReport: Sendable {
    private let client: HubClient

    package init(client: HubClient) {
        self.client = client
    }

    /// Prints the open deadlines, nearest first.
    ///
    /// - Throws: ``CommandFailure`` when the hub does not answer or refuses.
    package func print(department: String?, state: String?, to console: Console) async throws(CommandFailure) {
        var query: [String] = ["limit=500"]
        if let department { query.append("department=\(department)") }
        if let state { query.append("state=\(state)") }
        let answer = try await client.get("/v1/board?\(query.joined(separator: "&"))")
        console.result(answer.body)
        let rows = answer.body["rows"]?.elements ?? []
        console.say(
            "时限看板 deadline board · \(answer.body["now"]?.text ?? "") · #\(answer.body["position"]?.number ?? 0)")
        if rows.isEmpty { console.say("没有未了结的时限。 No open deadlines.") }
        for row in rows { console.say(Self.line(row)) }
    }

    static func line(_ row: JSONValue) -> String {
        let signs = [
            "overdue": "■", "dueSoon": "▲", "onTime": "●", "paused": "‖", "met": "✓", "metLate": "✗", "cancelled": "–",
            "waiting": "◔", "free": "○",
        ]
        let state = row["state"]?.text ?? ""
        let left =
            row["workingDaysOverdue"]?.number.map { "超 \($0) 个工作日" }
            ?? row["workingDaysLeft"]?.number.map { "剩 \($0) 个工作日" } ?? ""
        let provisional = row["isProvisional"] == .bool(true) ? " ◇暂定" : ""
        return [
            "\(signs[state] ?? "?") \(row["stateLabel"]?["zh"]?.text ?? state)",
            row["caseNumber"]?.text ?? row["subjectNumber"]?.text ?? "–", row["label"]?["zh"]?.text ?? "",
            "\(row["dueDay"]?.text ?? row["dueAt"]?.text ?? "–")\(provisional)", left,
            row["owner"]?.text ?? "centre",
        ].joined(separator: "  ")
    }
}
