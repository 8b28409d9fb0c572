import EventSourcing

extension JSONValue {
    /// The elements, or none when it is no list.
    var elements: [JSONValue] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The whole number, if it is one.
    var number: Int64? {
        if case .integer(let number) = self { number } else { nil }
    }
}
