import EventSourcing

/// One case, or the list of them, in a terminal.
package struct CaseReport: Sendable {
    private let client: HubClient

    package init(client: HubClient) {
        self.client = client
    }

    /// Prints one case with its deadlines and what happened.
    ///
    /// - Throws: ``CommandFailure``; exit 3 when there is no such case for this reader.
    package func print(_ number: String, to console: Console) async throws(CommandFailure) {
        let answer = try await client.get("/v1/cases/\(number)")
        let timeline = try await client.get("/v1/cases/\(number)/timeline")
        console.result(
            JSONValue.object(["case": answer.body, "timeline": timeline.body["rows"] ?? .array([])]))
        guard let found = answer.body["case"] else { return }
        console.say(Self.line(found))
        for referral in found["referrals"]?.elements ?? [] {
            console.say(
                "  转办 \(referral["number"]?.text ?? "") → \(referral["lead"]?.text ?? "")  \(referral["state"]?.text ?? "")"
            )
        }
        for row in answer.body["deadlines"]?.elements ?? [] { console.say("  " + BoardReport.line(row)) }
        for row in timeline.body["rows"]?.elements ?? [] { console.say("  " + Self.event(row)) }
    }

    /// Prints the cases, newest first.
    ///
    /// - Throws: ``CommandFailure``.
    package func printList(to console: Console) async throws(CommandFailure) {
        let answer = try await client.get("/v1/cases?limit=500")
        console.result(answer.body)
        let rows = answer.body["rows"]?.elements ?? []
        if rows.isEmpty { console.say("还没有案件。 No cases yet.") }
        for row in rows { console.say(Self.line(row)) }
    }

    static func line(_ row: JSONValue) -> String {
        let items = row["items"]?.elements.count ?? 0
        let referrals = row["referrals"]?.elements.count ?? 0
        return "\(row["number"]?.text ?? "")  \(row["state"]?.text ?? "")  事项 \(items)  转办 \(referrals)"
    }

    static func event(_ row: JSONValue) -> String {
        let time = row["occurredAt"]?.text ?? row["recordedAt"]?.text ?? ""
        let summary = row["summary"]?["zh"]?.text ?? row["eventType"]?.text ?? ""
        return "#\(row["position"]?.number ?? 0)  \(time)  \(summary)"
    }
}
