import Casework
import EventSourcing
import Foundation
import HubTesting
import Testing

/// The reader of stored events against Foundation's, over every event type's real payload.
@Suite struct EventDecodingTests {
    /// Decodes an event of any kind with Foundation; the kind comes in beside the bytes.
    private struct Typed: Decodable {
        let event: HubEvent

        static func event(_ kind: HubEvent.Kind, _ bytes: Data) throws -> HubEvent {
            let decoder = JSONDecoder()
            decoder.userInfo[try #require(CodingUserInfoKey(rawValue: "kind"))] = kind
            return try decoder.decode(Typed.self, from: bytes).event
        }

        init(from decoder: any Decoder) throws {
            let key = try #require(CodingUserInfoKey(rawValue: "kind"))
            event = try HubEvent(try #require(decoder.userInfo[key] as? HubEvent.Kind), from: decoder)
        }
    }

    /// Changed copies of each sample: 62 samples, 120 of each; ten times as many with `ONEDOOR_FULL=1`.
    private static let copies = 120 * (ProcessInfo.processInfo.environment["ONEDOOR_FULL"] == "1" ? 10 : 1)

    private static let samples = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "schemas/events/samples")

    @Test func `every sample, and every changed copy of one, reads as Foundation reads it`() throws {
        var mutator = JSONMutator(generator: SeededGenerator.printed())
        for kind in HubEvent.Kind.allCases {
            let bytes = try Data(contentsOf: Self.samples.appending(path: "\(kind.rawValue).v1.json"))
            let payload = try Typed.event(kind, bytes).stored.payload
            func compare<Payload: EventPayload>(_ expected: Payload) throws {
                #expect(try EventJSON.decode(Payload.self, from: bytes) == expected)
                for _ in 0..<Self.copies {
                    JSONOracle<Payload>(hasOrder: false).expectAgreement(mutator.mutate(bytes))
                }
            }
            try compare(payload)
        }
    }
}
