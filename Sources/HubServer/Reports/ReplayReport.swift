import EventSourcing

/// A case as it was known on a day, in a terminal.
package struct ReplayReport: Sendable {
    private let client: HubClient

    package init(client: HubClient) {
        self.client = client
    }

    /// Prints the case, its deadlines and what each department had been told by then.
    ///
    /// - Parameters:
    ///   - asOf: An instant, or a day meaning before its end.
    ///   - asItWas: Whether what happened by then counts, not what was recorded by then.
    /// - Throws: ``CommandFailure``; exit 3 when the case was not known yet.
    package func print(_ number: String, asOf: String, asItWas: Bool = false, to console: Console)
        async throws(CommandFailure)
    {
        let text = asOf.replacing("+", with: "%2B")
        let answer = try await client.get("/v1/cases/\(number)/replay?asOf=\(text)\(asItWas ? "&view=asItWasAt" : "")")
        console.result(answer.body)
        guard let found = answer.body["case"] else { return }
        console.say("回放至 as of \(answer.body["asOf"]?.text ?? asOf) · #\(answer.body["position"]?.number ?? 0)")
        console.say(CaseReport.line(found))
        for row in answer.body["deadlines"]?.elements ?? [] { console.say("  " + BoardReport.line(row)) }
        for department in answer.body["knowledge"]?.elements ?? [] {
            let told = department["told"]?.elements ?? []
            console.say("  \(department["department"]?.text ?? "") 得知 had been told \(told.count)")
            for event in told {
                let groups = event["groups"]?.elements.compactMap {
                    $0.text?.split(separator: "@").first.map(String.init)
                }
                console.say(
                    "    #\(event["position"]?.number ?? 0) \(event["eventType"]?.text ?? "") "
                        + Set(groups ?? []).sorted().joined(separator: ", "))
            }
        }
    }
}
