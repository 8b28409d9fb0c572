package import EventSourcing
package import RuleBook
import WorkingCalendar

/// One rule file: what it lays down, in the form the rule book publishes, each with its place.
package struct RuleFile: Sendable {
    /// One publication and where it stands.
    package struct Entry: Hashable, Sendable {
        package let command: RuleBookCommand
        package let place: RulePlace
    }

    /// The sections a file may have, in the order in which one needs another.
    private enum Section: String, CaseIterable {
        case calendar, departments, towns, holders, successions, policyItems, retirements, catalogue, deadlines
    }

    /// The names of the sections a file may have.
    package static let sections = Section.allCases.map(\.rawValue)

    /// Path as given, for messages.
    package let name: String
    package private(set) var entries: [Entry] = []

    /// Reads a file from disk.
    ///
    /// - Throws: ``RuleFileError`` with the line and key of the first thing wrong.
    package init(contentsOf path: String) throws(RuleFileError) {
        var findings = RuleFindings()
        self = Self(contentsOf: path, findings: &findings)
        if let first = findings.first { throw first }
    }

    /// Reads YAML or JSON text.
    ///
    /// - Throws: ``RuleFileError`` with the line and key of the first thing wrong: every key known, every value of its
    ///   type, every unit right, every event and property one the hub records.
    package init(name: String, text: String) throws(RuleFileError) {
        var findings = RuleFindings()
        self = Self(name: name, text: text, findings: &findings)
        if let first = findings.first { throw first }
    }

    /// Reads a file from disk and gathers everything wrong in it; what is sound can be used.
    package init(contentsOf path: String, findings: inout RuleFindings) {
        self.init(RuleDocument.open(path, findings: &findings), named: path, findings: &findings)
    }

    /// Reads YAML or JSON text and gathers everything wrong in it; what is sound can be used.
    package init(name: String, text: String, findings: inout RuleFindings) {
        self.init(RuleDocument.read(text, from: name, findings: &findings), named: name, findings: &findings)
    }

    private init(_ document: RuleDocument?, named name: String, findings: inout RuleFindings) {
        self.name = name
        guard let document else { return }
        guard case .object(let sections) = document.root else {
            findings.add(
                RuleFileError(
                    .unknownSection, at: document.place(""),
                    Label("文件应以一节的名称开头。", "A rule file starts with the name of a section."),
                    remedy: Self.knownSections))
            return
        }
        for stranger in sections.keys.sorted() where Section(rawValue: stranger) == nil {
            findings.add(
                RuleFileError(
                    .unknownSection, at: document.place(stranger), Label("没有这一节。", "There is no such section."),
                    remedy: Self.knownSections))
        }
        for section in Section.allCases {
            guard let content = sections[section.rawValue] else { continue }
            read(content, as: section, of: document, &findings)
        }
    }

    /// The plain values of a rule file, to be held against its schema.
    ///
    /// - Throws: ``RuleFileError`` for text that is no YAML, or has values no rule has.
    package static func values(name: String, text: String) throws(RuleFileError) -> JSONValue {
        let document = try RuleDocument(file: name, text: text)
        if let first = document.errors.first { throw first }
        return document.root
    }

    private static var knownSections: Label {
        let names = sections.joined(separator: ", ")
        return Label("可用的节：\(names)。", "Use one of \(names).")
    }

    private mutating func read(
        _ content: JSONValue, as section: Section, of document: RuleDocument, _ findings: inout RuleFindings
    ) {
        let key = section.rawValue
        let elements: [(key: String, content: JSONValue)]
        switch (section, content) {
        case (.calendar, _): elements = [(key, content)]
        case (_, .array(let list)): elements = list.enumerated().map { ("\(key)[\($0.offset)]", $0.element) }
        case (_, _):
            findings.add(
                RuleFileError(
                    .wrongType, at: document.place(key), Label("这一节应是列表。", "This section is a list."),
                    remedy: Label("每项以“- ”开头。", "Start each entry with “- ”.")))
            return
        }
        for element in elements {
            var reader = RuleEntryReader(document: document, key: element.key, findings: findings)
            let command = Self.command(section, from: element.content, &reader)
            findings = reader.findings
            if let command {
                entries.append(Entry(command: command, place: document.place(element.key)))
            } else if let subject = element.content["code"]?.text ?? element.content["id"]?.text {
                findings.spoil(section.rawValue, subject)
            }
        }
    }

    private static func command(
        _ section: Section, from element: JSONValue, _ reader: inout RuleEntryReader
    ) -> RuleBookCommand? {
        switch section {
        case .calendar:
            reader.readCalendar(from: element).map(RuleBookCommand.publishCalendar)
        case .departments: reader.read(Department.self, from: element).map(RuleBookCommand.registerDepartment)
        case .towns: reader.read(Town.self, from: element).map(RuleBookCommand.registerTown)
        case .holders: reader.read(PostTenure.self, from: element).map(RuleBookCommand.changePostHolder)
        case .successions:
            reader.read(DepartmentSuccession.self, from: element).map(RuleBookCommand.succeedDepartment)
        case .policyItems: reader.read(PolicyItem.self, from: element).map(RuleBookCommand.publishPolicyItem)
        case .retirements:
            reader.read(PolicyItemRetirement.self, from: element).map(RuleBookCommand.retirePolicyItem)
        case .catalogue: reader.read(DispatchTask.self, from: element).map(RuleBookCommand.reviseDispatchCatalog)
        case .deadlines: reader.readRule(from: element).map(RuleBookCommand.publishDeadlineRule)
        }
    }
}
