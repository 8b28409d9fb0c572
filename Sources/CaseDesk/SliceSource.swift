import CaseViews
import Casework
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
            let isLive = try await isLive(event, for: department)
            for part in try renderer.parts(of: event, for: department, isLive: isLive) {
                if holders[part.event] == nil {
                    // A release names earlier events of the person, and all of a person's events carry the tag.
                    for other in try await desk.log.readAll(.tagged(.person(part.person))).events {
                        holders[other.eventID] = other
                    }
                }
                values[part] = try open(part, of: holders[part.event])
            }
            let rendered = try renderer.render(
                event, for: department, isLive: isLive, feedSequence: feedSequence, rules: rules.at(event.position),
                values: values)
            return try renderer.bytes(rendered, of: event)
        } catch let error as EventLogError {
            throw error
        } catch {
            throw EventLogError(
                .unreadableRow, at: event.position, detail: "a slice cannot be rendered", underlying: error)
        }
    }

    /// Whether the department may read, now, what it was shown with the event's referrals; others have no end.
    ///
    /// Asked whenever an entry is served, so that a copy made anew holds no more than one that was kept (I-19).
    private func isLive(_ event: RecordedEvent, for department: DepartmentCode) async throws -> Bool {
        guard !event.sealed.isEmpty || event.type == ReferralEvent.Kind.sliceReleased.rawValue else { return true }
        let referrals = event.tags.filter { $0.kind == .referral }.compactMap { ReferralID(String($0.name)) }
        var disclosures = LiveDisclosures()
        for referral in referrals {
            let query = EventQuery.tagged(.referral(referral), types: LiveDisclosures.types)
            for other in try await desk.log.readAll(query).events {
                if let fact = try CaseworkEvent(other) { disclosures.take(fact, at: other.occurredAt) }
            }
        }
        return disclosures.isLive(referrals, for: department, at: desk.clock.now())
    }

    private func open(_ part: SlicePart, of holder: RecordedEvent?) throws -> SliceValue {
        guard let holder, let section = holder.sealed.first(where: { $0.section == part.section }) else {
            throw SliceError.partMissing(part)
        }
        guard let plaintext = try desk.keys.open(section, in: holder.context(of: section)) else { return .erased }
        return .value(try EventJSON.decode(JSONValue.self, from: plaintext))
    }
}
