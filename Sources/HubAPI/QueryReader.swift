import EventSourcing
import Hummingbird

/// Reads the query of one request strictly: each parameter known, at most once, and of its form.
struct QueryReader {
    private let values: [String: String]

    /// - Throws: ``ProblemDetails`` for a parameter the operation does not have, or one given twice.
    init(_ request: Request, for operation: Operation) throws(ProblemDetails) {
        let known = operation.queryParameters.map(\.name)
        var values: [String: String] = [:]
        for (name, value) in request.uri.queryParameters {
            guard known.contains(String(name)) else {
                throw .invalidParameter(
                    "query", mustBe: known.isEmpty ? "empty" : "made of \(known.joined(separator: ", "))")
            }
            guard values.updateValue(String(value), forKey: String(name)) == nil else {
                throw .invalidParameter(String(name), mustBe: "given once")
            }
        }
        self.values = values
    }

    /// The text of a parameter, if it was given.
    func text(_ name: String) -> String? { values[name] }

    /// A value with a written form.
    func value<Value: LosslessStringConvertible>(
        _ name: String, as _: Value.Type, form: String
    ) throws(ProblemDetails) -> Value? {
        guard let text = values[name] else { return nil }
        // Swift reads +5 and 007 as numbers, a query does not.
        guard let value = Value(text), !(value is any FixedWidthInteger) || value.description == text else {
            throw .invalidParameter(name, mustBe: form)
        }
        return value
    }

    /// Values of a closed set, separated by commas.
    func set<Value: RawRepresentable<String> & CaseIterable & Hashable>(
        _ name: String, of _: Value.Type
    ) throws(ProblemDetails) -> Set<Value> {
        guard let text = values[name] else { return [] }
        var set: Set<Value> = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = Value(rawValue: String(part)) else {
                throw .invalidParameter(
                    name, mustBe: "one of " + Value.allCases.map(\.rawValue).joined(separator: ", "))
            }
            set.insert(value)
        }
        return set
    }

    /// A place in the log: JSON numbers end at 2⁶³, positions never get there.
    func position(_ name: String) throws(ProblemDetails) -> Position? {
        let form = "a position, a whole number such as 42"
        guard let number = try value(name, as: Int64.self, form: form) else { return nil }
        guard let position = UInt64(exactly: number) else { throw .invalidParameter(name, mustBe: form) }
        return Position(position)
    }

    /// How many rows a page may have.
    func limit(standard: Int = 100) throws(ProblemDetails) -> Int {
        guard let limit = try value("limit", as: Int.self, form: "1 through 500") else { return standard }
        guard (1...500).contains(limit) else { throw .invalidParameter("limit", mustBe: "1 through 500") }
        return limit
    }
}
