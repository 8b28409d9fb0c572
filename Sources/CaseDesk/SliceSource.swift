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
            for part in try renderer.parts(of: event, for: department) {
                values[part] = try await open(part, of: event)
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

    private func open(_ part: SlicePart, of event: RecordedEvent) async throws -> SliceValue {
        let holder: RecordedEvent
        if part.event == event.eventID {
            holder = event
        } else {
            // A release names an earlier event of the same person, and all of a person's events carry the tag.
            let history = try await desk.log.readAll(.tagged(.person(part.person))).events
            guard let found = history.first(where: { $0.eventID == part.event }) else {
                throw SliceError.partMissing(part)
            }
            holder = found
        }
        guard let section = holder.sealed.first(where: { $0.section == part.section }) else {
            throw SliceError.partMissing(part)
        }
        guard let plaintext = try desk.keys.open(section, in: holder.context(of: section)) else { return .erased }
        return .value(try EventJSON.decode(JSONValue.self, from: plaintext))
    }
}
