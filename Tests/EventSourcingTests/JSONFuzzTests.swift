import EventSourcing
import Foundation
import HubTesting
import Testing

/// The shapes that the fuzzer decodes into; between them they use every container and every path of ours.
private enum Shape {
    enum Colour: String, Codable { case red, green }

    struct Inner: Codable, Equatable {
        let a: Int
        let b: String?
        let flag: Bool?
    }

    struct Record: Codable, Equatable {
        let name: String
        let count: Int?
        let list: [Inner]?
        let inner: Inner?
        let id: PersonReference?
        let colour: Colour?
        let a: Int8?
        let b: UInt64?
    }

    struct Numbers: Codable, Equatable {
        let a: Int?
        let b: UInt8?
        let count: Int16?
        let id: UInt32?
        let list: [UInt16]?
        let inner: Int64?
        let name: Int32?
        let flag: UInt?
    }
}

@Suite struct JSONFuzzTests {
    /// Inputs of one test; ten times as many with `ONEDOOR_FULL=1`.
    private static let inputs = 6_000 * (ProcessInfo.processInfo.environment["ONEDOOR_FULL"] == "1" ? 20 : 1)

    private static let seeds = [
        #"{"name":"张三","count":3,"list":[{"a":1,"b":"x","flag":true},{"a":-2}],"inner":{"a":0},"colour":"red"}"#,
        #"{"id":"01890a5d-ac96-774b-bcce-b302099a8057","name":"\u5f20\n","a":12,"b":18446744073709551615}"#,
        #"{"a":1,"b":255,"count":-32768,"id":4294967295,"list":[0,65535],"inner":-9,"name":2147483647,"flag":7}"#,
        #"[{"a":1},{"a":2,"b":null,"flag":false}]"#, #"{"a":{"b":[1,2,{"c":null}]},"教育":"\ud83d\ude00"}"#, "[]", "7",
        "\"x\"",
    ].map { Data($0.utf8) }

    private static func fuzz(_ check: (Data) -> Void) {
        var mutator = JSONMutator(generator: SeededGenerator.printed())
        for round in 0..<inputs {
            if round.isMultiple(of: 2) {
                check(Data(mutator.text().utf8))
            } else {
                check(mutator.mutate(mutator.pick(seeds) ?? Data()))
            }
        }
    }

    @Test func `any bytes read as records as Foundation reads them`() {
        Self.fuzz { JSONOracle<Shape.Record>().expectAgreement($0) }
    }

    @Test func `any bytes read as numbers as Foundation reads them`() {
        Self.fuzz { JSONOracle<Shape.Numbers>().expectAgreement($0) }
    }

    @Test func `any bytes read as lists of objects and of options as Foundation reads them`() {
        Self.fuzz {
            JSONOracle<[Shape.Inner]>().expectAgreement($0)
            JSONOracle<[Int?]>().expectAgreement($0)
            JSONOracle<[[String]]>().expectAgreement($0)
        }
    }

    @Test func `any bytes read as dictionaries and as any JSON as Foundation reads them`() {
        Self.fuzz {
            JSONOracle<[String: Shape.Inner]>(hasOrder: false).expectAgreement($0)
            JSONOracle<[String: Int?]>(hasOrder: false).expectAgreement($0)
            JSONOracle<JSONValue>(hasOrder: false).expectAgreement($0)
        }
    }

    @Test func `any bytes read as bare values as Foundation reads them`() {
        Self.fuzz {
            JSONOracle<String>().expectAgreement($0)
            JSONOracle<Int>().expectAgreement($0)
            JSONOracle<Bool?>().expectAgreement($0)
            JSONOracle<Double>().expectAgreement($0)
            JSONOracle<Position>().expectAgreement($0)
            JSONOracle<FieldGroup>().expectAgreement($0)
        }
    }

    @Test func `changed metadata reads as Foundation reads it`() throws {
        var mutator = JSONMutator(generator: SeededGenerator.printed())
        var samples = EventSamples(generator: mutator.generator, logID: mutator.generator.uniqueID())
        let person: PersonReference = samples.generator.id()
        let parts = [EventSamples.Part(.schooling, of: person, json: "\"王\""), .init(.health, of: person, json: "1")]
        let meta = try samples.event(sealed: parts).meta
        JSONOracle<EventMetadata>().expectAgreement(meta)
        for _ in 0..<Self.inputs { JSONOracle<EventMetadata>(hasOrder: false).expectAgreement(mutator.mutate(meta)) }
    }
}
