import Casework
import EventSourcing
import FoundationEssentials
import RuleBook
import WorkingCalendar

extension Attempt {
    typealias SealedInput = (text: SealedText, person: PersonReference, value: JSONValue)

    /// Reads the boundary and asks the rules; nothing is changed.
    func decide(
        _ command: any HubCommand, _ subject: Subject, now: Instant, occurredAt: Instant, sealed: [SealedInput]
    ) async throws(DeskError) -> Decision {
        let context: CommandContext
        do throws(EventLogError) {
            let caseFile = try await owningCase(of: subject)
            let rules = try await desk.ruleBook.current()
            guard let calendar = rules.history.current.calendar ?? Self.plainWeeks else {
                throw EventLogError(.unavailable, detail: "no calendar")
            }
            let year = CivilDay(containing: now.milliseconds).year
            let serials = try await desk.numbers.proposals(hubCode: desk.hubCode, year: year)
            context = CommandContext(
                commandID: request.id, now: now, occurredAt: occurredAt,
                actor: request.principal.actor(actingPost: request.body.actingPost),
                actingPost: request.body.actingPost ?? request.principal.post,
                externalReference: request.body.externalReference, channel: request.channel, subject: subject,
                owningCase: caseFile, sealed: sealed.map(\.text), fresh: desk.identifiers.next(96, at: now),
                numbers: .init(
                    hubCode: desk.hubCode, year: year, caseSerial: serials.caseFile, requestSerial: serials.request,
                    meetingSerial: serials.meeting),
                rules: rules.history.current, calendar: calendar)
        } catch {
            throw DeskError(error)
        }
        return try await decide(command, context)
    }

    /// Before the first calendar is published only rules can be published, and no due date is told.
    private static let plainWeeks: WorkingCalendar? = try? WorkingCalendar(
        CalendarDocument(
            version: "none", first: .earliest, firmUntil: .earliest, offWeekdays: [], makeupWorkdays: []))

    private func decide(_ command: any HubCommand, _ context: CommandContext) async throws(DeskError) -> Decision {
        var query = command.boundary(context)
        var (boundary, head) = try await read(query)
        if let wider = command.widening(boundary, context) {
            query = query.or(wider)
            (boundary, head) = try await read(query)
        }
        let events: [Decided<HubEvent>]
        do throws(CommandRefusal) {
            events = try command.decide(boundary, context)
        } catch {
            throw DeskError(error)
        }
        let numbers = Set(events.flatMap(\.tags).filter { $0.kind == .number })
        let guarded = numbers.sorted().reduce(query.or(RuleBook.boundary)) { $0.or(.tagged($1)) }
        return Decision(
            events: events, condition: AppendCondition(failIfEventsMatch: guarded, after: head),
            caseFile: context.owningCase ?? events.lazy.compactMap { $0.tags.caseFile }.first,
            applicant: boundary.applicant ?? events.lazy.compactMap { $0.event.applicant }.first,
            occurredAt: context.occurredAt)
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
            let page = try await desk.log.readAll(query)
            do {
                return (try Boundary(page.events), page.head)
            } catch {
                throw EventLogError(
                    .unreadableRow, detail: "an event of the boundary does not decode", underlying: error)
            }
        } catch {
            throw DeskError(error)
        }
    }
}

extension Set<EventTag> {
    var caseFile: CaseID? {
        first { $0.kind == .caseFile }.flatMap { CaseID(String($0.name)) }
    }
}

extension HubEvent {
    /// The person a case was opened for.
    var applicant: PersonReference? {
        guard case .casework(.caseFile(.opened(let opened))) = self else { return nil }
        return opened.subject
    }
}

extension Boundary {
    var applicant: PersonReference? {
        entries.lazy.compactMap { $0.event.applicant }.first
    }
}
