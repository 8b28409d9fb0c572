/// All commands by name; what is not here cannot be asked for.
package enum CommandBook {
    /// Every command, in the order of a case's life.
    package static let commands: [any HubCommand.Type] = [
        RegisterDepartment.self, RegisterDepartmentKeys.self, RegisterTown.self, ChangePostHolder.self,
        SucceedDepartment.self, PublishPolicyItem.self, RetirePolicyItem.self,
        ReviseDispatchCatalog.self, PublishDeadlineRule.self, PublishCalendar.self, PublishRules.self,
        RegisterPerson.self, RecordPersonDetails.self, ComposeHousehold.self,
        RecordHelpRequest.self, CloseHelpRequest.self, SubmitApplication.self,
        AddItem.self, WithdrawItem.self, GrantAuthorization.self, WithdrawAuthorization.self,
        AcceptApplication.self, AcceptProvisionally.self, DeclineToAccept.self,
        RequestSupplement.self, ReceiveSupplement.self,
        HandToOtherHub.self, RecordHubAnswer.self, AnswerOtherHub.self,
        ReportEmergency.self, RecordEmergencyContact.self, ConfirmEmergency.self, RuleOutEmergency.self,
        GrantAdvanceRelief.self, DeliverAid.self, RegulariseAdvanceRelief.self, RecoverAdvanceRelief.self,
        RequestEconomicCheck.self, StartEconomicCheck.self, ReportEconomicCheck.self, RecordAssessment.self,
        RequestInformation.self, AnswerInformation.self, SubmitFile.self,
        PlanVisit.self, RecordVisitAttempt.self, CompleteVisit.self, RecordVisitForm.self,
        CompleteTriage.self, RequestJointMeeting.self, RefuseJointMeeting.self,
        ScheduleMeetingSeries.self, EndMeetingSeries.self, PlaceOnAgenda.self,
        ConveneJointMeeting.self, InviteMember.self, AddAgendaPapers.self, WithdrawAgendaItem.self,
        PostponeJointMeeting.self, CancelJointMeeting.self, RecordAttendance.self,
        RecordOpinion.self, AdoptResolution.self, RecordDissent.self,
        HoldJointMeeting.self, SignMinutes.self, CirculateMinutes.self,
        ConfirmMinutes.self, MeetResolutionCondition.self, CompleteMeetingAction.self,
        CloseJointMeeting.self, DraftReferral.self, VoidReferral.self,
        DispatchReferral.self, ConfirmReferralDelivery.self, ReceiveReferral.self, AcceptReferral.self,
        DeclineOffer.self, RequestReturn.self, ApproveReturn.self,
        RefuseReturn.self, StartHandling.self, ReportProgress.self,
        SubmitCoResult.self, CompleteReferral.self, FailReferral.self,
        LapseOffer.self, RequestRedirect.self, RedirectReferral.self,
        SupersedeReferral.self, AssignHandler.self, HoldReferral.self,
        ResumeReferral.self, MakePromise.self, KeepPromise.self,
        BreakPromise.self, RequestTermination.self, ApproveTermination.self,
        RefuseTermination.self, CancelReferral.self, RequestCancellation.self,
        ConfirmCancellation.self, WithdrawCancellation.self, ReturnForRework.self,
        ReopenReferral.self, AcceptCompletion.self, DecideItem.self, NotifyDecision.self,
        OpenFollowUp.self, RecordFollowUpProgress.self, ReviewFollowUp.self,
        ConcludeFollowUp.self, TellApplicant.self, ProposeExit.self,
        ExitCase.self, LinkDuplicateCase.self, JustifySecondCase.self,
        LodgeAppeal.self, RecordAppealResult.self, VerifyOutcome.self, ReopenCase.self, VoidCase.self,
        RequestCorrection.self, ApproveCorrection.self, RejectCorrection.self,
        PauseDeadline.self, ResumeDeadline.self, ExtendDeadline.self, RemindOwner.self, MarkNoticesRead.self,
        AssignCase.self, HandOverCase.self, KeepCasePromise.self,
        StateGuardians.self, RecordLeave.self, RecordDelivery.self, DeclareConflict.self, LiftConflict.self,
        UseEmergencyAccess.self, ReviewEmergencyAccess.self,
    ]

    /// Commands the desk itself sends when something else is asked of it; nobody can send them alone.
    package static let deskCommands: [any HubCommand.Type] = [
        AnswerStatusQuestion.self, RevealRecords.self, StoreAttachment.self, RecordCrossing.self,
    ]

    /// All names, sorted.
    package static var names: [String] { commands.map { $0.name }.sorted() }

    /// The command of this name, if there is one.
    package static func type(named name: String) -> (any HubCommand.Type)? {
        byName[name]
    }

    private static let byName: [String: any HubCommand.Type] = Dictionary(
        uniqueKeysWithValues: commands.map { ($0.name, $0) })
}
