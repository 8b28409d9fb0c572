import Deadlines
package import EventSourcing
import Registry
import RuleBook

extension CommandContext {
    /// The case the command is about, whatever it is addressed to.
    package var caseID: CaseID? {
        if case .caseFile(let id) = subject { id } else { owningCase }
    }

    /// A case is one boundary: everything that carries its tag.
    var caseBoundary: EventQuery {
        caseID.map { .tagged(.caseFile($0)) } ?? subjectBoundary
    }

    /// What carries the subject's own tag; the desk has refused commands that lack their subject.
    var subjectBoundary: EventQuery {
        subject.tag.map { .tagged($0) } ?? .types([CaseFileEvent.Kind.opened.rawValue])
    }

    /// Whether people are registered, at most 10 of them; those beyond count as unknown.
    static func registrations(of people: [PersonReference]) -> EventQuery {
        var distinct: [PersonReference] = []
        for person in people where !distinct.contains(person) { distinct.append(person) }
        let kind = RegistryEvent.Kind.personRegistered.rawValue
        let items = distinct.prefix(10).map { EventQuery.Item(types: [kind], tags: [.person($0)]) }
        return items.isEmpty ? EventQuery.tagged(nobody, types: [kind]) : EventQuery(items)
    }

    /// A tag no event carries.
    private static var nobody: EventTag {
        .person(PersonReference(UniqueID(versionSevenAt: Instant(milliseconds: 0), random: (0, 0))))
    }

    /// The item the command is addressed to, if it is one.
    var addressedItem: ItemID? {
        if case .item(let id) = subject { id } else { nil }
    }

    /// What a limit is about: as the body says, else the subject.
    func instance(_ named: EventTag?) throws(CommandRefusal) -> EventTag {
        guard let tag = named ?? subject.tag else { throw DeadlineRefusal.instanceDiffers.told }
        return tag
    }
}

extension Boundary {
    /// Who of the people read is registered.
    var knownPeople: KnownPeople {
        var minors: [PersonReference: Bool] = [:]
        for entry in entries {
            if case .registry(.personRegistered(let registered)) = entry.event {
                minors[registered.person] = registered.minor
            }
        }
        return KnownPeople(minors)
    }

    /// Cases of a subject that are open, oldest first (I-1).
    func openCases(of subject: PersonReference) -> [CaseID] {
        var open: [CaseID] = []
        for entry in entries {
            switch entry.event {
            case .casework(.caseFile(.opened(let opened))):
                if opened.subject == subject { open.append(opened.caseFile) }
            case .casework(.caseFile(.exited(let exited))): open.removeAll { $0 == exited.caseFile }
            case .casework(.caseFile(.markedDuplicate(let duplicate))): open.removeAll { $0 == duplicate.caseFile }
            case .casework(.review(.voided(let voided))): open.removeAll { $0 == voided.caseFile }
            case .casework(.review(.reopened(let reopened))):
                // The reopening carries the person's tag whoever the case is about: only their own case counts.
                let isTheirs = entries.contains { entry in
                    guard case .casework(.caseFile(.opened(let opened))) = entry.event else { return false }
                    return opened.caseFile == reopened.caseFile && opened.subject == subject
                }
                if isTheirs, !open.contains(reopened.caseFile) { open.append(reopened.caseFile) }
            case .casework, .registry, .ruleBook: break
            }
        }
        return open
    }

    func requireFree(_ number: EntityNumber) throws(CommandRefusal) {
        guard !entries.contains(where: { $0.recorded.tags.contains(.number(number)) }) else {
            throw CommandContext.numberTaken
        }
    }

    /// Decides on the case the command is about.
    ///
    /// - Parameters:
    ///   - kind: The event that began what the command is about; nothing can have happened before it.
    ///   - tag: The tag that event carries; the case's when left out.
    func decide(
        _ act: CaseFileCommand.Act, _ context: CommandContext, notBefore kind: CaseworkEvent.Kind = .caseFile(.opened),
        of tag: EventTag? = nil
    ) throws(CommandRefusal) -> [Decided<HubEvent>] {
        guard let id = context.caseID, first(.caseFile(.opened), tagged: .caseFile(id)) != nil else {
            throw CaseFileRefusal.unknown.told
        }
        try context.requireTime(notBefore: first(kind, tagged: tag ?? .caseFile(id))?.recorded.occurredAt)
        return try caseFile(id).decide(CaseFileCommand(act, context)).map { $0.lifted(HubEvent.casework) }
    }

    /// Decides on the referral the command is addressed to.
    func decideReferral(_ act: ReferralCommand.Act, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<HubEvent>]
    {
        let (id, referral) = try referral(context)
        let start =
            first(.referral(.dispatched), tagged: .referral(id)) ?? first(.referral(.drafted), tagged: .referral(id))
        try context.requireTime(notBefore: start?.recorded.occurredAt)
        let command = ReferralCommand(
            act, by: context.actor.department, isSupervisor: context.isSupervisor, on: context.day,
            sealed: context.sealed)
        return try tellingWhatIsAllowed(context) { () throws(CommandRefusal) in
            try telling { () throws(ReferralRefusal) in try referral.decide(command) }
        }.map { $0.lifted { HubEvent.casework(.referral($0)) } }
    }

    /// Decides about a referral; what comes at the wrong time is told with what the sender may do instead.
    func tellingWhatIsAllowed<Answer>(_ context: CommandContext, _ decide: () throws(CommandRefusal) -> Answer)
        throws(CommandRefusal) -> Answer
    {
        do throws(CommandRefusal) {
            return try decide()
        } catch {
            guard error.kind == .wrongState, error.code.hasPrefix("\(ReferralRefusal.concept)."),
                let (_, referral) = try? referral(context)
            else { throw error }
            throw error.offering(ReferralTransition.allowed(for: referral, role: context.actor.role))
        }
    }

    /// Decides on the follow-up the command is addressed to; it lives on when the case has exited.
    func decideFollowUp(_ command: FollowUpCommand, _ context: CommandContext) throws(CommandRefusal)
        -> [Decided<HubEvent>]
    {
        guard case .followUp(let id) = context.subject, let caseID = context.caseID,
            let followUp = caseFile(caseID).followUps[id]
        else { throw FollowUpRefusal.unknown.told }
        try context.requireTime(notBefore: first(.followUp(.opened), tagged: .followUp(id))?.recorded.occurredAt)
        return try telling { () throws(FollowUpRefusal) in
            try followUp.decide(command)
        }.map { $0.lifted { HubEvent.casework(.followUp($0)) } }
    }

    /// The referral the command is addressed to.
    func referral(_ context: CommandContext) throws(CommandRefusal) -> (ReferralID, Referral) {
        guard case .referral(let id) = context.subject, let caseID = context.caseID,
            let referral = caseFile(caseID).referrals[id]
        else { throw ReferralRefusal.unknown.told }
        return (id, referral)
    }
}
