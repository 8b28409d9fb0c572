package import Casework
package import EventSourcing
import FoundationEssentials
package import HubTesting
import RuleBook
import WorkingCalendar

/// Writes a history event by event, as a log would have recorded it, for tests of whatever reads one.
package struct Story: Sendable {
    package private(set) var events: [RecordedEvent] = []
    /// The civil time the next event happens and is recorded at.
    package var now: Instant
    /// How many days after it was made a visit of a wander may be entered.
    package var mostDaysLate: Int64 = 0
    package var chance: SeededGenerator
    private let account: AccountID

    package init(at now: Instant, seed: UInt64 = 1) {
        self.now = now
        var chance = SeededGenerator(seed: seed)
        account = chance.id(at: now)
        self.chance = chance
    }

    /// A new identifier.
    package mutating func id<Entity>() -> EntityID<Entity> { chance.id(at: now) }

    /// Moves on to 09:00 of a day, `2023-08-15`.
    package mutating func day(_ text: String, hour: Int64 = 9) {
        guard let day = CivilDay(text) else { return }
        now = Instant(milliseconds: day.startMilliseconds + hour * 3_600_000)
    }

    /// Records the shipped rules, their calendar and some departments.
    package mutating func layDownRules(_ departments: [String] = Story.bodies) throws {
        for code in departments {
            guard let code = DepartmentCode(code) else { continue }
            try record(
                .ruleBook(
                    .departmentRegistered(
                        Department(
                            code: code, kind: code.description == "fayuan" ? .judicial : .statutory,
                            name: Label("\(code)局", "\(code) bureau")))))
        }
        try record(.ruleBook(.calendarPublished(CalendarPublished(calendar: try ShippedRules.calendar()))))
        for rule in try ShippedRules.deadlines() { try record(.ruleBook(.deadlineRulePublished(rule))) }
    }

    /// The bodies of the Danyang story.
    package static let bodies = ["minzheng", "jiaoyu", "gongan", "fulian", "sifa", "fayuan", "jijinhui"]

    /// Records one event, of now unless another time is said; its tags are what its data names, and the persons given.
    ///
    /// - Throws: `EncodingError`, which would be a bug of the test.
    @discardableResult
    package mutating func record(
        _ event: HubEvent, people: [PersonReference] = [], to disclosure: Disclosure = .none,
        sealed: [(FieldGroup, PersonReference)] = [], by department: DepartmentCode? = nil,
        tags more: Set<EventTag> = [], occurredAt: Instant? = nil
    ) throws -> RecordedEvent {
        let stored = event.stored
        let data = try EventJSON.encode(stored.payload)
        var meta = EventMetadata(
            actor: EventMetadata.Actor(account: account, department: department, role: "dispatcher"), channel: "http",
            command: chance.uniqueID(at: now))
        let sections = sealed.enumerated().map { index, part in
            SealedSection(
                section: UInt8(index + 1), group: part.0, person: part.1, digest: chance.bytes(32),
                nonce: chance.bytes(12), ciphertext: chance.bytes(24))
        }
        if !sections.isEmpty {
            meta.sealed = sections.map { EventMetadata.SealedLabel(s: $0.section, g: $0.group, p: $0.person) }
        }
        var tags = try Self.tags(in: data).union(more)
        tags.formUnion((people + sealed.map(\.1)).map(EventTag.person))
        let position = Position(UInt64(events.count + 1))
        let recorded = RecordedEvent(
            position: position, eventID: chance.uniqueID(at: now), appendFirst: position, type: stored.kind.rawValue,
            schemaVersion: 1, occurredAt: occurredAt ?? now, recordedAt: now, meta: try EventJSON.encode(meta),
            data: data,
            tags: tags.sorted(), disclosureBytes: disclosure.bytes, salt: chance.bytes(16), removed: nil,
            leaf: chance.bytes(32),
            sealed: sections)
        events.append(recorded)
        return recorded
    }

    /// The tags of the entities a payload names, as casework tags its events.
    private static func tags(in data: Data) throws -> Set<EventTag> {
        let kinds = [
            "caseFile": "case", "referral": "referral", "meeting": "meeting", "resolution": "resolution",
            "followUp": "followup", "request": "request", "item": "item", "visit": "visit", "subject": "person",
            "applicant": "person", "person": "person",
        ]
        let payload = try EventJSON.decode(JSONValue.self, from: data)
        var tags: Set<EventTag> = []
        for (property, kind) in kinds {
            guard let text = payload[property]?.text, UniqueID(text) != nil, let tag = EventTag("\(kind):\(text)")
            else { continue }
            tags.insert(tag)
        }
        if case .array(let cases) = payload["cases"] {
            tags.formUnion(cases.compactMap { $0.text.flatMap(CaseID.init) }.map(EventTag.caseFile))
        }
        return tags
    }
}

/// A literal of a test that is not what the test says it is.
package enum StoryError: Error {
    case malformed(String)
}

/// Reads a literal of a test.
///
/// - Throws: ``StoryError`` when it is malformed.
package func known<Value: LosslessStringConvertible>(_ text: String, as type: Value.Type = Value.self) throws -> Value {
    guard let value = Value(text) else { throw StoryError.malformed(text) }
    return value
}
