import ArgumentParser
import HubServer

/// What every act of a department takes.
struct ActOptions: ParsableArguments {
    @OptionGroup var place: AdapterCommand.Place
    @OptionGroup var output: OutputOptions

    @Argument(help: "转办(或跟进)编号 – number or id of the referral, or of the follow-up.")
    var subject: String

    @Option(help: "说明,加密保存 – a note, sealed.")
    var note: String?

    @Option(help: "行事岗位 – the post that acts.")
    var post: String?

    @Option(help: "本部门文号 – the department's own file number.")
    var fileNumber: String?

    @Option(help: "命令编号;相同编号即同一件事 – id of the act; the same id is the same act.")
    var commandID: String?

    /// Has the running adapter do it and prints the hub's answer.
    func perform(_ act: String, _ fields: [String: String?] = [:]) async throws {
        let request = try AdapterQuestion.act(
            act, on: subject, fields: fields, note: note, post: post, externalReference: fileNumber,
            command: commandID)
        try await place.desk().ask(request, console: output.console)
    }
}

extension AdapterCommand {
    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "receive", abstract: "签收 – sign for a referral.")
        @OptionGroup var options: ActOptions
        func run() async throws { try await options.perform("receive") }
    }

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "accept", abstract: "受理 – accept a referral.")
        @OptionGroup var options: ActOptions
        @Option(help: "承办岗位 – the post that will handle it.") var handlingPost: String
        @Option(help: "承诺下次反馈日 – day of the next promise.") var nextPromise: String?
        func run() async throws {
            try await options.perform("accept", ["handlingPost": handlingPost, "nextPromise": nextPromise])
        }
    }

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "start", abstract: "开始办理 – begin the work.")
        @OptionGroup var options: ActOptions
        func run() async throws { try await options.perform("start") }
    }

    struct RequestReturn: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request-return", abstract: "申请退回 – ask for a return, which the centre rules on.")
        @OptionGroup var options: ActOptions
        @Option(help: "理由 – notOurDuty, wrongArea, notOurLevel, duplicate, alreadyHandled, lawForbids, otherRoute.")
        var reason: String
        @Option(help: "依据条款 – clause.") var clause: String
        @Option(help: "建议部门 – department proposed instead.") var proposed: String?
        func run() async throws {
            try await options.perform(
                "requestReturn", ["reason": reason, "clause": clause, "proposed": proposed])
        }
    }

    struct Progress: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "progress", abstract: "反馈进展 – report progress.")
        @OptionGroup var options: ActOptions
        @Option(help: "进展 – contactMade, visited, documentsAsked, underReview, awaitingThirdParty, resultExpected.")
        var stage: String
        @Option(help: "承诺下次反馈日 – day of the next promise.") var nextPromise: String?
        func run() async throws {
            try await options.perform("reportProgress", ["stage": stage, "nextPromise": nextPromise])
        }
    }

    struct CoResult: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "co-result", abstract: "协办结果 – a co-handler's result.")
        @OptionGroup var options: ActOptions
        @Option(help: "结果 – outcome, such as assisted.") var outcome: String
        func run() async throws { try await options.perform("coResult", ["outcome": outcome]) }
    }

    struct Complete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "complete", abstract: "办结 – report the outcome.")
        @OptionGroup var options: ActOptions
        @Option(help: "结果 – outcome, such as granted, contacted, notReconciled, legalAidGranted.") var outcome: String
        func run() async throws { try await options.perform("complete", ["outcome": outcome]) }
    }

    struct Fail: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "fail", abstract: "未能办理 – tried and could not, with the reason.")
        @OptionGroup var options: ActOptions
        @Option(
            help:
                "原因 – unreachable, personRefused, notEligibleAfterCheck, deceased, movedAway, resourceExhausted, legalObstacle."
        )
        var code: String
        func run() async throws { try await options.perform("fail", ["code": code]) }
    }

    struct FollowUpProgress: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "follow-up-progress", abstract: "跟进进展 – progress of a follow-up, such as a filing.")
        @OptionGroup var options: ActOptions
        @Option(help: "阶段 – submitted, filed, hearing, judged, settled, underway, ended.") var stage: String
        func run() async throws { try await options.perform("followUpProgress", ["stage": stage]) }
    }

    struct AcceptOffer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accept-offer", abstract: "接受征询 – accept an offer.")
        @OptionGroup var options: ActOptions
        @Option(help: "承办岗位 – the post that will handle it.") var handlingPost: String
        func run() async throws { try await options.perform("acceptOffer", ["handlingPost": handlingPost]) }
    }

    struct DeclineOffer: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decline-offer", abstract: "婉拒征询 – decline an offer.")
        @OptionGroup var options: ActOptions
        @Option(help: "理由 – noCapacity, outOfScope, personUnsuitable, waitlist.") var reason: String
        func run() async throws { try await options.perform("declineOffer", ["reason": reason]) }
    }
}
