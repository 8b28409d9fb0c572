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
    package func print(
        _ rule: String, start: String, conditions: DueConditions, to console: Console
    ) throws(CommandFailure) {
        let book = try book()
        do throws(DueQuestion.Refusal) {
            let answer = try DueQuestion(rule: rule, start: start, conditions: conditions).answer(from: book)
            for line in answer.lines { console.say(line) }
            console.result(answer)
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Works through a file of worked examples and prints a line for each that comes out otherwise.
    ///
    /// - Throws: ``CommandFailure`` `defect` (exit 1) when any does, `badInput` when the file cannot be read.
    package func check(vectors path: String, to console: Console) throws(CommandFailure) {
        let file = try DueVectorFile(path: path)
        guard let calendar = try book().calendarDocument else { throw CommandFailure(DueQuestion.Refusal.noCalendar) }
        let check = DueVectorCheck(file, calendar: calendar)
        let differences = check.differences
        for line in differences { console.say(line) }
        console.result(DueVectorOutcome(examples: check.count, differences: differences))
        guard differences.isEmpty else {
            throw CommandFailure(
                .defect, code: "due.vectorsDiffer", field: path, chinese: "\(check.count) 例中有 \(differences.count) 处不符",
                english: "\(differences.count) differences in \(check.count) worked examples",
                remedy: "核对示例与日历版本 / compare the examples with the calendar's version")
        }
        console.say("\(check.count) 例全部相符 – all \(check.count) worked examples come out as written")
    }

    private func book() throws(CommandFailure) -> RuleBook {
        do throws(RuleFileError) {
            return try RuleSet(path: rules).applied()
        } catch {
            throw CommandFailure(error)
        }
    }
}

private struct DueVectorOutcome: Encodable {
    let examples: Int
    let differences: [String]
}

extension CommandFailure {
    /// A question about a due date that has no answer.
    package init(_ error: DueQuestion.Refusal) {
        self.init(
            .badInput, code: error.code, field: error.field, chinese: error.sentence.chinese,
            english: error.sentence.english, remedy: "\(error.sentence.chinese) / \(error.sentence.english)")
    }
}
