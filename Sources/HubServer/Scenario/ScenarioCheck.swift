/// One thing a scenario expects, and what was found.
struct ScenarioCheck: Encodable, Sendable {
    /// File, line and key.
    let place: String
    let what: String
    let expected: String
    let found: String

    var holds: Bool { expected == found }

    /// A line for a person.
    var line: String {
        holds ? "  ✓ \(what): \(found)" : "  ✗ \(what): 应为 expected \(expected),实为 found \(found)  (\(place))"
    }

    private enum CodingKeys: CodingKey {
        case place, what, expected, found, holds
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(place, forKey: .place)
        try container.encode(what, forKey: .what)
        try container.encode(expected, forKey: .expected)
        try container.encode(found, forKey: .found)
        try container.encode(holds, forKey: .holds)
    }
}
