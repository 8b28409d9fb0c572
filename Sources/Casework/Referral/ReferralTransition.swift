import RuleBook

/// The transitions of the referral machine (`reference/product.md` §4.6 as ruled), by number, with who may do what when.
///
/// It explains refusals and is checked against the deciders; it decides nothing itself.
package enum ReferralTransition: String, CaseIterable, Sendable {
    case dispatch = "T01"
    case void = "T02"
    case receive = "T03"
    case accept = "T04"
    case requestReturn = "T05"
    case decline = "T06"
    case approveReturn = "T07"
    case refuseReturn = "T08"
    case redirect = "T09"
    case start = "T10"
    case requestLateReturn = "T11"
    case goOn = "T12"
    case hold = "T13"
    case resume = "T14"
    case redirectAsked = "T15"
    case complete = "T16"
    case fail = "T17"
    case failFromHold = "T18"
    case requestTermination = "T19"
    case approveTermination = "T20"
    case refuseTermination = "T21"
    case cancel = "T22"
    case requestCancellation = "T23"
    case confirmCancellation = "T24"
    case overtakeCancellation = "T25"
    case rework = "T26"
    case acceptCompletion = "T27"
    case reopen = "T28"
    case withdrawCancellation = "T29"

    /// The commands that bring it about.
    package var commands: [any HubCommand.Type] {
        switch self {
        case .dispatch: [DispatchReferral.self]
        case .void: [VoidReferral.self]
        case .receive: [ReceiveReferral.self]
        case .accept: [AcceptReferral.self]
        case .requestReturn, .requestLateReturn: [RequestReturn.self]
        case .decline: [DeclineOffer.self, LapseOffer.self]
        case .approveReturn: [ApproveReturn.self]
        case .refuseReturn: [RefuseReturn.self]
        case .redirect: [RedirectReferral.self]
        case .start: [StartHandling.self]
        case .goOn:
            [
                ReportProgress.self, SubmitCoResult.self, MakePromise.self, KeepPromise.self, BreakPromise.self,
                AssignHandler.self,
            ]
        case .hold: [HoldReferral.self]
        case .resume: [ResumeReferral.self]
        case .redirectAsked: [RequestRedirect.self, RedirectReferral.self]
        case .complete, .overtakeCancellation: [CompleteReferral.self]
        case .fail, .failFromHold: [FailReferral.self]
        case .requestTermination: [RequestTermination.self]
        case .approveTermination: [ApproveTermination.self]
        case .refuseTermination: [RefuseTermination.self]
        case .cancel: [CancelReferral.self]
        case .requestCancellation: [RequestCancellation.self]
        case .confirmCancellation: [ConfirmCancellation.self]
        case .rework: [ReturnForRework.self]
        case .acceptCompletion: [AcceptCompletion.self]
        case .reopen: [ReopenReferral.self]
        case .withdrawCancellation: [WithdrawCancellation.self]
        }
    }

    /// The states of the lead in which it is possible; a guard may still refuse.
    package func isPossible(in state: ReferralState, offer: Bool) -> Bool {
        switch self {
        case .dispatch, .void: state == .drafted
        case .receive: state == .dispatched && !offer
        case .accept: state == (offer ? .dispatched : .received)
        case .requestReturn, .redirect: [.dispatched, .received].contains(state) && !offer
        case .decline: state == .dispatched && offer
        case .approveReturn, .refuseReturn: state == .returnRequested
        case .start: state == .accepted
        case .requestLateReturn: state == .accepted && !offer
        case .redirectAsked: state == .inProgress && !offer
        case .goOn, .hold, .complete, .fail, .requestTermination: state == .inProgress
        case .resume, .failFromHold: state == .onHold
        case .approveTermination, .refuseTermination: state == .terminationRequested
        case .cancel: state == .dispatched
        case .requestCancellation: [.received, .accepted, .inProgress, .onHold].contains(state)
        case .confirmCancellation, .overtakeCancellation, .withdrawCancellation: state == .cancellationRequested
        case .rework: state == .completed
        case .acceptCompletion: [.completed, .failed].contains(state)
        case .reopen: state == .closed
        }
    }

    /// What a role may send to a referral as it stands, in the order of the machine, each command once.
    package static func allowed(for referral: Referral, role: String) -> [any HubCommand.Type] {
        guard let state = referral.stage.state, let role = Role(rawValue: role) else { return [] }
        var allowed: [any HubCommand.Type] = []
        for transition in allCases where transition.isPossible(in: state, offer: referral.isOffer) {
            for command in transition.commands where command.roles.contains(role) {
                guard !allowed.contains(where: { $0.name == command.name }) else { continue }
                allowed.append(command)
            }
        }
        return allowed
    }

    /// What a command does, in Chinese, for sentences to people.
    static func chinese(_ command: any HubCommand.Type) -> String {
        chineseNames[command.name] ?? command.name
    }

    private static let chineseNames = [
        "DispatchReferral": "派单", "VoidReferral": "作废", "ReceiveReferral": "签收", "AcceptReferral": "受理",
        "RequestReturn": "申请退回", "DeclineOffer": "谢绝", "LapseOffer": "收回逾期征询", "ApproveReturn": "同意退回",
        "RefuseReturn": "不同意退回", "RedirectReferral": "改派", "StartHandling": "开始办理", "ReportProgress": "报告进展",
        "SubmitCoResult": "提交协办结果", "MakePromise": "作出承诺", "KeepPromise": "履行承诺", "BreakPromise": "说明未履行承诺",
        "AssignHandler": "更换承办岗位", "HoldReferral": "挂起", "ResumeReferral": "恢复办理", "RequestRedirect": "申请改派",
        "CompleteReferral": "办结", "FailReferral": "未能办理", "RequestTermination": "申请终止",
        "ApproveTermination": "同意终止", "RefuseTermination": "不同意终止", "CancelReferral": "撤销",
        "RequestCancellation": "要求撤销", "ConfirmCancellation": "确认撤销", "ReturnForRework": "退回补办",
        "AcceptCompletion": "认可结果", "ReopenReferral": "重启", "WithdrawCancellation": "收回撤销要求",
    ]
}

extension CommandRefusal {
    /// The same refusal with what may be done instead, in both languages.
    func offering(_ commands: [any HubCommand.Type]) -> CommandRefusal {
        let chinese = commands.map(ReferralTransition.chinese).joined(separator: "、")
        let names = commands.map { $0.name }
        return CommandRefusal(
            code, kind, field: field,
            self.chinese + (commands.isEmpty ? "目前您无可办理的操作。" : "目前可以：\(chinese)。"),
            self.english
                + (commands.isEmpty
                    ? " You may do nothing with it now." : " Allowed now: \(names.joined(separator: ", "))."),
            allowed: names)
    }
}
