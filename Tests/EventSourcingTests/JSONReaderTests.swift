import EventSourcing
import Foundation
import HubTesting
import Testing

@Suite struct JSONReaderTests {
    private struct Named: Codable, Equatable {
        let a: Int
    }

    private struct Ignoring: Codable, Equatable {}

    private static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try EventJSON.decode(type, from: Data(text.utf8))
    }

    // MARK: The same as Foundation

    @Test(arguments: [
        #"{"a":1}"#, #" { "a" : 1 } "#, #"{"a":1,"a":2}"#, #"{"\u0061":1}"#, #"{"a":1,"b":[{"a":9}]}"#, #"{"a":1,}"#,
        "\u{feff}{\"a\":1}", #"{"a":1.0}"#, #"{"a":1e2}"#, #"{"a":-0}"#, #"{"a":9223372036854775807}"#,
        #"{"a":1,"ignored":"\x \u12zz"}"#, #"{"a":1,"ignored":01.-e}"#,
    ])
    func `what Foundation takes is taken, with the same value`(text: String) throws {
        let expected = try JSONDecoder().decode(Named.self, from: Data(text.utf8))
        #expect(try Self.decode(Named.self, text) == expected)
    }

    @Test(arguments: [
        "", " ", "{", "}", "nul", #"{"a"}"#, #"{"a":}"#, #"{"a":1"#, #"{"a":1}}"#, #"{"a":1} x"#, #"{,}"#, #"[,]"#,
        #"{"a":1,,}"#,
        #"{"a":01}"#, #"{"a":1.5}"#, #"{"a":+1}"#, #"{"a":-}"#, #"{"a":9223372036854775808}"#, #"{"a":"1"}"#,
        #"{"a":null}"#,
        #"{"a":true}"#, #"{"b":1}"#, #"{'a':1}"#, #"{"a":1 /* */}"#, #"{"\x":1}"#, #"{"\ud800":1}"#, "[1]", "1",
        "\"a\"",
        "{\"\n\":1}", "{\"a\":1}\u{0}", #"{"a":0x1}"#, #"{"a":NaN}"#,
    ])
    func `what Foundation refuses is refused, in the same way and place`(text: String) {
        let (expected, actual) = JSONOracle<Named>().outcomes(Data(text.utf8))
        #expect(expected.isRefusal)
        #expect(actual == expected)
    }

    @Test(arguments: [
        [0xff], [0xc0, 0x80], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe6, 0x95], [0x80],
        [0xf0, 0x9f, 0x98, 0x80], [0xe6, 0x95, 0x99], [0xef, 0xbf, 0xbd], [0x00], [0x1f], [0x7f],
    ])
    func `a text is UTF-8 without control characters`(middle: [UInt8]) {
        for padding in 0..<9 {
            let filler = [UInt8](repeating: 0x78, count: padding)
            JSONOracle<String>().expectAgreement(Data([0x22] + filler + middle + filler + [0x22]))
            JSONOracle<[String: Int]>().expectAgreement(
                Data([0x7b, 0x22] + filler + middle + [0x22, 0x3a, 0x31, 0x7d]))
        }
    }

    @Test func `every escape and every UTF-16 unit reads as in Foundation`() {
        for unit in stride(from: 0, through: 0xffff, by: 0x3b) {
            JSONOracle<String>().expectAgreement(Data("\"\\u\(String(format: "%04X", unit))\"".utf8))
            JSONOracle<String>().expectAgreement(Data("\"a\\ud83d\\u\(String(format: "%04x", unit))é\"".utf8))
        }
        for letter in UInt8(0x20)..<0x7f {
            JSONOracle<String>().expectAgreement(Data([0x22, 0x5c, letter, 0x22]))
        }
    }

    @Test func `keys are equal as strings are equal, and the first of equal ones counts`() throws {
        // é in one scalar and in two; the Kelvin sign equals K.
        for text in [#"{"é":1,"é":2}"#, "{\"e\u{301}\":1,\"é\":2}", "{\"\u{212a}\":3}", "{\"K\":4,\"\u{212a}\":5}"] {
            JSONOracle<[String: Int]>().expectAgreement(Data(text.utf8))
        }
        struct Kelvin: Decodable, Equatable {
            enum CodingKeys: String, CodingKey { case kelvin = "\u{212a}" }
            let kelvin: Int
        }
        JSONOracle<Kelvin>().expectAgreement(Data(#"{"a":1,"K":4}"#.utf8))
    }

    @Test func `the path of a refusal leads to it`() {
        struct Deep: Codable, Equatable { let list: [[String: Named]] }
        for text in [
            #"{"list":[{},{"x":{"a":1}},{"y":{"a":"z"}}]}"#, #"{"list":[{},{"x":{}}]}"#,
            #"{"list":[{"12":{"a":null}}]}"#,
            #"{"list":[[]]}"#, #"{"list":[null]}"#,
        ] {
            JSONOracle<Deep>().expectAgreement(Data(text.utf8))
        }
    }

    @Test(arguments: [511, 512, 513, 100_000])
    func `lists and objects nest 512 deep and no deeper`(depth: Int) {
        for text in [
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth),
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth),
            String(repeating: "[", count: depth) + " ", String(repeating: #"{"a":["#, count: depth) + " ",
        ] {
            JSONOracle<Ignoring>().expectAgreement(Data(text.utf8))
        }
        let nested = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(JSONOutcome { try Self.decode(JSONValue.self, nested) }.isRefusal == (depth > 512))
    }

    @Test func `where Foundation traps, at the 513th bracket as the last byte, we refuse`() {
        let text = String(repeating: "[", count: 513)
        #expect(throws: DecodingError.self) { try Self.decode(Ignoring.self, text) }
        #expect(throws: BodyError.self) { try BodyReader.read(Ignoring.self, from: Data(text.utf8)) }
    }

    @Test func `a text of a megabyte, a wide list and a wide object are read whole`() throws {
        let long = String(repeating: "社会救助 ", count: 80_000)
        #expect(try EventJSON.decode(String.self, from: EventJSON.encode(long)) == long)
        let wide = Array(0..<100_000)
        #expect(try EventJSON.decode([Int].self, from: EventJSON.encode(wide)) == wide)
        let members = Dictionary(uniqueKeysWithValues: wide.map { ("key\($0)", $0) })
        #expect(try EventJSON.decode([String: Int].self, from: EventJSON.encode(members)) == members)
        let repeated = "{" + wide.map { _ in "\"a\":1" }.joined(separator: ",") + "}"
        #expect(try Self.decode([String: Int].self, repeated) == ["a": 1])
    }

    @Test func `types that Foundation treats in its own way are left to it`() throws {
        struct Special: Codable, Equatable {
            let data: Data
            let date: Date
            let url: URL
            let decimal: Decimal
            let double: Double
            let float: Float
        }
        let text = #"{"data":"AQI=","date":0.5,"url":"https://a.cn/\u0061","decimal":1.10,"double":-1e-3,"float":0.25}"#
        JSONOracle<Special>().expectAgreement(Data(text.utf8))
        #expect(try Self.decode(Special.self, text).data == Data([1, 2]))
        for value in ["null", "[]", "{}", "true", "\"*\"", "1e999", "\"\\ud800\""] {
            for key in ["data", "date", "url", "decimal", "double", "float"] {
                struct One<Value: Codable & Equatable>: Codable, Equatable { let list: [Value] }
                let bytes = Data("{\"list\":[\(value)]}".utf8)
                switch key {
                case "data": JSONOracle<One<Data>>().expectAgreement(bytes)
                case "date": JSONOracle<One<Date>>().expectAgreement(bytes)
                case "url": JSONOracle<One<URL>>().expectAgreement(bytes)
                case "decimal": JSONOracle<One<Decimal>>().expectAgreement(bytes)
                case "double": JSONOracle<One<Double>>().expectAgreement(bytes)
                default: JSONOracle<One<Float>>().expectAgreement(bytes)
                }
            }
        }
    }

    @Test func `a container that outlives its call can still be read`() throws {
        struct Keeper: Decodable {
            let kept: any Decoder
            init(from decoder: any Decoder) { kept = decoder }
        }
        let keeper = try Self.decode(Keeper.self, #"{"a":7}"#)
        #expect(try Named(from: keeper.kept) == Named(a: 7))
    }

    @Test func `a refusal repeats nothing of the text`() {
        for text in [#"{"a":"王小明"}"#, #"{"b":"王小明""#, #"{"a":"王小明\x"}"#, #"["王小明"]"#] {
            do {
                _ = try Self.decode(Named.self, text)
                Issue.record("must be refused")
            } catch {
                #expect(!"\(error)".contains("王小明"))
            }
        }
    }

    // MARK: Stricter than Foundation, where our encoder never writes

    @Test func `stricter: a whole number written with a fraction or exponent has at most 40 bytes`() {
        let short = "1." + String(repeating: "0", count: 38)
        let (expected, actual) = JSONOracle<Int>().outcomes(Data(short.utf8))
        #expect(expected == .value(1) && actual == .value(1))
        let (lenient, strict) = JSONOracle<Int>().outcomes(Data((short + "0").utf8))
        #expect(lenient == .value(1) && strict == .refused(kind: "corrupted", path: []))
    }

    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian, .utf16])
    func `stricter: the bytes are UTF-8 and no other encoding`(encoding: String.Encoding) throws {
        let bytes = try #require(#"{"a":1}"#.data(using: encoding))
        let (lenient, strict) = JSONOracle<Named>().outcomes(bytes)
        #expect(lenient == .value(Named(a: 1)) && strict == .refused(kind: "corrupted", path: []))
    }

    @Test func `stricter: a superclass's members must be there`() {
        struct Child: Decodable, Equatable {
            enum CodingKeys: CodingKey { case a }
            let hasParent: Bool
            init(from decoder: any Decoder) throws {
                let container = try decoder.container(keyedBy: CodingKeys.self)
                hasParent = try !container.superDecoder().singleValueContainer().decodeNil()
            }
        }
        JSONOracle<Child>().expectAgreement(Data(#"{"super":{"a":1}}"#.utf8))
        let (lenient, strict) = JSONOracle<Child>().outcomes(Data("{}".utf8))
        #expect(!lenient.isRefusal && strict == .refused(kind: "key super", path: []))
    }
}
