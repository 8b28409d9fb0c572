/// The language of a terminal board; Chinese is the first.
package enum BoardLanguage: String, CaseIterable, Sendable {
    case chinese = "zh"
    case english = "en"

    func text(_ chinese: String, _ english: String) -> String {
        switch self {
        case .chinese: chinese
        case .english: english
        }
    }
}
