import EventSourcing
package import Foundation
package import Testing

/// What came of decoding: a value, or in what way and where the bytes were refused.
package enum JSONOutcome<Value: Equatable>: Equatable {
    case value(Value)
    case refused(kind: String, path: [String])

    /// Runs one decoding.
    package init(_ decode: () throws -> Value) {
        do {
            self = .value(try decode())
        } catch DecodingError.typeMismatch(let type, let context) {
            self = .refused(kind: "type \(type)", path: Self.names(context.codingPath))
        } catch DecodingError.valueNotFound(let type, let context) {
            self = .refused(kind: "null \(type)", path: Self.names(context.codingPath))
        } catch DecodingError.keyNotFound(let key, let context) {
            self = .refused(kind: "key \(key.stringValue)", path: Self.names(context.codingPath))
        } catch DecodingError.dataCorrupted(let context) {
            self = .refused(kind: "corrupted", path: Self.names(context.codingPath))
        } catch {
            self = .refused(kind: "\(type(of: error))", path: [])
        }
    }

    private static func names(_ path: [any CodingKey]) -> [String] {
        path.map { $0.stringValue }
    }

    /// Whether there is no value.
    package var isRefusal: Bool {
        switch self {
        case .value: false
        case .refused: true
        }
    }
}

/// Foundation's `JSONDecoder` as the judge over ``EventJSON``.
package struct JSONOracle<Value: Decodable & Equatable> {
    /// Whether the first of several faults is the same for both; a dictionary's members come in no order in Foundation.
    private let hasOrder: Bool

    package init(hasOrder: Bool = true) {
        self.hasOrder = hasOrder
    }

    /// Whether both read the bytes alike: the same value, or the same refusal at the same place.
    package func agrees(_ bytes: Data) -> Bool {
        if Self.looksLikeAnotherEncoding(bytes) {
            return JSONOutcome { try EventJSON.decode(Value.self, from: bytes) }.isRefusal
        }
        let (expected, actual) = outcomes(bytes)
        return expected == actual || !hasOrder && expected.isRefusal && actual.isRefusal
    }

    /// Foundation takes such bytes for UTF-16 or UTF-32; in UTF-8 no JSON starts with them.
    private static func looksLikeAnotherEncoding(_ bytes: Data) -> Bool {
        bytes.prefix(4).contains(0) || bytes.starts(with: [0xfe, 0xff]) || bytes.starts(with: [0xff, 0xfe])
    }

    /// What each of them makes of the bytes.
    package func outcomes(_ bytes: Data) -> (expected: JSONOutcome<Value>, actual: JSONOutcome<Value>) {
        (
            JSONOutcome { try JSONDecoder().decode(Value.self, from: bytes) },
            JSONOutcome { try EventJSON.decode(Value.self, from: bytes) }
        )
    }

    /// Records an issue when they differ.
    package func expectAgreement(_ bytes: Data, sourceLocation: SourceLocation = #_sourceLocation) {
        guard !agrees(bytes) else { return }
        let (expected, actual) = outcomes(bytes)
        let text = String(decoding: bytes.prefix(300), as: UTF8.self)
        Issue.record(
            "\(Value.self): Foundation \(expected), ours \(actual), for \(text) (\(bytes.base64EncodedString().prefix(400)))",
            sourceLocation: sourceLocation)
    }
}
