import EventSourcing

extension CaseFile {
    /// Says that a record is wrong; nothing changes until another person has looked.
    func requestCorrection(_ body: RequestCorrection, _ target: CorrectionTarget?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpenOrExited()
        guard let target else { throw ReviewRefusal.noSuchEvent.told }
        let isProperty = target.properties.contains(body.field)
        let group = FieldGroup(rawValue: body.field)
        guard isProperty || group.map({ target.groups.contains($0) }) == true else {
            throw ReviewRefusal.noSuchField.told
        }
        guard isProperty == (body.value != nil) else { throw ReviewRefusal.valueMissing.told }
        let isAsked = review.corrections.values.contains { correction in
            correction.isApproved == nil && correction.requested.event == body.event
                && correction.requested.field == body.field && correction.requested.value == body.value
        }
        if isAsked { return [] }
        let requested = ReviewEvent.CorrectionRequested(
            caseFile: opened.caseFile, correction: CorrectionID(context.identifier(0)), event: body.event,
            field: body.field, reason: body.reason, value: body.value)
        return [recorded(.review(.correctionRequested(requested)), opened, context)]
    }

    /// Puts what should have been said beside the original, which stays; by another person (I-16).
    ///
    /// Corrected personal text comes with the approval, never with the request: the newest sealed part of a person is
    /// what departments are given.
    func approve(_ body: ApproveCorrection, requestedBy requester: AccountID?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpenOrExited()
        guard let correction = review.corrections[body.correction] else { throw ReviewRefusal.noSuchCorrection.told }
        if let isApproved = correction.isApproved {
            guard isApproved else { throw ReviewRefusal.ruledOtherwise.told }
            return []
        }
        guard requester != context.actor.account else { throw ReviewRefusal.ownCorrection.told }
        let requested = correction.requested
        if requested.value == nil {
            guard !context.sealed.isEmpty, context.sealed.allSatisfy({ $0.group.rawValue == requested.field }) else {
                throw ReviewRefusal.correctedTextMissing.told
            }
        } else if !context.sealed.isEmpty {
            throw ReviewRefusal.correctedTextMissing.told
        }
        let corrected = ReviewEvent.Corrected(
            caseFile: opened.caseFile, correction: body.correction, event: requested.event, field: requested.field,
            value: requested.value)
        return [
            recorded(
                .review(.correctionApproved(.init(caseFile: opened.caseFile, correction: body.correction))), opened,
                context, sealed: []),
            recorded(.review(.corrected(corrected)), opened, context),
        ]
    }

    func reject(_ body: RejectCorrection, requestedBy requester: AccountID?, _ context: CommandContext)
        throws(CommandRefusal) -> [Decided<CaseworkEvent>]
    {
        let opened = try requireOpenOrExited()
        guard let correction = review.corrections[body.correction] else { throw ReviewRefusal.noSuchCorrection.told }
        if let isApproved = correction.isApproved {
            guard !isApproved else { throw ReviewRefusal.ruledOtherwise.told }
            return []
        }
        guard requester != context.actor.account else { throw ReviewRefusal.ownCorrection.told }
        guard Wording.isSentence(body.clause) else { throw CaseFileRefusal.clauseMissing.told }
        let rejected = ReviewEvent.CorrectionRejected(
            caseFile: opened.caseFile, correction: body.correction, clause: body.clause)
        return [recorded(.review(.correctionRejected(rejected)), opened, context)]
    }
}
