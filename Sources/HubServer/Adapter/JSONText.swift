import EventSourcing
import FoundationEssentials

/// JSON as one line of text.
struct JSONText: CustomStringConvertible {
    private let value: JSONValue

    init(_ value: JSONValue) {
        self.value = value
    }

    var description: String {
        (try? EventJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
}
