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
        var findings = RuleFindings()
        self = Self(path: path, findings: &findings)
        if let first = findings.first { throw first }
    }

    /// The rule book that comes with the program.
    ///
    /// - Throws: ``CommandFailure`` when it is not found, ``RuleFileError`` when something in it is wrong.
    package static func shipped() throws -> RuleSet { try RuleSet(path: ShippedFiles.rulebook()) }

    /// Puts files together.
    ///
    /// - Throws: ``RuleFileError`` when two of their entries are versions of one thing and overlap.
    package init(_ files: [RuleFile]) throws(RuleFileError) {
        var findings = RuleFindings()
        self = Self(files, findings: &findings)
        if let first = findings.first { throw first }
    }

    /// Reads one file or a folder and gathers everything wrong in it.
    package init(path: String, findings: inout RuleFindings) {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            findings.add(
                RuleFileError(
                    .unreadable, at: RulePlace(file: path), Label("没有这个文件或目录。", "There is no such file or folder."),
                    remedy: Label("检查路径。", "Check the path.")))
            self = Self([], findings: &findings)
            return
        }
        guard isFolder.boolValue else {
            self = Self([RuleFile(contentsOf: path, findings: &findings)], findings: &findings)
            return
        }
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
            .filter { name in [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) } }
        if names.isEmpty {
            findings.add(
                RuleFileError(
                    .empty, at: RulePlace(file: path), Label("目录中没有规则文件。", "The folder holds no rule file."),
                    remedy: Label("放入 .yaml 文件。", "Put .yaml files into it.")))
        }
        var files: [RuleFile] = []
        for name in names { files.append(RuleFile(contentsOf: "\(path)/\(name)", findings: &findings)) }
        self = Self(files, findings: &findings)
    }

    /// Puts files together and gathers every overlap of versions.
    package init(_ files: [RuleFile], findings: inout RuleFindings) {
        let ordered = files.flatMap(\.entries).sorted { left, right in
            (left.command.rank, left.command.subject, left.command.order)
                < (right.command.rank, right.command.subject, right.command.order)
        }
        for (before, after) in zip(ordered, ordered.dropFirst()) where before.command.isSameThing(as: after.command) {
            if let overlap = Self.overlap(of: before, with: after) { findings.add(overlap) }
        }
        entries = ordered
    }

    private static func overlap(of before: RuleFile.Entry, with after: RuleFile.Entry) -> RuleFileError? {
        switch (before.command, after.command) {
        case (.changePostHolder, .changePostHolder):
            // What overlaps here the rule book tells, with the day.
            return nil
        case (_, _):
            let isLater =
                before.command.effectiveFrom.map { old in after.command.effectiveFrom.map { $0 > old } ?? false }
                ?? true
            guard before.command.version == after.command.version || !isLater else { return nil }
            return RuleFileError(
                .overlappingVersions, at: after.place,
                Label(
                    "\(after.command.subject) 的两个版本重叠，另一个在 \(before.place)。",
                    "Two versions of \(after.command.subject) overlap; the other is at \(before.place)."),
                remedy: Label(
                    "给后一版本更大的版本号和更晚的 effectiveFrom，或换一个代码。",
                    "Give the later one a greater version and a later effectiveFrom, or another code."))
        }
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
            throw self.error(error, at: entry.place)
        }
    }

    static func error(_ refusal: RuleBookRefusal, at place: RulePlace) -> RuleFileError {
        RuleFileError(
            .refused, at: place,
            Label("规则库不接受（\(refusal.code)）。", "The rule book refuses this (\(refusal.code))."),
            remedy: refusal.sentence)
    }
}

extension RuleBookCommand {
    /// What it lays down, without its version: `case.exit`.
    package var subject: String {
        switch self {
        case .createHub(let hub): hub.hubCode
        case .registerDepartment(let department): department.code.description
        case .registerDepartmentKeys(let keys): keys.department.description
        case .registerTown(let town): town.code.description
        case .changePostHolder(let tenure): tenure.post.description
        case .succeedDepartment(let succession): succession.department.description
        case .retirePolicyItem(let retirement): retirement.code.description
        case .publishPolicyItem(let item): item.code.description
        case .reviseDispatchCatalog(let task): task.code.description
        case .publishDeadlineRule(let rule): rule.id.description
        case .publishCalendar(let calendar): calendar.version
        }
    }

    /// Its version; 1 for what has none.
    package var version: Int {
        switch self {
        case .createHub, .registerDepartmentKeys, .changePostHolder, .succeedDepartment, .retirePolicyItem,
            .publishCalendar:
            1
        case .registerTown(let town): town.version
        case .registerDepartment(let department): department.version
        case .publishPolicyItem(let item): item.version
        case .reviseDispatchCatalog(let task): task.version
        case .publishDeadlineRule(let rule): rule.version
        }
    }

    /// First day of what has a version, or begins on a day.
    var effectiveFrom: CivilDay? {
        switch self {
        case .createHub, .registerDepartmentKeys, .publishCalendar: nil
        case .registerDepartment(let department): department.effectiveFrom
        case .registerTown(let town): town.effectiveFrom
        case .changePostHolder(let tenure): tenure.from
        case .succeedDepartment(let succession): succession.from
        case .publishPolicyItem(let item): item.effectiveFrom
        case .retirePolicyItem(let retirement): retirement.from
        case .reviseDispatchCatalog(let task): task.effectiveFrom
        case .publishDeadlineRule(let rule): rule.effectiveFrom
        }
    }

    /// Versions of one thing in the order in which they are published.
    var order: String { String(format: "%08d", version) + " \(effectiveFrom?.description ?? "")" }

    /// Place in the order of publication: what others name comes first.
    var rank: Int {
        switch self {
        case .createHub: 0
        case .registerDepartment: 1
        case .registerDepartmentKeys: 2
        case .registerTown: 3
        case .changePostHolder: 4
        case .publishPolicyItem: 5
        case .reviseDispatchCatalog: 6
        case .publishCalendar: 7
        case .publishDeadlineRule: 8
        case .succeedDepartment: 9
        case .retirePolicyItem: 10
        }
    }

    func isSameThing(as other: Self) -> Bool {
        rank == other.rank && subject == other.subject
    }
}
