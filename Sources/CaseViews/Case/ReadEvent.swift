package import Casework
package import EventSourcing

/// One recorded event decoded for the views, once for all of them.
package struct ReadEvent: Sendable {
    package let recorded: RecordedEvent
    package let meta: EventMetadata
    /// The payload as plain JSON, against which the triggers of deadline rules are matched; null once removed.
    package let data: JSONValue
    /// The same as a type, where it is casework; nothing for other sets and once removed.
    package let event: CaseworkEvent?
    /// Departments that got a feed entry of it, sorted.
    package let informed: [DepartmentCode]

    /// - Throws: `DecodingError` when meta, data or disclosure are not what their type says.
    package init(_ recorded: RecordedEvent) throws {
        self.recorded = recorded
        meta = try recorded.metadata()
        data = try recorded.data.map { try EventJSON.decode(JSONValue.self, from: $0) } ?? .null
        event = try CaseworkEvent(recorded)
        informed = try recorded.disclosure.audience
    }

    package var reference: EventReference { EventReference(recorded) }

    /// The case it belongs to: the one its data names, else the first it is tagged with.
    package var caseID: CaseID? {
        data["caseFile"]?.text.flatMap(CaseID.init)
            ?? recorded.tags.first { $0.kind == .caseFile }.flatMap { CaseID(String($0.name)) }
    }

    /// Every case it is about, the one its data names first: a meeting may have several on its agenda.
    package var caseIDs: [CaseID] {
        guard let first = caseID else { return [] }
        guard case .array(let others) = data["cases"], case .meeting = event else { return [first] }
        return [first] + others.compactMap { $0.text.flatMap(CaseID.init) }.filter { $0 != first }
    }

    /// The help request it belongs to.
    package var requestID: HelpRequestID? {
        data["request"]?.text.flatMap(HelpRequestID.init)
            ?? recorded.tags.first { $0.kind == .request }.flatMap { HelpRequestID(String($0.name)) }
    }

    /// The department its data says acts or is addressed.
    package var department: DepartmentCode? {
        (data["department"] ?? data["lead"])?.text.flatMap(DepartmentCode.init)
    }

    /// What of one kind it is about: what its data names, and only if that names nothing, its tags.
    ///
    /// Tags also hold what an event merely touches, such as the item of a referral.
    package func subjects(of kind: EventTag.Kind) -> [EventTag] {
        var found: [EventTag] = []
        for name in Self.properties(naming: kind) {
            let names: [String] =
                switch data[name] {
                case .string(let text): [text]
                case .array(let elements): elements.compactMap(\.text)
                case .null, .bool, .integer, .object, nil: []
                }
            // A referral's `item` is a code of the catalogue, not an identifier.
            for name in names where UniqueID(name) != nil {
                if let tag = EventTag("\(kind.rawValue):\(name)"), !found.contains(tag) { found.append(tag) }
            }
        }
        return found.isEmpty ? recorded.tags.filter { $0.kind == kind } : found
    }

    /// Properties of payloads that hold the identifier of a kind, as casework names them.
    private static func properties(naming kind: EventTag.Kind) -> [String] {
        switch kind {
        case .caseFile: ["caseFile"]
        case .item: ["item", "items"]
        case .followup: ["followUp"]
        case .request: ["request"]
        case .referral: ["referral"]
        case .meeting: ["meeting"]
        case .resolution: ["resolution"]
        case .visit: ["visit"]
        case .household: ["household"]
        case .person, .dept, .town, .number: []
        }
    }
}
