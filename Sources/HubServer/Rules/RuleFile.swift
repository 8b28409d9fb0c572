import EventSourcing
import Foundation
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
        case calendar, departments, policyItems, catalogue, deadlines
    }

    /// Path as given, for messages.
    package let name: String
    package private(set) var entries: [Entry] = []

    /// Reads a file from disk.
    ///
    /// - Throws: ``RuleFileError`` with the line and key of the first thing wrong.
    package init(contentsOf path: String) throws(RuleFileError) {
        guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8)
        else {
            throw RuleFileError(
                .unreadable, at: RulePlace(file: path), Label("读不到文件，或不是 UTF-8。", "The file cannot be read as UTF-8."),
                remedy: Label("检查路径和权限。", "Check the path and its permissions."))
        }
        try self.init(name: path, text: text)
    }

    /// Reads YAML or JSON text.
    ///
    /// - Throws: ``RuleFileError`` with the line and key of the first thing wrong: every key known, every value of its
    ///   type, every unit right, every event and property one the hub records.
    package init(name: String, text: String) throws(RuleFileError) {
        self.name = name
        let document = try RuleDocument(file: name, text: text)
        guard case .object(let sections) = document.root else {
            throw RuleFileError(
                .unknownSection, at: document.place(""),
                Label("文件应以一节的名称开头。", "A rule file starts with the name of a section."),
                remedy: Self.knownSections)
        }
        for stranger in sections.keys.sorted() where Section(rawValue: stranger) == nil {
            throw RuleFileError(
                .unknownSection, at: document.place(stranger), Label("没有这一节。", "There is no such section."),
                remedy: Self.knownSections)
        }
        for section in Section.allCases {
            guard let content = sections[section.rawValue] else { continue }
            try read(content, as: section, of: document)
        }
    }

    private static var knownSections: Label {
        let names = Section.allCases.map(\.rawValue).joined(separator: ", ")
        return Label("可用的节：\(names)。", "Use one of \(names).")
    }

    private mutating func read(
        _ content: JSONValue, as section: Section, of document: RuleDocument
    ) throws(RuleFileError) {
        let key = section.rawValue
        if section == .calendar {
            let calendar = try Self.decode(CalendarDocument.self, from: content, at: key, of: document)
            entries.append(Entry(command: .publishCalendar(calendar), place: document.place(key)))
            return
        }
        guard case .array(let elements) = content else {
            throw RuleFileError(
                .wrongType, at: document.place(key), Label("这一节应是列表。", "This section is a list."),
                remedy: Label("每项以“- ”开头。", "Start each entry with “- ”."))
        }
        for (index, element) in elements.enumerated() {
            let key = "\(key)[\(index)]"
            entries.append(
                Entry(
                    command: try Self.command(section, from: element, at: key, of: document),
                    place: document.place(key)))
        }
    }

    private static func command(
        _ section: Section, from element: JSONValue, at key: String, of document: RuleDocument
    ) throws(RuleFileError) -> RuleBookCommand {
        switch section {
        case .calendar:
            return .publishCalendar(try decode(CalendarDocument.self, from: element, at: key, of: document))
        case .departments:
            return .registerDepartment(try decode(Department.self, from: element, at: key, of: document))
        case .policyItems:
            return .publishPolicyItem(try decode(PolicyItem.self, from: element, at: key, of: document))
        case .catalogue:
            return .reviseDispatchCatalog(try decode(DispatchTask.self, from: element, at: key, of: document))
        case .deadlines:
            let rule = try decode(DeadlineRule.self, from: element, at: key, of: document)
            try RuleVocabulary.check(rule, at: key, of: document)
            return .publishDeadlineRule(rule)
        }
    }

    private static func decode<Value: Codable>(
        _ type: Value.Type, from value: JSONValue, at key: String, of document: RuleDocument
    ) throws(RuleFileError) -> Value {
        do {
            return try BodyReader.read(type, from: EventJSON.encode(value))
        } catch {
            guard let error = error as? BodyError else {
                throw RuleFileError(
                    .invalidValue, at: document.place(key), Label("这一项读不懂。", "This entry cannot be read."),
                    remedy: Label("对照 deploy/rulebook 中的写法。", "Compare it with deploy/rulebook."))
            }
            throw explain(error, at: key, of: document)
        }
    }

    private static func explain(_ error: BodyError, at key: String, of document: RuleDocument) -> RuleFileError {
        let field = error.field.isEmpty || error.field.hasPrefix("[") ? key + error.field : "\(key).\(error.field)"
        let place = document.place(field)
        switch error.code {
        case .unknownField:
            return RuleFileError(
                .unknownKey, at: place, Label("没有这个键。", "There is no such key."),
                remedy: Label("改正拼写或删除。", "Correct its spelling or remove it."))
        case .missingField:
            return RuleFileError(
                .missingKey, at: place, Label("缺少这个键。", "This key is missing."),
                remedy: Label("补上这个键。", "Add it; it is required."))
        case .wrongType:
            return RuleFileError(
                .wrongType, at: place, Label("值的类型不对。", "The value has the wrong type."),
                remedy: Label("改成应有的类型。", "Here, \(error.remedy)."))
        case .invalidValue, .malformedJSON:
            return RuleFileError(
                .invalidValue, at: place, Label("值不可用。", "The value is not allowed."),
                remedy: Label(
                    "改成允许的值。", "It \(error.remedy.hasPrefix("must ") ? "" : "must be mended: ")\(error.remedy)."))
        }
    }
}
