import EventSourcing
import RuleBook

/// One thing in which rule files and a log differ.
package struct RuleDifference: Hashable, Sendable {
    /// How they differ.
    package enum Kind: String, Codable, Sendable {
        /// In the files, not in the log: publishing adds it.
        case added
        /// A newer version than the log's: publishing adds it.
        case newVersion
        /// The log has this version with other content: it cannot be published so.
        case changedInPlace
        /// In the log, not in the files: publishing leaves it in force.
        case onlyInLog
    }

    package let kind: Kind
    /// Name of the section, `policyItems`.
    package let section: String
    package let subject: String
    package let version: Int
    /// Where it stands; nothing for what only the log has.
    package let place: RulePlace?
    /// The properties that differ from the log's newest version, sorted.
    package let changed: [String]

    init(kind: Kind, of command: RuleBookCommand, at place: RulePlace?, changed: [String] = []) {
        self.kind = kind
        section = command.section
        subject = command.subject
        version = command.version
        self.place = place
        self.changed = changed
    }

    /// What a log has laid down and files do not mention.
    static func onlyInLog(_ log: RuleBook, files: RuleSet) -> [RuleDifference] {
        let inFiles = Set(files.commands.map { "\($0.section)/\($0.subject)" })
        let commands =
            log.departments.map(RuleBookCommand.registerDepartment)
            + log.towns.map(RuleBookCommand.registerTown)
            + log.departments.compactMap { log.succession(of: $0.code) }.map(RuleBookCommand.succeedDepartment)
            + log.policyItems.map(RuleBookCommand.publishPolicyItem)
            + log.policyItems.compactMap { log.retirement(of: $0.code) }.map(RuleBookCommand.retirePolicyItem)
            + log.tasks.map(RuleBookCommand.reviseDispatchCatalog)
            + log.deadlineRules.map(RuleBookCommand.publishDeadlineRule)
            + (log.calendarDocument.map { [RuleBookCommand.publishCalendar($0)] } ?? [])
        return commands.filter { !inFiles.contains("\($0.section)/\($0.subject)") }
            .map { RuleDifference(kind: .onlyInLog, of: $0, at: nil) }
    }

    /// The properties in which two publications of one thing differ, but for the version.
    static func members(of command: RuleBookCommand, otherThan other: RuleBookCommand) -> [String] {
        let mine = content(of: command)
        let theirs = content(of: other)
        return Set(mine.keys).union(theirs.keys).subtracting(["version"]).filter { mine[$0] != theirs[$0] }.sorted()
    }

    private static func content(of command: RuleBookCommand) -> [String: JSONValue] {
        guard case .object(let outer) = JSONValue(encoding: command), case .object(let members)? = outer.values.first
        else { return [:] }
        return members
    }
}

extension RuleBook {
    /// The newest publication of the same thing; nothing when there is none, or it has no versions.
    func newest(like command: RuleBookCommand) -> RuleBookCommand? {
        switch command {
        case .createHub, .registerDepartmentKeys, .changePostHolder, .succeedDepartment, .retirePolicyItem,
            .publishCalendar:
            nil
        case .registerDepartment(let department):
            self.department(department.code).map(RuleBookCommand.registerDepartment)
        case .registerTown(let town): self.town(town.code).map(RuleBookCommand.registerTown)
        case .publishPolicyItem(let item): policyItem(item.code).map(RuleBookCommand.publishPolicyItem)
        case .reviseDispatchCatalog(let task): self.task(task.code).map(RuleBookCommand.reviseDispatchCatalog)
        case .publishDeadlineRule(let rule): deadlineRule(rule.id).map(RuleBookCommand.publishDeadlineRule)
        }
    }
}
