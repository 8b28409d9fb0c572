/// What short official texts must be: clauses, bases and file numbers, never words about a person.
enum Wording {
    /// Whether a text has 1 to 200 characters and more than spaces.
    static func isSentence(_ text: String) -> Bool {
        (1...200).contains(text.count) && text.contains { !$0.isWhitespace }
    }
}
