import EventSourcing
import Foundation
import HubTesting
import Testing

/// The binding between an event's sealed sections and the labels in its `meta`.
@Suite struct AppendLimitsTests {
    private static func refusal(meta: String, sealed: [SealedSection]) throws -> String? {
        let id = try #require(UniqueID("01890a5d-ac96-774b-bcce-b302099a8057"))
        let event = NewEvent(
            eventID: id, type: "ReferralAccepted", schemaVersion: 1, occurredAt: Instant(milliseconds: 0),
            meta: Data(meta.utf8), data: Data("{}".utf8), tags: [], disclosure: .none, sealed: sealed,
            salt: Data(count: 16))
        let append = Append(
            commandID: id, actor: AccountID(id), fingerprint: Data(count: 32), events: [event], condition: nil)
        return AppendLimits.violation(in: append)?.detail
    }

    private static func section(_ number: UInt8, _ group: FieldGroup, _ person: String) throws -> SealedSection {
        SealedSection(
            section: number, group: group, person: try #require(PersonReference(person)), digest: Data(count: 32),
            nonce: Data(count: 12), ciphertext: Data(count: 16))
    }

    private static let first = "01890a5d-ac96-774b-bcce-b302099a8057"
    private static let second = "01890a5d-ac96-774b-bcce-b302099a8058"

    @Test(arguments: [#"{}"#, #"{"sealed":null}"#, #"{"sealed":[]}"#, #"{"channel":"http"}"#, #"{"é":1}"#])
    func `an event without sealed sections has no labels`(meta: String) throws {
        #expect(try Self.refusal(meta: meta, sealed: []) == nil)
    }

    @Test(arguments: [
        #"{"channel":"http","sealed":[{"g":"schooling","p":"FIRST","s":1},{"g":"health","p":"SECOND","s":2}]}"#,
        #"{"sealed":[{"s":1,"x":[{}],"p":"FIRST","g":"schooling"},{"s":2,"p":"SECOND","g":"\u0068ealth"}],"é":1}"#,
    ])
    func `labels name the sections in their order`(meta: String) throws {
        let sections = [try Self.section(1, .schooling, Self.first), try Self.section(2, .health, Self.second)]
        let meta = meta.replacing("FIRST", with: Self.first.uppercased()).replacing("SECOND", with: Self.second)
        #expect(try Self.refusal(meta: meta, sealed: sections) == nil)
    }

    @Test(arguments: [
        #"{}"#, #"{"sealed":[]}"#, #"{"sealed":[{"g":"health","p":"FIRST","s":1}]}"#,
        #"{"sealed":[{"g":"schooling","p":"SECOND","s":1}]}"#, #"{"sealed":[{"g":"schooling","p":"FIRST","s":2}]}"#,
        #"{"sealed":[{"g":"schooling","p":"FIRST","s":1},{"g":"schooling","p":"FIRST","s":1}]}"#,
    ])
    func `other labels are refused`(meta: String) throws {
        let meta = meta.replacing("FIRST", with: Self.first).replacing("SECOND", with: Self.second)
        let refusal = try Self.refusal(meta: meta, sealed: [Self.section(1, .schooling, Self.first)])
        #expect(refusal == "event 1 of the append: meta.sealed lists the sealed sections")
    }

    @Test(arguments: [
        "", "[]", "7", #"{"sealed":{}}"#, #"{"sealed":[7]}"#, #"{"sealed":[{"g":"schooling","p":"FIRST"}]}"#,
        #"{"sealed":[{"g":"nothing","p":"FIRST","s":1}]}"#, #"{"sealed":[{"g":"schooling","p":"FIRST","s":256}]}"#,
        #"{"sealed":[{"g":"schooling","p":"FIRST","s":1}]"#,
    ])
    func `what is not metadata is refused`(meta: String) throws {
        let meta = meta.replacing("FIRST", with: Self.first)
        let refusal = try Self.refusal(meta: meta, sealed: [Self.section(1, .schooling, Self.first)])
        #expect(refusal == "event 1 of the append: meta is a JSON object")
    }
}
