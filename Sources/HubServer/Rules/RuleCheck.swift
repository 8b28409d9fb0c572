import EventSourcing
package import RuleBook

/// Checks rule files without publishing them: alone, and against what a log has laid down.
package struct RuleCheck: Sendable {
    /// One thing in which files and log differ.
    package struct Difference: Hashable, Sendable {
        /// How they differ.
        package enum Kind: String, Codable, Sendable {
            /// In the files, not in the log: publishing adds it.
            case added
            /// A newer version than the log's: publishing adds it.
            case newVersion
            /// In the log, not in the files: publishing leaves it in force.
            case onlyInLog
        }

        package let kind: Kind
        /// `departments`, `policyItems`, `catalogue`, `deadlines` or `calendar`.
        package let section: String
        package let subject: String
        package let version: Int
        /// Where it stands; nothing for what only the log has.
        package let place: RulePlace?
    }

    /// Sorted by section and subject.
    package let differences: [Difference]
    /// Every path, proved to keep the promise.
    package let paths: [RulePath]
    /// The rule book as it would be after publishing.
    package let result: RuleBook

    /// Whether publishing would change nothing.
    package var isSame: Bool { !differences.contains { $0.kind != .onlyInLog } }

    /// Compares and proves.
    ///
    /// - Parameter log: The rule book of a log; an empty one checks the files alone.
    /// - Throws: ``RuleFileError`` for what the rule book refuses, a path without a rule, or one that overruns the promise.
    package init(_ set: RuleSet, against log: RuleBook = RuleBook()) throws(RuleFileError) {
        var book = log
        var differences: [Difference] = []
        for entry in set.entries {
            let decided = try RuleSet.decide(entry, in: book)
            guard !decided.isEmpty else { continue }
            for event in decided { book.evolve(with: event.event) }
            differences.append(
                Difference(
                    kind: entry.command.version > 1 ? .newVersion : .added, section: entry.command.section,
                    subject: entry.command.subject, version: entry.command.version, place: entry.place))
        }
        differences += Self.onlyInLog(log, files: set)
        self.differences = differences.sorted {
            ($0.section, $0.subject, $0.version) < ($1.section, $1.subject, $1.version)
        }
        result = book
        paths = try Self.provedPaths(in: book, set: set)
    }

    private static func onlyInLog(_ log: RuleBook, files: RuleSet) -> [Difference] {
        let inFiles = Set(files.commands.map { "\($0.section)/\($0.subject)" })
        let commands =
            log.departments.map(RuleBookCommand.registerDepartment)
            + log.policyItems.map(RuleBookCommand.publishPolicyItem)
            + log.tasks.map(RuleBookCommand.reviseDispatchCatalog)
            + log.deadlineRules.map(RuleBookCommand.publishDeadlineRule)
            + (log.calendarDocument.map { [RuleBookCommand.publishCalendar($0)] } ?? [])
        return commands.filter { !inFiles.contains("\($0.section)/\($0.subject)") }.map { command in
            Difference(
                kind: .onlyInLog, section: command.section, subject: command.subject, version: command.version,
                place: nil)
        }
    }

    private static func provedPaths(in book: RuleBook, set: RuleSet) throws(RuleFileError) -> [RulePath] {
        let paths: [RulePath]
        do {
            paths = try RulePath.all(in: book)
        } catch {
            throw RuleFileError(
                .missingRule, at: place(of: "case.exit", in: set),
                Label(
                    "缺少时限 \(error.name)，无法证明 20 日承诺。",
                    "There is no limit \(error.name), so the promise cannot be proved."),
                remedy: Label("补上 \(error.name)。", "Add \(error.name)."))
        }
        guard let worst = paths.filter(\.overruns).max(by: { $0.workingDays < $1.workingDays }) else { return paths }
        let task = worst.task.map { " (\($0))" } ?? ""
        throw RuleFileError(
            .pathOverruns, at: place(of: worst.task?.description ?? "case.exit", in: set),
            Label(
                "\(worst.name.chinese)\(task)：\(worst.sum) = \(worst.workingDays) 个工作日，超过承诺的 \(worst.promised) 个。",
                "The path \(worst.name.english)\(task) takes \(worst.sum) = \(worst.workingDays) working days, "
                    + "more than the \(worst.promised) promised."),
            remedy: Label("缩短其中一个时限。", "Shorten one of its limits."))
    }

    private static func place(of subject: String, in set: RuleSet) -> RulePlace {
        set.entries.last { $0.command.subject == subject }?.place
            ?? set.entries.first?.place ?? RulePlace(file: "")
    }
}

extension RuleBookCommand {
    /// The section of a rule file it stands in.
    var section: String {
        switch self {
        case .createHub: "hub"
        case .registerDepartment: "departments"
        case .registerDepartmentKeys: "departmentKeys"
        case .publishPolicyItem: "policyItems"
        case .reviseDispatchCatalog: "catalogue"
        case .publishDeadlineRule: "deadlines"
        case .publishCalendar: "calendar"
        }
    }
}
