import RuleBook

/// What is to be said of rule files: their mistakes, what they change, whether the promise is kept.
struct RuleReport: Encodable {
    /// One mistake, with its place and what to do.
    struct Mistake: Encodable {
        let code: String
        let file: String
        let line: Int?
        let key: String
        let chinese: String
        let english: String
        let remedyChinese: String
        let remedyEnglish: String

        init(_ error: RuleFileError) {
            code = error.code.rawValue
            file = error.place.file
            line = error.place.line
            key = error.place.key
            chinese = error.sentence.chinese
            english = error.sentence.english
            remedyChinese = error.remedy.chinese
            remedyEnglish = error.remedy.english
        }
    }

    struct Difference: Encodable {
        let kind: String
        let section: String
        let subject: String
        let version: Int
        let place: String?
        let changed: [String]

        init(_ difference: RuleDifference) {
            kind = difference.kind.rawValue
            section = difference.section
            subject = difference.subject
            version = difference.version
            place = difference.place.map { "\($0)" }
            changed = difference.changed
        }
    }

    struct Path: Encodable {
        let name: String
        let task: String?
        let days: String
        let total: Int
        let promised: Int
    }

    let entries: Int
    /// Whether publishing would change nothing; nothing when there is no log to compare with.
    let same: Bool?
    let mistakes: [Mistake]
    let differences: [Difference]
    let paths: [Path]
    private let errors: [RuleFileError]
    private let commands: RuleSet

    private enum CodingKeys: String, CodingKey {
        case entries, same, mistakes, differences, paths
    }

    /// Reads and proves the files of a path.
    ///
    /// - Parameter book: The rules of the log to compare with.
    init(path: String, against book: RuleBook?) {
        var findings = RuleFindings()
        commands = RuleSet(path: path, findings: &findings)
        let check = RuleCheck(commands, against: book ?? RuleBook(), findings: &findings)
        errors = findings.errors
        entries = commands.entries.count
        same = book == nil ? nil : check.isSame
        mistakes = errors.map(Mistake.init)
        differences = book == nil ? [] : check.differences.map(Difference.init)
        paths = check.paths.map { path in
            Path(
                name: path.name.chinese, task: path.task?.description, days: path.sum, total: path.workingDays,
                promised: path.promised)
        }
    }

    /// The sound entries, in the order in which they can be published.
    var set: RuleSet { commands }

    /// The mistakes as one failure: the first with its place, and how many there are; nothing when there is none.
    var failure: CommandFailure? {
        guard let first = errors.first else { return nil }
        guard errors.count > 1 else { return CommandFailure(first) }
        return CommandFailure(
            .badInput, code: first.code.rawValue, field: "\(first.place)",
            chinese: "规则文件有 \(errors.count) 处错误；第一处：\(first.sentence.chinese)",
            english: "the rule files have \(errors.count) mistakes; the first: \(first.sentence.english)",
            remedy: "\(first.remedy.chinese) / \(first.remedy.english)")
    }

    func print(to console: Console) {
        for error in errors {
            console.say("\(error.place) (\(error.code.rawValue))")
            console.say("  \(error.sentence.chinese) \(error.sentence.english)")
            console.say("  → \(error.remedy.chinese) \(error.remedy.english)")
        }
        if errors.isEmpty {
            console.say("规则 \(entries) 条,读得通 – \(entries) entries, all of them sound")
            for path in paths where path.task == nil {
                console.say("  \(path.name) \(path.days) = \(path.total) ≤ \(path.promised) 个工作日 working days")
            }
        }
        for difference in differences {
            let place = difference.place.map { " \($0)" } ?? ""
            let changed = difference.changed.isEmpty ? "" : " (\(difference.changed.joined(separator: ", ")))"
            console.say(
                "  \(difference.kind): \(difference.section) \(difference.subject) v\(difference.version)\(changed)\(place)"
            )
        }
        console.result(self)
    }
}
