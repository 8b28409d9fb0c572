import EventSourcing
import RuleBook

extension JointMeeting {
    /// Everybody who gets an extract: who was invited, and who has something to do.
    var bodiesOfMinutes: [DepartmentCode] {
        var bodies = members.map(\.department)
        for resolution in resolutionOrder.compactMap({ resolutions[$0]?.adopted }) {
            let acting =
                resolution.actions.flatMap { [$0.lead] + $0.coHandlers }
                + (resolution.assignments ?? []).flatMap { [$0.department] + ($0.coHandlers ?? []) }
            for department in acting where !bodies.contains(department) { bodies.append(department) }
        }
        return bodies
    }

    func sign(_ post: PostCode?, _ attachments: [Attachment]) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        let id = try afterwards()
        if isSigned { return [] }
        guard let concern = wholeConcern else { throw .agendaEmpty }
        let signed = JointMeetingEvent.MinutesSigned(
            meeting: id, caseFile: concern.first, post: post, attachments: attachments, cases: concern.all)
        return [Decided(.minutesSigned(signed), tags: tags(id, concern))]
    }

    /// Sends every invited and every acting body its own extract: what it shall do, and nobody else's work.
    func circulate(_ judicial: Set<DepartmentCode>, _ attachments: [Attachment]) throws(JointMeetingRefusal)
        -> [Decided<JointMeetingEvent>]
    {
        let id = try afterwards()
        // A file cannot be filtered: with several cases one paper for everybody would tell all of all.
        guard attachments.isEmpty || cases.count <= 1 else { throw .attachmentForAll }
        return bodiesOfMinutes.filter { circulated[$0] == nil }.compactMap { department in
            let items = membership(department)?.attended ?? []
            let actions = extract(for: department)
            let assignments = assignments(for: department)
            let acting = (actions.map(\.resolution) + assignments.map(\.resolution)).compactMap {
                resolutions[$0]?.adopted.caseFile
            }
            let invited = membership(department)?.invited ?? []
            guard let concern = concern(of: invited, and: acting) else { return nil }
            let onPaper = judicial.contains(department)
            let extract = JointMeetingEvent.MinutesCirculated(
                meeting: id, caseFile: concern.first, department: department, delivery: onPaper ? .paper : .feed,
                actions: actions, attachments: attachments, cases: concern.all, items: items.isEmpty ? nil : items,
                assignments: assignments.isEmpty ? nil : assignments)
            return Decided(
                .minutesCirculated(extract), tags: tags(id, concern, .department(department)),
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

    /// The same of actions that are no referrals.
    func assignments(for department: DepartmentCode) -> [ExtractedAssignment] {
        resolutionOrder.compactMap { resolutions[$0]?.adopted }.flatMap { resolution in
            (resolution.assignments ?? []).compactMap { action -> ExtractedAssignment? in
                guard action.department == department || (action.coHandlers ?? []).contains(department) else {
                    return nil
                }
                return ExtractedAssignment(
                    resolution: resolution.resolution, kind: action.kind,
                    role: action.department == department ? .lead : .coHandler, lead: action.department,
                    limit: action.limit, isConditional: resolution.condition != nil)
            }
        }
    }

    /// A body confirms its extract, or the office records that it was silent until the limit.
    func confirm(_ department: DepartmentCode, isSilent: Bool, by actor: DepartmentCode?)
        throws(JointMeetingRefusal) -> [Decided<JointMeetingEvent>]
    {
        guard let id, stage != .none else { throw .unknown }
        guard actor == nil || actor == department else { throw .notTheirs }
        guard let extract = circulated[department] else { throw .notCirculated }
        if confirmed.contains(department) { return [] }
        guard actor == nil || !isSilent else { throw .silenceIsNotSaid }
        let confirmation = JointMeetingEvent.MinutesConfirmed(
            meeting: id, caseFile: extract.caseFile, department: department, isSilent: isSilent, cases: extract.cases)
        let disclosure: Disclosure =
            actor == nil ? .none : Disclosure([department: [DisclosedGroup(.reference)]])
        let concern: Concern = (extract.caseFile, extract.cases)
        return [
            Decided(
                .minutesConfirmed(confirmation), tags: tags(id, concern, .department(department)),
                disclosure: disclosure)
        ]
    }
}
