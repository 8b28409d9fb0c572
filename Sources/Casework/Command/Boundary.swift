package import EventSourcing
import Registry

/// The recorded history a decision was made from: what its query matched, decoded, oldest first.
package struct Boundary: Sendable {
    /// One event with the place and time it stands at; a record found to be wrong as it should have been.
    package struct Entry: Sendable {
        package let event: HubEvent
        package let recorded: RecordedEvent
        package let metadata: EventMetadata
    }

    package private(set) var entries: [Entry] = []
    /// The newest sealed parts among what was read.
    package private(set) var sealed = SealedIndex()
    private var corrected = CorrectedRecords()

    /// Decodes what was read.
    ///
    /// - Parameter events: Oldest first, as the log gives them. Events whose data was removed are left out.
    /// - Throws: `DecodingError` when a stored event is not of its type.
    package init(_ events: [RecordedEvent]) throws {
        try append(events)
    }

    /// Takes in what was recorded since.
    ///
    /// - Parameter events: Later than every entry, oldest first. Events whose data was removed are left out.
    /// - Throws: `DecodingError` when a stored event is not of its type; the boundary is then of no use.
    package mutating func append(_ events: [RecordedEvent]) throws {
        let mended = try corrected.take(events)
        for index in entries.indices where !mended.isEmpty && mended.contains(entries[index].recorded.eventID) {
            let entry = entries[index]
            guard let event = try corrected.event(of: entry.recorded) else { continue }
            entries[index] = Entry(event: event, recorded: entry.recorded, metadata: entry.metadata)
        }
        for recorded in events {
            // An erased part is named all the same: the department then learns that it was erased.
            for part in recorded.sealed where part.group != .signedCommand {
                sealed.add(
                    .init(event: recorded.eventID, section: part.section),
                    for: DisclosedGroup(part.group, of: part.person))
            }
            guard let event = try corrected.event(of: recorded) else { continue }
            entries.append(Entry(event: event, recorded: recorded, metadata: try recorded.metadata()))
        }
    }

    /// The casework events that carry a tag, in order.
    package func casework(tagged tag: EventTag) -> [CaseworkEvent] {
        entries.compactMap { entry in
            guard case .casework(let event) = entry.event, entry.recorded.tags.contains(tag) else { return nil }
            return event
        }
    }

    /// One case as its history tells it; without events it was never opened.
    package func caseFile(_ id: CaseID) -> CaseFile {
        CaseFile(replaying: casework(tagged: .caseFile(id)))
    }

    /// One help request as its history tells it.
    package func helpRequest(_ id: HelpRequestID) -> HelpRequest {
        HelpRequest(replaying: casework(tagged: .request(id)))
    }

    /// The first entry of a kind that carries a tag.
    func first(_ kind: CaseworkEvent.Kind, tagged tag: EventTag) -> Entry? {
        entries.first { $0.recorded.type == kind.rawValue && $0.recorded.tags.contains(tag) }
    }

    /// The last entry of a kind that carries a tag.
    func last(_ kind: CaseworkEvent.Kind, tagged tag: EventTag) -> Entry? {
        entries.last { $0.recorded.type == kind.rawValue && $0.recorded.tags.contains(tag) }
    }

    /// Whether the registry knows a person, and whether as a minor; nothing when it does not.
    func registration(of person: PersonReference) -> PersonRegistered? {
        for entry in entries {
            if case .registry(.personRegistered(let registered)) = entry.event, registered.person == person {
                return registered
            }
        }
        return nil
    }
}
