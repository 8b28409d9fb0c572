package import EventSourcing
package import RuleBook
package import WorkingCalendar

/// Gives an item its official answer.
package struct DecideItem: HubCommand {
    package static let name = "DecideItem"
    package static let subjectKind = SubjectKind.caseFile
    package static let subjects: Set<SubjectKind> = [.caseFile, .item]
    package static let sealedGroups: Set<FieldGroup> = [.narrative, .payment]
    package static let action = Action.decideItem

    /// Left out when the command is addressed to the item.
    package var item: ItemID?
    package var result: DecisionResult
    package var clause: String?
    package var referral: ReferralID?
    package var award: Award?
    package var reviewDueBy: CivilDay?
    /// Checks and assessments it rests on; one serves several items.
    package var inquiries: [InquiryID]?
    package var attachments: [Attachment]?

    package init(
        item: ItemID? = nil, result: DecisionResult, clause: String? = nil, referral: ReferralID? = nil,
        award: Award? = nil, reviewDueBy: CivilDay? = nil, inquiries: [InquiryID]? = nil,
        attachments: [Attachment]? = nil
    ) {
        self.item = item
        self.result = result
        self.clause = clause
        self.referral = referral
        self.award = award
        self.reviewDueBy = reviewDueBy
        self.inquiries = inquiries
        self.attachments = attachments
    }

    package func boundary(_ context: CommandContext) -> EventQuery { context.caseBoundary }

    package func decide(_ boundary: Boundary, _ context: CommandContext) throws(CommandRefusal) -> [Decided<HubEvent>] {
        let decided = try boundary.decide(.decide(self, context.addressedItem), context)
        try boundary.requireHomeCheck(before: decided, context)
        return decided
    }
}

extension Boundary {
    /// N-8: where a member of staff is tied to whom an item is for, two others have been at home before it is granted.
    fileprivate func requireHomeCheck(before decided: [Decided<HubEvent>], _ context: CommandContext)
        throws(CommandRefusal)
    {
        for one in decided {
            guard case .casework(.caseFile(.itemDecided(let decision))) = one.event, decision.result.gives else {
                continue
            }
            let file = caseFile(decision.caseFile)
            guard let item = file.items[decision.item] else { continue }
            let tied = context.staff.accounts(inConflictWith: file.people(of: item))
            guard !tied.isEmpty else { continue }
            let isChecked = entries.contains { entry in
                guard case .casework(.caseFile(.visitCompleted(let visit))) = entry.event else { return false }
                return visit.caseFile == decision.caseFile && visit.purpose == .verification && visit.visitors >= 2
                    && !tied.contains(entry.metadata.actor.account)
            }
            guard isChecked else { throw CaseFileRefusal.homeCheckMissing.told }
        }
    }
}

extension CaseFile {
    /// Whom a decision on an item is about: whose item it is, the case's subject and whoever applied.
    func people(of item: Item) -> Set<PersonReference> {
        Set([item.added.person, opened?.subject, application?.applicant].compactMap(\.self))
    }
}
