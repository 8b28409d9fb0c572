import CaseDesk
import DepartmentKit
import EventSourcing
import FeedProtocol

extension DemoStory {
    /// A department's adapter acts on one of its referrals.
    func act(
        _ department: String, _ act: AdapterAct, on referral: String, open: JSONValue = [:],
        sealed: [CommandPayload.Part] = []
    ) async throws(CommandFailure) {
        try await stage.act(department, act, "\(try await stage.id(referral))", open: open) { request in
            if !sealed.isEmpty { request.sealed = sealed }
        }
    }

    /// 21 to 31 August: each body answers from its own adapter.
    func handle() async throws(CommandFailure) {
        try await receive()
        try await trace()
        try await grant()
        try await mediate()
    }

    private func receive() async throws(CommandFailure) {
        try await at(
            "2023-08-21 09:30", "五家各自签收;基金会接受陪伴。", "All sign for their referrals; the foundation accepts.")
        for (department, referral) in [
            ("minzheng", "R1"), ("jiaoyu", "R2"), ("gongan", "R3"), ("fulian", "R3"), ("fulian", "R4"),
            ("gongan", "R4"),
        ] {
            try await act(department, .receive, on: referral)
        }
        try await act("jijinhui", .acceptOffer, on: "R5", open: ["handlingPost": "jijinhui/care"])
        try await act("jijinhui", .start, on: "R5")
        for body in ["gongan", "sifa", "jiaoyu", "fulian", "jijinhui", "fayuan", "minzheng"] {
            try await stage.perform(
                .meetingOffice, "ConfirmMinutes", try await meeting(), open: ["department": .string(body)])
        }
        try await at("2023-08-22 09:00", "各家受理,开始办理。", "All accept and begin.")
        for (department, post, referral) in [
            ("minzheng", "minzheng/relief", "R1"), ("jiaoyu", "jiaoyu/aid", "R2"), ("gongan", "gongan/household", "R3"),
            ("fulian", "fulian/rights", "R4"),
        ] {
            try await act(
                department, .accept, on: referral,
                open: ["handlingPost": .string(post), "nextPromise": "2023-08-31"])
            try await act(department, .start, on: referral)
        }
    }

    private func trace() async throws(CommandFailure) {
        try await at(
            "2023-08-23 14:00", "R3:公安联系上了朱某,只回“已联系”。", "R3: the police have reached him; they say only that.")
        let husband = try await reference("husband")
        try await act("fulian", .coResult, on: "R3", open: ["outcome": "assisted"])
        try await act(
            "gongan", .complete, on: "R3", open: ["outcome": "contacted"],
            sealed: [.init(group: .traceOutcome, person: husband, value: ["outcome": "contacted"])])
        try await stage.perform(.dispatcher, "AcceptCompletion", try await referral("R3"))
    }

    private func grant() async throws(CommandFailure) {
        try await at("2023-08-24 10:00", "R2:教育资助已定。", "R2: education assistance is granted.")
        try await act(
            "jiaoyu", .complete, on: "R2",
            open: ["outcome": "granted", "award": ["kind": "feeRelief", "period": "yearly"]])
        try await at("2023-08-25 10:00", "R1:民政救助 2000 元。", "R1: civil affairs grants 2000 yuan.")
        try await act(
            "minzheng", .complete, on: "R1",
            open: ["outcome": "granted", "award": ["kind": "cash", "amount": 200_000, "period": "once"]])
        for name in ["R1", "R2"] {
            try await stage.perform(.dispatcher, "AcceptCompletion", try await referral(name))
        }
        try await decide(
            "living", "granted", "R1", ["kind": "cash", "amount": 200_000, "period": "once"], by: .minzhengHead)
        try await decide("education", "granted", "R2", ["kind": "feeRelief", "period": "yearly"], by: .jiaoyuHead)
        try await at("2023-08-28 09:30", "两项决定送达。", "Both decisions are delivered.")
        for item in ["living", "education"] { try await notify(item) }
    }

    /// Records the official answer on an item.
    func decide(
        _ item: String, _ result: String, _ referral: String, _ award: JSONValue?, by head: DemoRole
    ) async throws(CommandFailure) {
        var open: [String: JSONValue] = [
            "result": .string(result), "clause": "社会救助暂行办法", "referral": .string("\(try await stage.id(referral))"),
        ]
        open["award"] = award
        try await stage.perform(
            head, "DecideItem", "item/\(try await stage.id(item))", open: .object(open))
    }

    /// Delivers a decision in person.
    func notify(_ item: String) async throws(CommandFailure) {
        try await stage.perform(
            .station, "NotifyDecision", "item/\(try await stage.id(item))", open: ["means": "inPerson"])
    }

    private func mediate() async throws(CommandFailure) {
        try await at("2023-08-29 10:00", "R4:妇联约双方到站点调解。", "R4: mediation at the station.")
        try await act("fulian", .reportProgress, on: "R4", open: ["stage": "contactMade"])
        try await at("2023-08-30 16:00", "R5:基金会开始陪伴,服务已到位。", "R5: the companionship is under way.")
        try await act("jijinhui", .complete, on: "R5", open: ["outcome": "serviceGiven"])
        try await stage.perform(.dispatcher, "AcceptCompletion", try await referral("R5"))
        try await at("2023-08-31 10:00", "R4:调解不成,双方都要离婚。", "R4: mediation fails; both want a divorce.")
        try await act("gongan", .coResult, on: "R4", open: ["outcome": "assisted"])
        try await act("fulian", .complete, on: "R4", open: ["outcome": "notReconciled"])
        try await stage.perform(.dispatcher, "AcceptCompletion", try await referral("R4"))
        try await decide("mediation", "partlyGranted", "R4", nil, by: .fulianHead)
    }
}
