import Casework
import EventSourcing
package import RuleBook

/// Checks rule files without publishing them: alone, and against what a log has laid down.
package struct RuleCheck: Sendable {
    /// Sorted by section and subject.
    package private(set) var differences: [RuleDifference] = []
    /// Every path, proved to keep the promise.
    package private(set) var paths: [RulePath] = []
    /// The rule book as it would be after publishing.
    package private(set) var result: RuleBook

    /// Whether publishing would change nothing.
    package var isSame: Bool { !differences.contains { $0.kind != .onlyInLog } }

    /// Compares and proves.
    ///
    /// - Parameter log: The rule book of a log; an empty one checks the files alone.
    /// - Throws: ``RuleFileError`` for what the rule book refuses, a path without a rule, or one that overruns the promise.
    package init(_ set: RuleSet, against log: RuleBook = RuleBook()) throws(RuleFileError) {
        var findings = RuleFindings()
        self = Self(set, against: log, findings: &findings)
        if let first = findings.first { throw first }
    }

    /// Compares and proves, and gathers everything wrong.
    package init(_ set: RuleSet, against log: RuleBook, findings: inout RuleFindings) {
        result = log
        for entry in set.entries { take(entry, log, &findings) }
        differences += RuleDifference.onlyInLog(log, files: set)
        differences.sort {
            ($0.section, $0.subject, $0.version) < ($1.section, $1.subject, $1.version)
        }
        findPathMistakes(set, &findings)
        for defect in result.defects {
            // What an unreadable task serves is not known.
            if case .itemWithoutTask = defect, findings.hasSpoilt(in: "catalogue") { continue }
            let (section, name) = defect.subject
            guard let code = RuleFileError.Code(rawValue: defect.code) else { continue }
            findings.add(
                RuleFileError(
                    code, at: Self.place(of: name, in: set, section: section), defect.sentence,
                    remedy: defect.remedy))
        }
    }

    private mutating func take(_ entry: RuleFile.Entry, _ log: RuleBook, _ findings: inout RuleFindings) {
        let command = entry.command
        do throws(RuleBookRefusal) {
            let decided = try result.decide(command)
            guard !decided.isEmpty else { return }
            let newest = log.newest(like: command)
            for event in decided { result.evolve(with: event.event) }
            differences.append(
                RuleDifference(
                    kind: newest == nil ? .added : .newVersion, of: command, at: entry.place,
                    changed: newest.map { RuleDifference.members(of: command, otherThan: $0) } ?? []))
        } catch {
            if case .versionPublishedWithOtherContent = error {
                let newest = log.newest(like: command)
                differences.append(
                    RuleDifference(
                        kind: .changedInPlace, of: command, at: entry.place,
                        changed: newest.map { RuleDifference.members(of: command, otherThan: $0) } ?? []))
            }
            let isConsequence = findings.explains(error, of: command)
            findings.spoil(command.section, command.subject)
            guard !isConsequence else { return }
            findings.add(RuleSet.error(error, at: entry.place))
        }
    }

    private mutating func findPathMistakes(_ set: RuleSet, _ findings: inout RuleFindings) {
        do throws(RulePath.MissingRule) {
            paths = try RulePath.all(in: result)
        } catch {
            guard !findings.isSpoilt("deadlines", error.name) else { return }
            findings.add(
                RuleFileError(
                    .missingRule, at: Self.place(of: "case.exit", in: set),
                    Label(
                        "缺少时限 \(error.name)，无法证明 20 日承诺。",
                        "There is no limit \(error.name), so the promise cannot be proved."),
                    remedy: Label("补上 \(error.name)。", "Add \(error.name).")))
            return
        }
        let usual = paths.filter { $0.task == nil && $0.overruns }
        // A task without a limit of its own overruns where the usual path does, which is told once.
        let own = paths.filter { path in
            path.task != nil && path.overruns && !usual.contains { $0.name == path.name && $0.sum == path.sum }
        }
        let byTask = Dictionary(grouping: usual + own) { $0.task?.description ?? "" }
        for (_, overrunning) in byTask.sorted(by: { $0.key < $1.key }) {
            guard let worst = overrunning.max(by: { $0.workingDays < $1.workingDays }) else { continue }
            findings.add(Self.overrun(worst, set))
        }
    }

    private static func overrun(_ worst: RulePath, _ set: RuleSet) -> RuleFileError {
        let task = worst.task.map { " (\($0))" } ?? ""
        return RuleFileError(
            .pathOverruns, at: place(of: worst.task?.description ?? "case.exit", in: set),
            Label(
                "\(worst.name.chinese)\(task)：\(worst.sum) = \(worst.workingDays) 个工作日，超过承诺的 \(worst.promised) 个。",
                "The path \(worst.name.english)\(task) takes \(worst.sum) = \(worst.workingDays) working days, "
                    + "more than the \(worst.promised) promised."),
            remedy: Label("缩短其中一个时限。", "Shorten one of its limits."))
    }

    private static func place(of subject: String, in set: RuleSet, section: String? = nil) -> RulePlace {
        set.entries.last { entry in
            entry.command.subject == subject && (section == nil || entry.command.section == section)
        }?.place ?? set.entries.first?.place ?? RulePlace(file: "")
    }
}

extension RuleBookCommand {
    /// The section of a rule file it stands in.
    var section: String {
        switch self {
        case .createHub: "hub"
        case .registerDepartment: "departments"
        case .registerDepartmentKeys: "departmentKeys"
        case .registerTown: "towns"
        case .changePostHolder: "holders"
        case .succeedDepartment: "successions"
        case .publishPolicyItem: "policyItems"
        case .retirePolicyItem: "retirements"
        case .reviseDispatchCatalog: "catalogue"
        case .publishDeadlineRule: "deadlines"
        case .publishCalendar: "calendar"
        }
    }
}
