package import EventSourcing

/// The recorded history a decision was made from: what its query matched, decoded, oldest first.
package struct Boundary: Sendable {
    /// One event with the place and time it stands at.
    package struct Entry: Sendable {
        package let event: HubEvent
        package let recorded: RecordedEvent
        package let metadata: EventMetadata
    }

    /// Where a sealed part stands in the log.
    package struct SealedPlace: Hashable, Sendable {
        package let event: UniqueID
        package let section: UInt8
        package let position: Position
    }

    package let entries: [Entry]
    private let latest: [DisclosedGroup: SealedPlace]

    /// Decodes what was read.
    ///
    /// - Parameter events: Oldest first, as the log gives them. Events whose data was removed are left out.
    /// - Throws: `DecodingError` when a stored event is not of its type.
    package init(_ events: [RecordedEvent]) throws {
        var entries: [Entry] = []
        var latest: [DisclosedGroup: SealedPlace] = [:]
        for recorded in events {
            for part in recorded.sealed where part.group != .signedCommand {
                latest[DisclosedGroup(part.group, of: part.person)] = SealedPlace(
                    event: recorded.eventID, section: part.section, position: recorded.position)
            }
            guard let event = try HubEvent(recorded) else { continue }
            entries.append(Entry(event: event, recorded: recorded, metadata: try recorded.metadata()))
        }
        self.entries = entries
        self.latest = latest
    }

    /// The newest recorded value of one group of one person, if there is any.
    package func latestSection(of group: FieldGroup, of person: PersonReference) -> SealedPlace? {
        latest[DisclosedGroup(group, of: person)]
    }

    /// The casework events in order.
    package var casework: [CaseworkEvent] {
        entries.compactMap { entry in
            if case .casework(let event) = entry.event { event } else { nil }
        }
    }
}
