import EventSourcing
import Foundation
package import RuleBook
import WorkingCalendar

/// The rules of a folder or of one file, in the order in which they can be published.
package struct RuleSet: Sendable {
    package let entries: [RuleFile.Entry]

    /// The publications, oldest version first: departments, items, catalogue, limits, calendar.
    package var commands: [RuleBookCommand] { entries.map(\.command) }

    /// Reads one file, or every `.yaml`, `.yml` and `.json` of a folder in the order of their names.
    ///
    /// - Throws: ``RuleFileError`` for the first thing wrong; nothing is published half.
    package init(path: String) throws(RuleFileError) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw RuleFileError(
                .unreadable, at: RulePlace(file: path), Label("没有这个文件或目录。", "There is no such file or folder."),
                remedy: Label("检查路径。", "Check the path."))
        }
        guard isFolder.boolValue else {
            try self.init([try RuleFile(contentsOf: path)])
            return
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
            .filter { name in [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } }
        guard !names.isEmpty else {
            throw RuleFileError(
                .empty, at: RulePlace(file: path), Label("目录中没有规则文件。", "The folder holds no rule file."),
                remedy: Label("放入 .yaml 文件。", "Put .yaml files into it."))
        }
        var files: [RuleFile] = []
        for name in names { files.append(try RuleFile(contentsOf: "\(path)/\(name)")) }
        try self.init(files)
    }

    /// Puts files together.
    ///
    /// - Throws: ``RuleFileError`` when two of their entries are versions of one thing and overlap.
    package init(_ files: [RuleFile]) throws(RuleFileError) {
        let ordered = files.flatMap(\.entries).sorted { left, right in
            (left.command.rank, left.command.subject, left.command.version)
                < (right.command.rank, right.command.subject, right.command.version)
        }
        for (before, after) in zip(ordered, ordered.dropFirst()) where before.command.isSameThing(as: after.command) {
            try Self.requireSuccession(from: before, to: after)
        }
        entries = ordered
    }

    private static func requireSuccession(
        from before: RuleFile.Entry, to after: RuleFile.Entry
    ) throws(RuleFileError) {
        let overlaps: Bool
        if before.command.version == after.command.version {
            overlaps = true
        } else if case .publishDeadlineRule(let old) = before.command,
            case .publishDeadlineRule(let new) = after.command
        {
            overlaps = new.effectiveFrom <= old.effectiveFrom
        } else {
            overlaps = false
        }
        guard overlaps else { return }
        throw RuleFileError(
            .overlappingVersions, at: after.place,
            Label(
                "\(after.command.subject) 的两个版本重叠，另一个在 \(before.place)。",
                "Two versions of \(after.command.subject) overlap; the other is at \(before.place)."),
            remedy: Label(
                "给后一版本更大的版本号和更晚的 effectiveFrom。",
                "Give the later one a greater version and, for a limit, a later effectiveFrom."))
    }

    /// The rule book after publishing all of this.
    ///
    /// - Parameter book: What is laid down already; entries published with the same content change nothing.
    /// - Throws: ``RuleFileError`` with the place of the first entry the rule book refuses.
    package func applied(to book: RuleBook = RuleBook()) throws(RuleFileError) -> RuleBook {
        var book = book
        for entry in entries {
            for decided in try Self.decide(entry, in: book) { book.evolve(with: decided.event) }
        }
        return book
    }

    static func decide(_ entry: RuleFile.Entry, in book: RuleBook) throws(RuleFileError) -> [Decided<RuleBookEvent>] {
        do {
            return try book.decide(entry.command)
        } catch {
            throw RuleFileError(
                .refused, at: entry.place, Label(error.sentence.chinese, "The rule book refuses this (\(error.code))."),
                remedy: error.sentence)
        }
    }
}

extension RuleBookCommand {
    /// What it lays down, without its version: `case.exit`.
    package var subject: String {
        switch self {
        case .createHub(let hub): hub.hubCode
        case .registerDepartment(let department): department.code.description
        case .registerDepartmentKeys(let keys): keys.department.description
        case .publishPolicyItem(let item): item.code.description
        case .reviseDispatchCatalog(let task): task.code.description
        case .publishDeadlineRule(let rule): rule.id.description
        case .publishCalendar(let calendar): calendar.version
        }
    }

    /// Its version; 1 for what has none.
    package var version: Int {
        switch self {
        case .createHub, .registerDepartmentKeys, .publishCalendar: 1
        case .registerDepartment(let department): department.version
        case .publishPolicyItem(let item): item.version
        case .reviseDispatchCatalog(let task): task.version
        case .publishDeadlineRule(let rule): rule.version
        }
    }

    /// Place in the order of publication: what others name comes first.
    var rank: Int {
        switch self {
        case .createHub: 0
        case .registerDepartment: 1
        case .registerDepartmentKeys: 2
        case .publishPolicyItem: 3
        case .reviseDispatchCatalog: 4
        case .publishCalendar: 5
        case .publishDeadlineRule: 6
        }
    }

    func isSameThing(as other: Self) -> Bool {
        rank == other.rank && subject == other.subject
    }
}
