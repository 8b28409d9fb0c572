import Casework
import EventSourcing
import FoundationEssentials
import RuleBook
import WorkingCalendar

extension Attempt {
    typealias SealedInput = (text: SealedText, person: PersonReference, value: JSONValue)

    /// Reads the boundary and asks the rules; nothing is changed.
    func decide(
        _ command: any HubCommand, _ subject: Subject, now: Instant, occurredAt: Instant, sealed: [SealedInput],
        numbers: NumberProposal
    ) async throws(DeskError) -> Decision {
        let context: CommandContext
        let rulesRead: Position
        do throws(EventLogError) {
            let caseFile = try await owningCase(of: subject)
            let rules = try await desk.ruleBook.current()
            guard let calendar = rules.history.current.calendar ?? Self.plainWeeks else {
                throw EventLogError(.unavailable, detail: "no calendar")
            }
            let staff = try await desk.staffReader.current()
            rulesRead = min(rules.head, staff.head)
            context = CommandContext(
                commandID: request.id, now: now, occurredAt: occurredAt,
                actor: request.principal.actor(actingPost: request.body.actingPost),
                actingPost: request.body.actingPost ?? request.principal.post,
                externalReference: request.body.externalReference, channel: request.channel, subject: subject,
                owningCase: caseFile, sealed: sealed.map(\.text), fresh: desk.identifiers.next(96, at: now),
                numbers: numbers.serials,
                rules: rules.history.current, calendar: calendar, town: request.principal.town,
                ownPost: request.principal.post, staff: staff.staff)
        } catch {
            throw desk.told(error)
        }
        try checkPost(context)
        return try await decide(command, context, rulesRead: rulesRead)
    }

    /// Everybody acts from posts the rule book knows and lets them act from, on the day it happened.
    private func checkPost(_ context: CommandContext) throws(DeskError) {
        guard let post = context.actingPost else { return }
        // A deputy acts for a post that is away as its holder would.
        if let own = request.principal.post, context.staff.deputy(of: post, on: context.day) == own { return }
        do throws(PostRefusal) {
            // What a department's adapter signs, the department answers for.
            try context.rules.checkPost(
                post, for: request.principal, on: context.day, isRelayed: request.signature != nil)
        } catch {
            throw DeskError(
                .forbidden, code: error.code, field: "actingPost", chinese: error.sentence.chinese,
                english: error.sentence.english, remedy: "\(error.remedy.chinese) / \(error.remedy.english)")
        }
    }

    /// Before the first calendar is published only rules can be published, and no due date is told.
    private static let plainWeeks: WorkingCalendar? = try? WorkingCalendar(
        CalendarDocument(
            version: "none", first: .earliest, firmUntil: .earliest, offWeekdays: [], makeupWorkdays: []))

    private func decide(_ command: any HubCommand, _ context: CommandContext, rulesRead: Position)
        async throws(DeskError) -> Decision
    {
        let permit = Permit(type.action, for: request.principal.role)
        let (query, boundary, head) = try await readBoundary(of: command, context, permit)
        var events: [Decided<HubEvent>]
        do throws(CommandRefusal) {
            try permit.check(boundary, context)
            events = try command.decide(boundary, context)
            try permit.check(events, from: boundary, context)
        } catch {
            // The number was given while this read; the next proposal is another.
            if error == CommandContext.numberTaken { throw DeskError(EventLogError(.conflict)) }
            throw DeskError(error)
        }
        var ids = desk.identifiers.next(events.count, at: context.now)
        let late = boundary.lateReleases(after: events, ids: ids, context)
        events += late
        ids += desk.identifiers.next(late.count, at: context.now)
        let numbers = Set(events.flatMap(\.tags).filter { $0.kind == .number })
        let guarded = numbers.sorted().reduce(query.or(RuleBook.boundary).or(StaffRegister.boundary)) {
            $0.or(.tagged($1))
        }
        // A meeting asked for one case may be about others: what is recorded then belongs to one of those.
        let isOfOwningCase = context.owningCase.map { id in
            events.isEmpty || events.contains { $0.tags.contains(.caseFile(id)) }
        }
        let caseFile =
            isOfOwningCase == true ? context.owningCase : events.lazy.compactMap { $0.tags.caseFile }.first
        // The rules were read before the boundary: what was published in between must not go unseen.
        return Decision(
            events: events, ids: ids,
            condition: AppendCondition(failIfEventsMatch: guarded, after: min(head, rulesRead)),
            correlation: caseFile?.unique ?? context.subject.id ?? events.lazy.compactMap(\.mainEntity).first,
            applicant: caseFile.flatMap { boundary.applicant(of: $0) }
                ?? events.lazy.compactMap { $0.event.personConcerned }.first,
            occurredAt: context.occurredAt)
    }

    /// Reads what the decision needs, again while that shows that more is needed.
    private func readBoundary(
        of command: any HubCommand, _ context: CommandContext, _ permit: Permit
    ) async throws(DeskError) -> (query: EventQuery, boundary: Boundary, head: Position) {
        let own = command.boundary(context)
        let narrow = permit.boundary(beside: own, context).map { own.or($0) } ?? own
        var query = narrow
        while true {
            let (boundary, head) = try await read(query)
            let whole = command.widening(boundary, context).map { narrow.or($0) } ?? query
            if whole == query { return (query, boundary, head) }
            query = whole
        }
    }

    private func owningCase(of subject: Subject) async throws(EventLogError) -> CaseID? {
        if case .caseFile(let id) = subject { return id }
        guard let tag = subject.tag else { return nil }
        let first = try await desk.log.read(.tagged(tag), after: .start, limit: 1).events.first
        return first?.tags.first { $0.kind == .caseFile }.flatMap { CaseID(String($0.name)) }
    }
}

extension Attempt {
    private func read(_ query: EventQuery) async throws(DeskError) -> (Boundary, head: Position) {
        do throws(EventLogError) {
            return try await desk.boundaries.read(query)
        } catch {
            throw desk.told(error)
        }
    }
}

extension Set<EventTag> {
    var caseFile: CaseID? {
        // The smallest, so that a set of several gives the same one each time.
        filter { $0.kind == .caseFile }.min().flatMap { CaseID(String($0.name)) }
    }
}

extension Decided<HubEvent> {
    /// What an event outside any case is about.
    fileprivate var mainEntity: UniqueID? {
        guard let kind = CreatedEntities.kinds[event.stored.kind.rawValue] else { return nil }
        return tags.first { $0.kind == kind }.flatMap { UniqueID($0.name) }
    }
}

extension HubEvent {
    /// The person a case was opened or help was asked for.
    fileprivate var personConcerned: PersonReference? {
        guard case .casework(let event) = self else { return nil }
        if case .caseFile(.opened(let opened)) = event { return opened.subject }
        if case .request(.recorded(let recorded)) = event { return recorded.subject }
        return nil
    }
}

extension Boundary {
    fileprivate func applicant(of caseFile: CaseID) -> PersonReference? {
        entries.lazy.compactMap { entry in
            guard case .casework(.caseFile(.opened(let opened))) = entry.event, opened.caseFile == caseFile else {
                return nil
            }
            return opened.subject
        }.first
    }
}
