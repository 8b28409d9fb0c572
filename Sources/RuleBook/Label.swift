/// A name for people, in Chinese first and in English too.
package struct Label: Codable, Hashable, Sendable {
    package var chinese: String
    package var english: String

    package init(_ chinese: String, _ english: String) {
        self.chinese = chinese
        self.english = english
    }

    private enum CodingKeys: String, CodingKey {
        case chinese = "zh"
        case english = "en"
    }
}
