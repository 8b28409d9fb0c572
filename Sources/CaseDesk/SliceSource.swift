import CaseViews
import EventSourcing
import FeedProtocol
import FoundationEssentials
import RuleBook

/// Reads and opens what one department may read of one event.
struct SliceSource: Sendable {
    let desk: CaseDesk

    /// The CloudEvents JSON of one entry.
    ///
    /// - Throws: ``EventLogError``; `unreadableRow` when the log is damaged.
    func slice(
        of event: RecordedEvent, for department: DepartmentCode, feedSequence: UInt64, rules: RuleBookHistory
    ) async throws(EventLogError) -> Data {
        let renderer = SliceRenderer(logID: desk.identity.logID)
        do {
            var values: [SlicePart: SliceValue] = [:]
            var holders: [UniqueID: RecordedEvent] = [event.eventID: event]
            for part in try renderer.parts(of: event, for: department) {
                if holders[part.event] == nil {
                    // A release names earlier events of the person, and all of a person's events carry the tag.
                    for other in try await desk.log.readAll(.tagged(.person(part.person))).events {
                        holders[other.eventID] = other
                    }
                }
                values[part] = try open(part, of: holders[part.event])
            }
            let rendered = try renderer.render(
                event, for: department, feedSequence: feedSequence, rules: rules.at(event.position), values: values)
            return try renderer.bytes(rendered, of: event)
        } catch let error as EventLogError {
            throw error
        } catch {
            throw EventLogError(
                .unreadableRow, at: event.position, detail: "a slice cannot be rendered", underlying: error)
        }
    }

    private func open(_ part: SlicePart, of holder: RecordedEvent?) throws -> SliceValue {
        guard let holder, let section = holder.sealed.first(where: { $0.section == part.section }) else {
            throw SliceError.partMissing(part)
        }
        guard let plaintext = try desk.keys.open(section, in: holder.context(of: section)) else { return .erased }
        return .value(try EventJSON.decode(JSONValue.self, from: plaintext))
    }
}
