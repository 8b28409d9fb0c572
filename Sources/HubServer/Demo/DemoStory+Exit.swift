import CaseDesk
import DepartmentKit
import EventSourcing

extension DemoStory {
    /// 1 to 8 September: the conditional resolution takes effect; legal aid within seven calendar days.
    func goToCourt() async throws(CommandFailure) {
        try await at(
            "2023-09-01 09:00", "条件成就:R6 转司法,离婚法律援助,七个自然日。",
            "The condition is met: R6 to justice, legal aid for the divorce, seven calendar days.")
        try await notify("mediation")
        try await stage.perform(
            .dispatcher, "MeetResolutionCondition", "resolution/\(try await stage.id("A6"))",
            open: ["evidence": .string("\(try await stage.id("R4"))")])
        try await dispatch(
            "R6", "legal.aid", by: "A6", items: ["legalAid"], ["applicant": "woman", "spouse": "husband"])
        try await at("2023-09-04 09:00", "司法签收、受理。", "Justice signs for it and accepts.")
        try await act("sifa", .receive, on: "R6")
        try await act(
            "sifa", .accept, on: "R6", open: ["handlingPost": "sifa/legalaid", "nextPromise": "2023-09-08"])
        try await act("sifa", .start, on: "R6")
        try await at(
            "2023-09-08 11:00", "法律援助已批。官司转为跟进,由主管开设。",
            "Legal aid is granted. The court matter becomes a follow-up, opened by the supervisor.")
        try await act(
            "sifa", .complete, on: "R6",
            open: ["outcome": "legalAidGranted", "award": ["kind": "legalAid", "period": "once"]])
        try await stage.perform(.dispatcher, "AcceptCompletion", try await referral("R6"))
        try await decide(
            "legalAid", "granted", "R6", ["kind": "legalAid", "period": "once"], by: .sifaHead)
        let followUp = try await stage.perform(
            .supervisor, "OpenFollowUp", try await caseFile(),
            open: [
                "kind": "court", "department": "sifa", "item": .string("\(try await stage.id("legalAid"))"),
                "referral": .string("\(try await stage.id("R6"))"),
            ])
        try await name("F1", "followup", in: followUp)
    }

    /// 11 September: one answer, two signatures, the nineteenth working day.
    func exit() async throws(CommandFailure) {
        try await at(
            "2023-09-11 10:00", "一口出:一次答复,两人签字,第十九个工作日。",
            "One exit: one answer, two signatures, on the nineteenth working day.")
        try await notify("legalAid")
        try await stage.perform(.station, "TellApplicant", try await caseFile(), open: ["means": "inPerson"])
        try await stage.perform(.dispatcher, "ProposeExit", try await caseFile(), open: ["result": "helped"])
        try await stage.perform(.approver, "ExitCase", try await caseFile())
    }

    /// 20 September: somebody who handled nothing of it asks whether help arrived.
    func callBack() async throws(CommandFailure) {
        try await at("2023-09-20 10:00", "站点另一位工作人员回访:帮到了吗?", "Somebody who handled nothing calls: did help arrive?")
        try await stage.perform(
            .caller, "VerifyOutcome", try await caseFile(), open: ["result": "partly", "means": "inPerson"])
    }

    /// October and November: the court's wait delays nobody; what it does is told to justice alone.
    func waitForCourt() async throws(CommandFailure) {
        let followUp = "followup/\(try await stage.id("F1"))"
        try await at("2023-10-12 09:00", "第一次跟进复核:等待法院。", "First review: waiting for the court.")
        try await stage.perform(.dispatcher, "ReviewFollowUp", followUp, open: ["finding": "waiting"])
        try await at("2023-10-24 15:00", "丹阳市人民法院立案,由司法记录。", "The court accepts the filing; justice records it.")
        try await stage.act("sifa", .followUpProgress, "\(try await stage.id("F1"))", open: ["stage": "filed"])
        try await at("2023-11-09 09:00", "第二次跟进复核。", "Second review.")
        try await stage.perform(.dispatcher, "ReviewFollowUp", followUp, open: ["finding": "onTrack"])
    }
}
