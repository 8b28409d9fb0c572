package import EventSourcing

/// What may be asked of one case; facts from outside the case come in with it.
package struct CaseFileCommand: Sendable {
    /// What is asked; values beside a command are facts the desk found before the decision.
    package enum Act: Sendable {
        /// `otherOpenCases`: open cases of the same subject; `request`: the help request it names.
        case submit(SubmitApplication, KnownPeople, otherOpenCases: [CaseID], request: HelpRequest?)
        case addItem(AddItem, KnownPeople)
        /// What the registry says of the person, and what offers may be given by this consent.
        case grant(GrantAuthorization, GrantAuthorization.Registered, SealedIndex)
        case visit(CompleteVisit)
        case intake(IntakeAct)
        case relief(ReliefAct)
        case inquiry(InquiryAct)
        case visitWork(VisitAct)
        case review(ReviewAct)
        case triage(CompleteTriage)
        case decide(DecideItem, ItemID?)
        case notify(NotifyDecision, ItemID?)
        case tell(TellApplicant)
        case proposeExit(ProposeExit)
        /// `proposedBy`: who proposed the exit that is now confirmed.
        case exit(proposedBy: AccountID?)
        /// What its department may read again of the referral comes out of the index.
        case openFollowUp(OpenFollowUp, SealedIndex)
        /// `isOlder`: whether the other case was opened before this one.
        case linkDuplicate(of: CaseFile, CaseID, isOlder: Bool)
        case justifySecond(JustifySecondCase)
        case requestMeeting(RequestJointMeeting)
        /// The meeting as its own tag tells it: other cases on its agenda are in it.
        case convene(JointMeeting, ConveneJointMeeting)
        case place(JointMeeting, on: JointMeeting, items: [ItemID]?)
        case adopt(JointMeeting, AdoptResolution)
        case meetCondition(ResolutionID, MeetResolutionCondition)
        case draft(ReferralOrder, KnownPeople)
        case dispatchNew(ReferralOrder, KnownPeople)
        case dispatchDraft(ReferralID)
        case redirect(ReferralID, RedirectReferral, KnownPeople)
        case pause(PauseDeadline, EventTag)
        case resume(ResumeDeadline, EventTag)
        case extend(ExtendDeadline, EventTag)
        case remind(RemindOwner, EventTag)
    }

    package let act: Act
    package let context: CommandContext

    package init(_ act: Act, _ context: CommandContext) {
        self.act = act
        self.context = context
    }
}
