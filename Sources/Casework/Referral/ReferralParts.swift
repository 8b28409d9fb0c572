package import EventSourcing
package import RuleBook

/// Who stands in a role of the dispatch catalogue, `spouse`, in this case.
package struct PersonInRole: Codable, Hashable, Sendable {
    package let role: PersonRole
    package let person: PersonReference

    package init(role: PersonRole, person: PersonReference) {
        self.role = role
        self.person = person
    }
}

/// A sealed part of an earlier event that a department may now read.
package struct ReleasedPart: Codable, Hashable, Sendable {
    package let group: FieldGroup
    package let person: PersonReference
    package let event: UniqueID
    /// 1 through 32, in that event.
    package let section: UInt8

    package init(group: FieldGroup, person: PersonReference, event: UniqueID, section: UInt8) {
        self.group = group
        self.person = person
        self.event = event
        self.section = section
    }
}

/// By what authority a department was designated: never by the centre alone.
package enum DesignatingAuthority: Codable, Hashable, Sendable {
    /// A meeting's resolution.
    case resolution(ResolutionID)
    /// The number of a recorded instruction of a common superior.
    case instruction(String)

    private enum CodingKeys: CaseIterable, CodingKey {
        case resolution, instruction
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let keys = CodingKeys.allCases.filter { container.contains($0) }
        guard let key = keys.first, keys.count == 1 else {
            throw DecodingError.dataCorrupted(
                .init(
                    codingPath: decoder.codingPath,
                    debugDescription: "must be exactly one of resolution and instruction"))
        }
        switch key {
        case .resolution: self = .resolution(try container.decode(ResolutionID.self, forKey: key))
        case .instruction: self = .instruction(try container.decode(String.self, forKey: key))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .resolution(let resolution): try container.encode(resolution, forKey: .resolution)
        case .instruction(let number): try container.encode(number, forKey: .instruction)
        }
    }
}

extension DesignatingAuthority: DescribedInJSON {
    package static var jsonSchema: JSONValue {
        [
            "oneOf": [
                .oneMember("resolution", ["type": "string", "format": "uuid"]),
                .oneMember("instruction", ["type": "string"]),
            ]
        ]
    }
    package static var jsonSample: JSONValue { ["instruction": "1"] }
}

/// A co-handler whose result the lead did not wait for, and why.
package struct ExcusedCoHandler: Codable, Hashable, Sendable {
    /// Why the lead finishes without that result.
    package enum Reason: String, CaseIterable, Codable, Hashable, Sendable {
        case notNeeded, noAnswer, personRefused
    }

    package let department: DepartmentCode
    package let reason: Reason

    package init(department: DepartmentCode, reason: Reason) {
        self.department = department
        self.reason = reason
    }
}
