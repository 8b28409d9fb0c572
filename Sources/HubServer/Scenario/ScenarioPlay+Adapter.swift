import CaseDesk
import DepartmentKit
import EventSourcing
import FeedProtocol

extension ScenarioPlay {
    /// What a department's adapter is asked to do.
    func adapterRequest(
        _ act: AdapterAct, _ subject: String, _ body: CommandBody, id: UniqueID, at place: String
    ) throws(CommandFailure) -> AdapterRequest {
        var request = AdapterRequest(act)
        let subject = String(subject.split(separator: "/").last ?? "")
        if act.isAboutFollowUp { request.followUp = subject } else { request.referral = subject }
        request.command = id
        request.open = body.open
        request.post = body.actingPost
        request.externalReference = body.externalReference
        var sealed: [CommandPayload.Part] = []
        for part in body.sealed ?? [] {
            guard let person = part.person else {
                throw CommandFailure(
                    .badInput, code: "scenario.person", field: place, chinese: "适配器封存的内容须写明关于谁",
                    english: "an adapter seals a part of somebody", remedy: "写上 person / add person")
            }
            sealed.append(.init(group: part.group, person: person, value: part.value))
        }
        if !sealed.isEmpty { request.sealed = sealed }
        return request
    }

    /// Has the adapter act, once it knows what it acts on.
    ///
    /// - Returns: Where the hub recorded it.
    func act(
        _ department: DepartmentCode, _ request: AdapterRequest, at moment: DemoMoment
    ) async throws(CommandFailure) -> Position {
        try await hub.setClock(moment)
        try await hub.requireCaughtUp(department, at: moment)
        let reply = try await hub.ask(department, request)
        switch reply.result {
        case .accepted: return Position(reply.position ?? 0)
        case .waiting: throw Self.wait("demo.waiting", department)
        case .refused, .error, .ok:
            // Not yet received, or a hub that has just come back: the adapter learns it in a moment.
            let passing = ["referral.unknown", "followUp.unknown", "hub.timeUnknown"]
            if reply.result != .refused, passing.contains(reply.code ?? "") {
                throw Self.wait(reply.code ?? "", department)
            }
            throw CommandFailure(
                .refused, code: reply.code ?? "demo.refused", field: reply.field ?? "\(department)",
                chinese: reply.chinese ?? "中心拒绝了 \(department) 的操作",
                english: reply.english ?? "the hub refused \(department)", remedy: reply.remedy ?? "")
        }
    }

    private static func wait(_ code: String, _ department: DepartmentCode) -> CommandFailure {
        CommandFailure(
            .tryAgain, code: code, field: "\(department)", chinese: "还没有准备好", english: "not ready yet",
            remedy: "等待 / wait")
    }
}
