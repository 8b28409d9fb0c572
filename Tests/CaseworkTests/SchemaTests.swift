import Casework
import EventSourcing
import Foundation
import HubTesting
import Testing

@Suite struct SchemaTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "schemas/events")

    private static func names(in folder: URL) throws -> Set<String> {
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        return Set(files.filter { $0.hasSuffix(".v1.json") }.map { String($0.dropLast(".v1.json".count)) })
    }

    private static func json(_ url: URL) throws -> JSONValue {
        try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: url))
    }

    private static let kinds = HubEvent.Kind.allCases

    @Test func `every event type has a schema and a sample, and there are no others`() throws {
        let types = Set(Self.kinds.map(\.rawValue))
        #expect(types.count == Self.kinds.count, "no name stands in two sets")
        #expect(try Self.names(in: Self.folder) == types)
        #expect(try Self.names(in: Self.folder.appending(path: "samples")) == types)
    }

    @Test(arguments: kinds) func `the group of every property is the schema's`(kind: HubEvent.Kind) throws {
        let schema = try Self.json(Self.folder.appending(path: "\(kind.rawValue).v1.json"))
        #expect(schema["title"]?.text == kind.rawValue)
        #expect(schema["additionalProperties"] == .bool(false))
        guard case .object(let properties) = schema["properties"] else {
            Issue.record("a schema has properties")
            return
        }
        let groups = properties.mapValues { $0["x-group"]?.text.flatMap(FieldGroup.init(rawValue:)) }
        #expect(groups == HubEvent.fieldGroups(of: kind).mapValues(Optional.some))
    }

    @Test(arguments: kinds) func `every sample is valid, decodes and is written back byte for byte`(
        kind: HubEvent.Kind
    ) throws {
        let bytes = try Data(contentsOf: Self.folder.appending(path: "samples/\(kind.rawValue).v1.json"))
        let schema = try Self.json(Self.folder.appending(path: "\(kind.rawValue).v1.json"))
        let sample = try JSONDecoder().decode(JSONValue.self, from: bytes)
        #expect(SchemaCheck.violations(of: sample, under: schema, at: kind.rawValue) == [])
        guard case .object(let members) = sample, case .object(let properties) = schema["properties"] else {
            Issue.record("a payload is an object")
            return
        }
        #expect(Set(members.keys) == Set(properties.keys), "a sample shows every property")
        let recorded = RecordedEvent(
            position: Position(1), eventID: (Fixture.id(1) as CaseID).unique, appendFirst: Position(1),
            type: kind.rawValue, schemaVersion: 1, occurredAt: Instant(milliseconds: 0),
            recordedAt: Instant(milliseconds: 0), meta: Data("{}".utf8), data: bytes, tags: [],
            disclosureBytes: Disclosure.none.bytes,
            salt: nil, removed: nil, leaf: Data(), sealed: [])
        let event = try #require(try HubEvent(recorded))
        #expect(event.stored.kind == kind)
        let written = try EventJSON.encode(event.stored.payload)
        #expect(String(decoding: written, as: UTF8.self) == String(decoding: bytes, as: UTF8.self))
    }
}
