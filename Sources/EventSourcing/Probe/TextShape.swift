/// How the texts of a value are written, for the description of the interface.
package struct TextShape: Hashable, Sendable {
    /// A word of JSON Schema such as `uuid` or `date-time`; nothing where only a pattern says it.
    package let format: String?
    /// An ECMA-262 pattern that exactly the valid texts fit; nothing where a format says it.
    package let pattern: String?
    /// A valid text.
    package let example: String

    package init(format: String, example: String) {
        self.format = format
        pattern = nil
        self.example = example
    }

    package init(pattern: String, example: String) {
        format = nil
        self.pattern = pattern
        self.example = example
    }

    /// The shape of a text that is told in words only.
    fileprivate init(example: String) {
        format = nil
        pattern = nil
        self.example = example
    }
}

extension TextCodable {
    /// Without a shape of its own the first word of the form that is a valid text serves as example.
    package static var textShape: TextShape {
        let words = textForm.split { " ,".contains($0) }.map(String.init)
        return TextShape(example: words.first { Self($0) != nil } ?? "")
    }
}
