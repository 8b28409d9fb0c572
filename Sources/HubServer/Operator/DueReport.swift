import RuleBook

/// Reckons one due date from the rule files, with its explanation.
package struct DueReport: Sendable {
    private let rules: String

    package init(rules: String) {
        self.rules = rules
    }

    /// Prints the date and the days counted.
    ///
    /// - Throws: ``CommandFailure`` naming the argument that is wrong.
    package func print(_ rule: String, start: String, to console: Console) throws(CommandFailure) {
        let book: RuleBook
        do throws(RuleFileError) {
            book = try RuleSet(path: rules).applied()
        } catch {
            throw CommandFailure(error)
        }
        do throws(DueQuestion.Refusal) {
            let answer = try DueQuestion(rule: rule, start: start).answer(from: book)
            for line in answer.lines { console.say(line) }
            console.result(answer)
        } catch {
            throw CommandFailure(
                .badInput, code: error.code, field: error.field, chinese: error.sentence.chinese,
                english: error.sentence.english, remedy: "\(error.sentence.chinese) / \(error.sentence.english)")
        }
    }
}
