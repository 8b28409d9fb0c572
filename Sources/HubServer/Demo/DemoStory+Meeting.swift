import CaseDesk
import EventSourcing

extension DemoStory {
    /// 16 August: the invitations; the court's goes on paper.
    func convene() async throws(CommandFailure) {
        try await at(
            "2023-08-16 09:00", "召集联席会议:公安、司法、法院、教育、妇联、基金会;法院的通知走纸面。",
            "Six bodies are invited; the court's invitation goes on paper.")
        try await stage.perform(
            .meetingOffice, "ConveneJointMeeting", try await meeting(),
            open: [
                "meetsAt": "2023-08-18T09:00:00+08:00",
                "members": ["gongan", "sifa", "fayuan", "jiaoyu", "fulian", "jijinhui"],
            ])
    }

    /// 18 August: attendance, opinions, six resolutions, one of them conditional; the extracts go out.
    func meet() async throws(CommandFailure) {
        try await at(
            "2023-08-18 09:00", "联席会议:六家到会,形成六项决议;若调解不成,由司法提供离婚法律援助。",
            "The meeting: six attend; six resolutions. If mediation fails, justice gives legal aid for a divorce.")
        let bodies = ["gongan", "sifa", "fayuan", "jiaoyu", "fulian", "jijinhui"]
        try await stage.perform(
            .meetingOffice, "RecordAttendance", try await meeting(),
            open: ["attended": .array(bodies.map { ["department": .string($0)] })])
        let mediation = JSONValue.string("\(try await stage.id("mediation"))")
        try await stage.perform(
            .meetingOffice, "RecordOpinion", try await meeting(),
            open: ["department": "fulian", "item": mediation, "stance": "supports"])
        try await resolve("living.support", items: ["living"], as: "A1")
        try await resolve("education.grant", items: ["education"], as: "A2")
        try await resolve("trace.spouse", items: [], as: "A3")
        try await resolve("mediate.support", items: ["mediation"], as: "A4")
        try await resolve("companion.care", items: [], as: "A5")
        try await resolve("legal.aid", items: ["legalAid"], as: "A6", condition: "mediationFailed")
        try await stage.perform(.meetingOffice, "HoldJointMeeting", try await meeting())
        try await stage.perform(.meetingOffice, "CirculateMinutes", try await meeting())
    }

    private func resolve(
        _ task: String, items: [String], as name: String, condition: String? = nil
    ) async throws(CommandFailure) {
        var action: [String: JSONValue] = ["task": .string(task)]
        var identifiers: [JSONValue] = []
        for item in items { identifiers.append(.string("\(try await stage.id(item))")) }
        if !identifiers.isEmpty { action["items"] = .array(identifiers) }
        var open: [String: JSONValue] = ["actions": [.object(action)]]
        open["condition"] = condition.map { .string($0) }
        let receipt = try await stage.perform(
            .meetingOffice, "AdoptResolution", try await meeting(), open: .object(open))
        try await self.name(name, "resolution", in: receipt)
    }

    /// The same afternoon: five referrals, each with its own clock and its own slice.
    func dispatch() async throws(CommandFailure) {
        try await at(
            "2023-08-18 15:00", "派单:R1 民政、R2 教育、R3 公安主办妇联协办、R4 妇联主办公安协办、R5 征询基金会。",
            "Dispatched: R1 civil affairs, R2 education, R3 police with women's federation, R4 the other way round, R5 an offer."
        )
        try await dispatch(
            "R1", "living.support", by: "A1", items: ["living"], ["applicant": "woman", "child": "daughter"])
        try await dispatch("R2", "education.grant", by: "A2", items: ["education"], ["child": "daughter"])
        try await dispatch("R3", "trace.spouse", by: "A3", items: [], ["applicant": "woman", "sought": "husband"])
        try await dispatch(
            "R4", "mediate.support", by: "A4", items: ["mediation"],
            ["applicant": "woman", "spouse": "husband", "sought": "husband"])
        try await dispatch("R5", "companion.care", by: "A5", items: [], ["applicant": "woman", "child": "daughter"])
    }

    /// Dispatches one referral under its resolution.
    func dispatch(
        _ name: String, _ task: String, by resolution: String, items: [String], _ people: [String: String]
    ) async throws(CommandFailure) {
        var order: [String: JSONValue] = [
            "task": .string(task), "resolution": .string("\(try await stage.id(resolution))"),
        ]
        var identifiers: [JSONValue] = []
        for item in items { identifiers.append(.string("\(try await stage.id(item))")) }
        if !identifiers.isEmpty { order["items"] = .array(identifiers) }
        var roles: [String: JSONValue] = [:]
        for (role, person) in people { roles[role] = try await self.person(person) }
        order["people"] = .object(roles)
        let receipt = try await stage.perform(
            .dispatcher, "DispatchReferral", try await caseFile(), open: .object(order))
        try await self.name(name, "referral", in: receipt)
    }
}
