import EventSourcing
import Foundation
import HubTesting
import Testing

/// What the log stores is what Foundation would write, byte for byte.
@Suite struct JSONWriterTests {
    private static func foundation(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func ours(_ value: some Encodable) throws -> String {
        String(decoding: try EventJSON.encode(value), as: UTF8.self)
    }

    private func expectSame(_ value: some Encodable) throws {
        #expect(try Self.ours(value) == Self.foundation(value))
    }

    @Test func `every character is written as in Foundation`() throws {
        for scalar in (0...0x2FFF).compactMap(Unicode.Scalar.init) {
            try expectSame("a\(Character(scalar))b")
            try expectSame([String(Character(scalar)): "\(Character(scalar))"])
        }
        try expectSame(["", "/", "\u{2028}", "👵🏻", "e\u{301}", String(repeating: "长者", count: 5000)])
    }

    @Test func `every number is written as in Foundation`() throws {
        try expectSame([Int.min, .max, 0, -1, 1_000_000_007])
        try expectSame([UInt64.max, 0])
        try expectSame([Int8.min, .max])
        try expectSame([UInt8](0...255))
        try expectSame([Int16.min, .max])
        try expectSame([UInt16.max])
        try expectSame([Int32.min, .max])
        try expectSame([UInt32.max])
        try expectSame([0.0, -0.0, 1, -1.5, 0.1, 1e20, 1e-9, 1e300, .pi, .leastNonzeroMagnitude, 123_456_789.0])
        try expectSame([Float(0.1), 1e10, 3])
        try expectSame([Decimal(string: "12.340"), Decimal(-7)])
        for wrong in [Double.nan, .infinity, -.infinity] {
            #expect(throws: EncodingError.self) { try EventJSON.encode(["x": wrong]) }
        }
    }

    private enum Shade: String, Codable { case light, dark }

    private struct Everything: Encodable {
        var zebra = 1
        var apple: String? = "一"
        var none: Int?
        var flag = true
        var bytes = Data([0, 255, 16])
        var link = URL(string: "https://a.example/b?c=d/e")
        var shade = Shade.dark
        var shades: [Shade?] = [.light, nil, .dark]
        var numbered: [Int: String] = [10: "ten", 9: "nine"]
        var named: [String: [String: Int]] = ["b": ["y": 1, "x": 2], "": [:], "a": [:]]
        var pairs: [Shade: Int] = [.light: 1]
        var nested: [[Int]] = [[], [1], [2, 3]]
        var empty = Nothing()
        var moment = Date(timeIntervalSinceReferenceDate: 12.5)
    }

    private struct Nothing: Encodable {}

    @Test func `values of every shape are written as in Foundation`() throws {
        try expectSame(Everything())
        try expectSame([Everything(), Everything(apple: nil)])
        try expectSame(Nothing())
        try expectSame(String?.none)
        try expectSame(Shade.light)
        try expectSame([String: Int]())
        try expectSame([Int]())
    }

    /// Uses what synthesized code never does: containers filled out of order, a key twice, a member that fails.
    private struct Unruly: Encodable {
        enum Key: String, CodingKey { case late, early, twice, failing, list, own }

        struct Failing: Encodable {
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(1, forKey: .early)
                throw CancellationError()
            }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            var late = container.nestedContainer(keyedBy: Key.self, forKey: .late)
            var list = container.nestedUnkeyedContainer(forKey: .list)
            try container.encode("first", forKey: .twice)
            try? container.encode(Failing(), forKey: .failing)
            try late.encode(2, forKey: .own)
            var inner = list.nestedContainer(keyedBy: Key.self)
            try list.encode("after")
            try inner.encode(3, forKey: .twice)
            try late.encode(1, forKey: .early)
            try list.superEncoder().singleValueContainer().encodeSelf("above")
            try container.encode("second", forKey: .twice)
            try container.superEncoder().unkeyedContainer().encodeAll([1, 2])
            try container.superEncoder(forKey: .own).singleValueContainer().encodeSelf(nil)
            var again = encoder.container(keyedBy: Key.self)
            try again.encode(false, forKey: .early)
        }
    }

    @Test func `containers filled in any order, a key twice and a member that fails are as in Foundation`() throws {
        try expectSame(Unruly())
        try expectSame(["b": [Unruly()], "a": [Unruly(), Unruly()]])
    }

    @Test func `any value is written as in Foundation and read back as it was`() throws {
        var generator = SeededGenerator.printed()
        for _ in 0..<400 {
            let value = Self.any(&generator, depth: 5)
            try expectSame(value)
            #expect(try EventJSON.decode(JSONValue.self, from: EventJSON.encode(value)) == value)
        }
    }

    private static func any(_ generator: inout SeededGenerator, depth: Int) -> JSONValue {
        func text() -> String {
            let scalars = (0..<Int.random(in: 0...9, using: &generator)).compactMap { _ in
                Unicode.Scalar(
                    UInt32.random(in: 0...(Bool.random(using: &generator) ? 0x7F : 0x1F9FF), using: &generator))
            }
            return String(String.UnicodeScalarView(scalars))
        }
        switch Int.random(in: 0..<(depth == 0 ? 4 : 7), using: &generator) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: .min ... .max, using: &generator))
        case 3: return .string(text())
        case 4:
            return .array((0..<Int.random(in: 0...5, using: &generator)).map { _ in any(&generator, depth: depth - 1) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                members[text()] = any(&generator, depth: depth - 1)
            }
            return .object(members)
        }
    }
}

extension SingleValueEncodingContainer {
    fileprivate func encodeSelf(_ text: String?) throws {
        var container = self
        try container.encode(text)
    }
}

extension UnkeyedEncodingContainer {
    fileprivate func encodeAll(_ numbers: [Int]) throws {
        var container = self
        for number in numbers { try container.encode(number) }
    }
}
