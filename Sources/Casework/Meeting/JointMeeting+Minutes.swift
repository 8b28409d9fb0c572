import EventSourcing
import RuleBook

extension JointMeeting {
    /// Sends every invited and every acting body its own extract: what it shall do, and nobody else's work.
    func circulate(_ judicial: Set<DepartmentCode>, _ attachments: [Attachment]) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        guard let requested else { throw .unknown }
        guard isHeld else { throw .notHeld }
        var bodies = members
        for action in allActions {
            for department in [action.lead] + action.coHandlers where !bodies.contains(department) {
                bodies.append(department)
            }
        }
        return bodies.filter { !circulated.contains($0) }.map { department in
            let onPaper = judicial.contains(department)
            let extract = JointMeetingEvent.MinutesCirculated(
                meeting: requested.meeting, caseFile: requested.caseFile, department: department,
                delivery: onPaper ? .paper : .feed, actions: extract(for: department), attachments: attachments)
            return Decided(
                .minutesCirculated(extract), tags: tags(requested, .department(department)),
                disclosure: onPaper ? .none : Disclosure([department: [DisclosedGroup(.reference)]]))
        }
    }

    /// What one body reads: its own part of each resolution.
    func extract(for department: DepartmentCode) -> [ExtractedAction] {
        resolutionOrder.compactMap { resolutions[$0]?.adopted }.flatMap { resolution in
            resolution.actions.compactMap { action -> ExtractedAction? in
                guard action.lead == department || action.coHandlers.contains(department) else { return nil }
                return ExtractedAction(
                    resolution: resolution.resolution, task: action.task,
                    role: action.lead == department ? .lead : .coHandler, lead: action.lead, limit: action.limit,
                    isConditional: resolution.condition != nil)
            }
        }
    }

    func confirm(_ department: DepartmentCode, isSilent: Bool, by actor: DepartmentCode?)
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        guard let requested else { throw .unknown }
        guard actor == nil || actor == department else { throw .notTheirs }
        guard circulated.contains(department) else { throw .notCirculated }
        if confirmed.contains(department) { return [] }
        let confirmation = JointMeetingEvent.MinutesConfirmed(
            meeting: requested.meeting, caseFile: requested.caseFile, department: department, isSilent: isSilent)
        let disclosure: Disclosure =
            actor == nil ? .none : Disclosure([department: [DisclosedGroup(.reference)]])
        return [
            Decided(
                .minutesConfirmed(confirmation), tags: tags(requested, .department(department)),
                disclosure: disclosure)
        ]
    }

    /// A conditional resolution takes effect; the case has checked the evidence.
    func meetCondition(_ resolution: ResolutionID, _ evidence: ReferralID?) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        guard let requested else { throw .unknown }
        guard let known = resolutions[resolution] else { throw .noSuchResolution }
        guard known.adopted.condition != nil else { throw .resolutionHasNoCondition }
        if known.isConditionMet { return [] }
        return [
            Decided(
                .conditionMet(
                    .init(
                        meeting: requested.meeting, caseFile: requested.caseFile, resolution: resolution,
                        evidence: evidence)),
                tags: tags(requested, .resolution(resolution)).union(evidence.map { [.referral($0)] } ?? []))
        ]
    }

    private var allActions: [ResolutionAction] {
        resolutionOrder.compactMap { resolutions[$0]?.adopted }.flatMap(\.actions)
    }
}
