import Casework
import Deadlines
package import EventSourcing
package import FeedProtocol
package import FoundationEssentials
package import RuleBook
import WorkingCalendar

/// Renders what one department reads of one event: only the groups the event's disclosure gives it (`FORMATS.md` §3, §6).
///
/// A pure function of the event, its disclosure, the rule book as of its position and the opened parts, so the same entry
/// rendered years later is the same, except for what has been erased since.
package struct SliceRenderer: Sendable {
    private let logID: UniqueID

    package init(logID: UniqueID) {
        self.logID = logID
    }

    /// The sealed parts to open before rendering.
    ///
    /// - Parameter isLive: Whether the department may still read what belongs to the event (``LiveDisclosures``); if not,
    ///   there is no part.
    /// - Returns: In the order they will stand in; the parts a release names stand in earlier events.
    /// - Throws: ``SliceError`` when the department is not addressed or the event cannot be read.
    package func parts(of event: RecordedEvent, for department: DepartmentCode, isLive: Bool) throws(SliceError)
        -> [SlicePart]
    {
        let groups = try granted(event, department)
        guard isLive else { return [] }
        var parts = event.sealed.map { section in
            SlicePart(group: section.group, person: section.person, event: event.eventID, section: section.section)
        }
        if case .casework(.referral(.sliceReleased(let release))) = try decoded(event), release.department == department
        {
            parts += release.parts.map { part in
                SlicePart(group: part.group, person: part.person, event: part.event, section: part.section)
            }
        }
        return parts.filter { part in
            part.group != .signedCommand && groups.contains(DisclosedGroup(part.group, of: part.person))
        }
    }

    /// Renders the entry.
    ///
    /// - Parameters:
    ///   - rules: The rule book as of the event's position, for the due dates.
    ///   - isLive: As in ``parts(of:for:isLive:)``.
    ///   - values: The opened parts, one for each of ``parts(of:for:isLive:)``.
    /// - Throws: ``SliceError``.
    package func render(
        _ event: RecordedEvent, for department: DepartmentCode, isLive: Bool, feedSequence: UInt64, rules: RuleBook,
        values: [SlicePart: SliceValue]
    ) throws(SliceError) -> FeedEvent {
        var opened: [FeedEvent.Part] = []
        for part in try parts(of: event, for: department, isLive: isLive) {
            switch values[part] {
            case .value(let value):
                opened.append(FeedEvent.Part(group: part.group, person: part.person, value: value))
            case .erased:
                opened.append(FeedEvent.Part(group: part.group, person: part.person, value: nil))
            case nil:
                throw .partMissing(part)
            }
        }
        return FeedEvent(
            id: event.eventID, logID: logID, name: event.type, schemaVersion: event.schemaVersion,
            subject: subject(of: event), time: event.occurredAt, recordedTime: event.recordedAt,
            position: event.position, feedSequence: feedSequence,
            data: FeedEvent.Content(open: .object(try open(event, department, rules)), parts: opened))
    }

    /// The bytes of an entry's plaintext, as they are sealed for the department.
    ///
    /// - Throws: ``SliceError/unreadable(_:)`` when a value cannot be written, which would be a bug.
    package func bytes(_ rendered: FeedEvent, of event: RecordedEvent) throws(SliceError) -> Data {
        do {
            return try EventJSON.encode(rendered)
        } catch {
            throw .unreadable(event.position)
        }
    }

    private func granted(_ event: RecordedEvent, _ department: DepartmentCode) throws(SliceError) -> Set<DisclosedGroup>
    {
        let disclosure: Disclosure
        do {
            disclosure = try event.disclosure
        } catch {
            throw .unreadable(event.position)
        }
        guard let groups = disclosure.groups[department] else { throw .notAddressed(department, event.position) }
        return groups
    }

    private func decoded(_ event: RecordedEvent) throws(SliceError) -> HubEvent? {
        do {
            return try HubEvent(event)
        } catch {
            throw .unreadable(event.position)
        }
    }

    /// The open properties of the groups granted without a person.
    private func open(
        _ event: RecordedEvent, _ department: DepartmentCode, _ rules: RuleBook
    ) throws(SliceError) -> [String: JSONValue] {
        let groups = try granted(event, department)
        guard let kind = HubEvent.Kind(rawValue: event.type) else { throw .unknownType(event.type, event.position) }
        guard let data = event.data else { return [:] }
        let read: ReadEvent
        do {
            read = try ReadEvent(event)
        } catch {
            throw .unreadable(event.position)
        }
        guard !data.isEmpty, case .object(let properties) = read.data else { throw .unreadable(event.position) }
        let groupOf = HubEvent.fieldGroups(of: kind)
        var shown = properties.filter { name, _ in
            // A property without a group in the schema is shown to nobody.
            groupOf[name].map { groups.contains(DisclosedGroup($0)) } ?? false
        }
        if groups.contains(DisclosedGroup(.reference)), let due = due(read, rules) { shown["due"] = due }
        return shown
    }

    /// `due`: by rule the day and instant of every deadline this event started for the referral, as of its position.
    private func due(_ event: ReadEvent, _ rules: RuleBook) -> JSONValue? {
        switch event.event {
        case .referral(.dispatched), .referral(.coHandlerInvited), .referral(.returnedForRework),
            .referral(.reopened):
            break
        case .referral, .request, .caseFile, .intake, .relief, .inquiry, .visit, .review, .meeting, .followUp,
            .deadline, .desk, nil:
            return nil
        }
        guard let calendar = rules.calendar else { return nil }
        let day = CivilDay(containing: event.recorded.occurredAt.milliseconds)
        var dates: [String: JSONValue] = [:]
        for rule in rules.deadlineRules(on: day) where rule.scope == .referral {
            let isStarted = rule.start.contains { $0.matches(type: event.recorded.type, data: event.data) }
            guard isStarted || isOwnTask(event, rule) else { continue }
            guard
                let due = try? DeadlineEvaluation.evaluate(
                    terms: rule.terms(startedBy: event.data), start: event.recorded.occurredAt, calendar: calendar)
            else { continue }
            var date: [String: JSONValue] = [
                "calendar": .string(calendar.version), "provisional": .bool(due.isProvisional),
            ]
            date["dueDay"] = due.dueDay.map { .string($0.description) }
            date["dueAt"] = due.dueAt.map { .string($0.description) }
            dates[rule.id.description] = .object(date)
        }
        return dates.isEmpty ? nil : .object(dates)
    }

    /// A co-handler's own task has the limit of handling, though no clock of the lead's runs for it.
    private func isOwnTask(_ event: ReadEvent, _ rule: DeadlineRule) -> Bool {
        guard case .referral(.coHandlerInvited) = event.event, let property = rule.limitProperty else { return false }
        return rule.id.description == "referral.handle" && event.data[property] != nil
    }

    /// The narrowest thing the event is about, `referral/<uuid>`.
    private func subject(of event: RecordedEvent) -> String? {
        guard let read = try? ReadEvent(event) else { return nil }
        for kind in [EventTag.Kind.referral, .followup, .resolution, .meeting, .item, .visit, .caseFile, .request] {
            if let tag = read.subjects(of: kind).first { return "\(kind.rawValue)/\(tag.name)" }
        }
        return nil
    }
}
