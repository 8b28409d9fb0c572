import EventSourcing
import FoundationEssentials

/// What the corrections of a history say of its records.
struct CorrectedRecords: Sendable {
    private var values: [UniqueID: [String: String]] = [:]

    /// Takes in the corrections among later events.
    ///
    /// - Returns: The records of which they speak.
    /// - Throws: `DecodingError` when a correction is not of its type.
    mutating func take(_ events: [RecordedEvent]) throws -> Set<UniqueID> {
        var mended: Set<UniqueID> = []
        for recorded in events where recorded.type == ReviewEvent.Kind.corrected.rawValue {
            guard case .casework(.review(.corrected(let corrected))) = try HubEvent(recorded),
                let value = corrected.value
            else { continue }
            values[corrected.event, default: [:]][corrected.field] = value.description
            mended.insert(corrected.event)
        }
        return mended
    }

    /// The record as decisions read it; a correction that the record's type cannot hold leaves it as it was written.
    func event(of recorded: RecordedEvent) throws -> HubEvent? {
        let written = try HubEvent(recorded)
        guard let written, let changes = values[recorded.eventID], let data = recorded.data,
            case .object(var properties) = try EventJSON.decode(JSONValue.self, from: data)
        else { return written }
        for field in CorrectedField.fields(of: recorded.type) where field.changesDecisions {
            guard let value = changes[field.property] else { continue }
            switch properties[field.property] {
            case .bool: properties[field.property] = Bool(value).map(JSONValue.bool) ?? properties[field.property]
            case .string: properties[field.property] = .string(value)
            case .null, .integer, .array, .object, nil: break
            }
        }
        let bytes = try EventJSON.encode(JSONValue.object(properties))
        let right = RecordedEvent(
            position: recorded.position, eventID: recorded.eventID, appendFirst: recorded.appendFirst,
            type: recorded.type, schemaVersion: recorded.schemaVersion, occurredAt: recorded.occurredAt,
            recordedAt: recorded.recordedAt, meta: recorded.meta, data: bytes, tags: recorded.tags,
            disclosureBytes: recorded.disclosureBytes, salt: nil, removed: nil, leaf: recorded.leaf, sealed: [])
        return (try? HubEvent(right)) ?? written
    }
}
