/// An event's place in the whole log: 1, 2, 3 … without gaps.
package struct Position: Hashable, Comparable, Sendable, Codable {
    /// The number; 0 stands before the first event.
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    /// Before the first event.
    package static let start = Position(0)

    /// The place after this one.
    package var next: Position { Position(number + 1) }

    package static func < (left: Self, right: Self) -> Bool {
        left.number < right.number
    }

    package init(from decoder: any Decoder) throws {
        number = try decoder.singleValueContainer().decode(UInt64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(number)
    }
}

extension Position: CustomStringConvertible {
    package var description: String { String(number) }
}
