/// A value that is one JSON string in every stored and sent form.
package protocol TextCodable: Codable, LosslessStringConvertible, Sendable {
    /// What a valid text looks like, for the sentence a caller gets when theirs is not.
    static var textForm: String { get }
    /// The same for programs; given by each type the API takes.
    static var textShape: TextShape { get }
}

extension TextCodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be \(Self.textForm)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
